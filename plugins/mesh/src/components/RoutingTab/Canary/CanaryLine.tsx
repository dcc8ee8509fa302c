import { makeStyles } from '@material-ui/core/styles';
import { CanaryState } from 'backstage-plugin-mesh-common';
import { answerId, objectKey } from '../../../format/refs';
import { useFormat } from '../../../hooks/useFormat';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { subtleColor } from '../../../theme/tones';
import { explain } from '../../Reasons/explain';
import { ReasonButton } from '../../Reasons/ReasonButton';
import { StatusWord } from '../../Status/StatusWord';
import { CanarySteering } from './CanarySteering';
import { CanarySteps } from './CanarySteps';
import {
  canaryName,
  degradedText,
  nextText,
  phaseText,
  PHASE_TONES,
  wantedText,
} from './canaryText';
import { Until } from './Until';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(0.5) },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.5, 2),
      overflowWrap: 'anywhere',
    },
    subtle: { color: subtleColor(theme) },
  }),
  { name: 'MeshCanaryLine' },
);

/** What one Rollout or Canary does: how far it is, what it wants, what comes next, and where the mesh does otherwise. */
export function CanaryLine(props: {
  /** Of the Service, since several have the same canary. */
  id: string;
  canary: CanaryState;
}) {
  const { id, canary } = props;
  const { object, phase, step, next, failedChecks, differences } = canary;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const name = canaryName(t, canary);
  const key = answerId('canary', id, objectKey(object));
  const wanted = wantedText(t, format, canary);
  return (
    <div className={classes.root}>
      <div className={classes.line}>
        <strong>{name}</strong>
        <span className={classes.subtle}>
          {t(`canary.strategy.${canary.strategy}`)}
        </span>
        <ReasonButton
          id={answerId('phase', key)}
          answer={explain(phase, name, phaseText(t, canary))}
        >
          <StatusWord tone={PHASE_TONES[phase.value]}>
            {phaseText(t, canary)}
          </StatusWord>
        </ReasonButton>
        {step && <CanarySteps canary={name} step={step} />}
        {wanted && canary.wanted && (
          <ReasonButton
            id={answerId('wanted', key)}
            answer={explain(canary.wanted, name, wanted)}
          >
            {wanted}
          </ReasonButton>
        )}
        {next && (
          <span>
            → {nextText(t, format, next)}
            {next.at && (
              <>
                {' ('}
                <Until moment={new Date(next.at)} />)
              </>
            )}
          </span>
        )}
        {failedChecks && (
          <span>
            {t('canary.failedChecks', {
              failed: String(failedChecks.count),
              limit: String(failedChecks.limit),
            })}
          </span>
        )}
        <span className={classes.subtle}>{degradedText(t, canary)}</span>
      </div>
      <CanarySteering id={key} name={name} steering={canary.steering} />
      {differences.map(({ text, reasons }, index) => (
        <div key={text}>
          <StatusWord tone="bad">{text}</StatusWord>{' '}
          <ReasonButton
            id={answerId('difference', key, String(index))}
            answer={{ title: name, word: text, reasons }}
          />
        </div>
      ))}
    </div>
  );
}
