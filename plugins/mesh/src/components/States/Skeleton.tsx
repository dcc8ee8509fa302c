import { makeStyles } from '@material-ui/core/styles';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';

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
  /** What is loaded, for those who do not see the lines. */
  what: string;
  lines: number;
}) {
  const t = useMeshTranslation();
  const classes = useStyles();
  return (
    <div role="status" aria-label={t('state.loading', { what: props.what })}>
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
