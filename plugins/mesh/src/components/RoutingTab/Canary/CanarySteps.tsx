import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import { CanaryState } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { toneColor } from '../../../theme/tones';
import { stepWords } from './canaryText';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(0.5), minWidth: 180 },
    bar: {
      height: 8,
      borderRadius: 4,
      background: theme.palette.divider,
      // Printed and in high contrast, the bar still shows.
      forcedColorAdjust: 'none',
    },
    done: { background: toneColor(theme, 'info') },
  }),
  { name: 'MeshCanarySteps' },
);

/** How far a canary is, as words and as a bar. */
export function CanarySteps(props: {
  /** What it is called. */
  canary: string;
  step: NonNullable<CanaryState['step']>;
}) {
  const { canary, step } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const words = stepWords(t, step);
  return (
    <div className={classes.root}>
      <span>{words}</span>
      <LinearProgress
        variant="determinate"
        value={Math.round((100 * step.number) / Math.max(step.count, 1))}
        aria-label={t('canary.steps', { canary })}
        aria-valuetext={words}
        classes={{ root: classes.bar, bar: classes.done }}
      />
    </div>
  );
}
