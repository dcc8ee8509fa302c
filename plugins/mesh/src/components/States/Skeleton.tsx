import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    '@keyframes pulse': { '50%': { opacity: 0.45 } },
    line: {
      height: '1em',
      margin: theme.spacing(1, 0),
      borderRadius: theme.shape.borderRadius,
      background: theme.palette.action.disabledBackground,
      animation: '$pulse 1.6s ease-in-out infinite',
      '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
    },
  }),
  { name: 'MeshSkeleton' },
);

const WIDTHS = ['90%', '75%', '82%', '60%'];

/** Holds the place of what is being loaded. */
export function Skeleton(props: {
  lines: number;
  /** What is loaded, for those who do not see the lines; absent where something around them says it. */
  label?: string;
}) {
  const classes = useStyles();
  return (
    <div {...(props.label && { role: 'status', 'aria-label': props.label })}>
      {Array.from({ length: props.lines }, (_, index) => (
        <div
          key={index}
          className={classes.line}
          style={{ width: WIDTHS[index % WIDTHS.length] }}
        />
      ))}
    </div>
  );
}
