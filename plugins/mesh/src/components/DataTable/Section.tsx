import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2, 0, 1), minWidth: 0 },
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
      padding: theme.spacing(0, 2, 1),
    },
    padded: { padding: theme.spacing(0, 2, 1) },
  }),
  { name: 'MeshSection' },
);

/** A part of a page with its heading. */
export function Section(props: {
  id: string;
  title: ReactNode;
  action?: ReactNode;
  /** Text and lists need the space that tables bring along. */
  padded?: boolean;
  children: ReactNode;
}) {
  const classes = useStyles();
  const heading = `mesh-${props.id}`;
  return (
    <Paper
      component="section"
      variant="outlined"
      className={classes.root}
      aria-labelledby={heading}
    >
      <div className={classes.header}>
        <Typography variant="h6" component="h3" id={heading}>
          {props.title}
        </Typography>
        {props.action}
      </div>
      <div className={props.padded ? classes.padded : undefined}>
        {props.children}
      </div>
    </Paper>
  );
}
