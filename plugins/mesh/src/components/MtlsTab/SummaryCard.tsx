import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(2),
      minWidth: 0,
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
    },
    header: {
      display: 'flex',
      justifyContent: 'space-between',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: 40,
    },
  }),
  { name: 'MeshSummaryCard' },
);

/** One of the answers of a page in a few lines. */
export function SummaryCard(props: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  const classes = useStyles();
  return (
    <Paper variant="outlined" className={classes.root}>
      <div className={classes.header}>
        <Typography variant="subtitle1" component="h3">
          {props.title}
        </Typography>
        {props.action}
      </div>
      {props.children}
    </Paper>
  );
}
