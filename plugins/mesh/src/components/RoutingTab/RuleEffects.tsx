import { makeStyles } from '@material-ui/core/styles';
import { RouteRule } from 'backstage-plugin-mesh-common';
import { answerId } from '../../format/refs';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { ReasonButton } from '../Reasons/ReasonButton';
import { effectTexts, retriesText } from './actionText';

const useStyles = makeStyles(
  { list: { listStyle: 'none', margin: 0, padding: 0, minWidth: 160 } },
  { name: 'MeshRuleEffects' },
);

/** What else happens to the requests of a rule: timeout, retries, both together, faults, mirrors, rewrites, headers. */
export function RuleEffects(props: {
  id: string;
  title: string;
  rule: RouteRule;
}) {
  const { id, title, rule } = props;
  const { timeout, retries, slowTries } = rule;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const timeoutText = timeout
    ? t('routing.action.timeout', { duration: format.duration(timeout.ms) })
    : t('routing.action.noTimeout');
  const retriesWord = retries && retriesText(t, format, retries);
  return (
    <ul className={classes.list}>
      {rule.action === 'forward' && (
        <li>
          {timeout ? (
            <ReasonButton
              id={answerId('timeout', id)}
              answer={{ title, word: timeoutText, reasons: timeout.reasons }}
            >
              {timeoutText}
            </ReasonButton>
          ) : (
            timeoutText
          )}
        </li>
      )}
      {retries && (
        <li>
          <ReasonButton
            id={answerId('retries', id)}
            answer={{ title, word: retriesWord, reasons: retries.reasons }}
          >
            {retriesWord}
          </ReasonButton>
        </li>
      )}
      {slowTries && <li>{slowTries.text}</li>}
      {effectTexts(t, format, rule).map(text => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
