import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import { Skeleton } from './Skeleton';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2) },
    row: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(260px, 100%), 1fr))',
    },
    part: { padding: theme.spacing(2) },
  }),
  { name: 'MeshTabSkeleton' },
);

/** Holds the places of the parts of a page while its first answer is on its way. */
export function TabSkeleton(props: {
  what: string;
  /** Lines of each part; parts that stand side by side are in a list. */
  parts: readonly (number | readonly number[])[];
}) {
  const classes = useStyles();
  return (
    <div className={classes.root} role="status" aria-label={props.what}>
      {props.parts.map((part, index) => (
        <div key={index} className={classes.row}>
          {[part].flat().map((lines, position) => (
            <Paper key={position} variant="outlined" className={classes.part}>
              <Skeleton lines={lines} />
            </Paper>
          ))}
        </div>
      ))}
    </div>
  );
}
