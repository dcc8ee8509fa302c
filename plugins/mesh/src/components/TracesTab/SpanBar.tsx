import { makeStyles } from '@material-ui/core/styles';
import { TraceSpan } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { toneColor } from '../../theme/tones';
import { useMicroseconds } from './useMicroseconds';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'relative',
      height: 18,
      overflow: 'hidden',
      forcedColorAdjust: 'none',
    },
    bar: {
      position: 'absolute',
      top: 3,
      height: 12,
      minWidth: 2,
      borderRadius: 2,
    },
    application: { background: toneColor(theme, 'info') },
    proxy: {
      border: `1px solid ${toneColor(theme, 'info')}`,
      boxSizing: 'border-box',
      background: `repeating-linear-gradient(135deg, transparent 0 3px, ${toneColor(
        theme,
        'info',
      )} 3px 4px)`,
    },
    failed: { boxShadow: `inset 0 0 0 2px ${toneColor(theme, 'bad')}` },
    critical: {
      position: 'absolute',
      top: 14,
      height: 4,
      minWidth: 2,
      background: theme.palette.text.primary,
    },
  }),
  { name: 'MeshSpanBar' },
);

/** When a span was: solid for applications, hatched for proxies, with its parts of the critical path below. */
export function SpanBar(props: { row: TraceSpan; traceDurationUs: number }) {
  const { row, traceDurationUs } = props;
  const t = useMeshTranslation();
  const microseconds = useMicroseconds();
  const classes = useStyles();
  const place = (part: { offsetUs: number; durationUs: number }) => ({
    left: `${(part.offsetUs / Math.max(traceDurationUs, 1)) * 100}%`,
    width: `${(part.durationUs / Math.max(traceDurationUs, 1)) * 100}%`,
  });
  const criticalUs = row.critical.reduce(
    (sum, { durationUs }) => sum + durationUs,
    0,
  );
  const when = t('traces.waterfall.bar', {
    from: microseconds(row.offsetUs),
    duration: microseconds(row.durationUs),
  });
  return (
    <div
      className={classes.root}
      role="img"
      aria-label={
        criticalUs > 0
          ? `${when}, ${t('traces.waterfall.critical', {
              duration: microseconds(criticalUs),
            })}`
          : when
      }
    >
      <div
        className={`${classes.bar} ${classes[row.role]} ${
          row.failed ? classes.failed : ''
        }`}
        style={place(row)}
      />
      {row.critical.map(part => (
        <div
          key={part.offsetUs}
          className={classes.critical}
          style={place(part)}
        />
      ))}
    </div>
  );
}
