import { makeStyles } from '@material-ui/core/styles';
import { RouteRule } from 'backstage-plugin-mesh-common';
import { answerId } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { StatusWord } from '../Status/StatusWord';
import { redirectText } from './actionText';
import { BackendLine } from './BackendLine';
import type { AttributedTraffic } from './RuleRow';

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(1),
    },
  }),
  { name: 'MeshRuleTarget' },
);

/** Where a rule sends requests: backends by share, a redirect, or an answer of the proxy's own. */
export function RuleTarget(props: {
  id: string;
  title: string;
  rule: RouteRule;
  attributed: AttributedTraffic | undefined;
}) {
  const { id, title, rule, attributed } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  if (rule.action === 'redirect' && rule.redirect) {
    return <>{redirectText(t, rule.redirect)}</>;
  }
  if (rule.action === 'direct-response' && rule.directResponse) {
    const { status, body } = rule.directResponse;
    return (
      <>
        {body
          ? t('routing.action.directBody', { status: String(status), body })
          : t('routing.action.direct', { status: String(status) })}
      </>
    );
  }
  if (rule.backends.length === 0) {
    return <StatusWord tone="bad">{t('routing.backend.noBackend')}</StatusWord>;
  }
  return (
    <>
      <ul className={classes.list}>
        {rule.backends.map((backend, index) => (
          <BackendLine
            key={index}
            id={answerId(id, String(index))}
            title={title}
            backend={backend}
            seen={attributed?.backends[index]}
            isUnreached={rule.neverMatches !== undefined}
          />
        ))}
      </ul>
      {attributed?.difference && (
        <StatusWord tone="notice">
          {t('routing.observed.difference', { text: attributed.difference })}
        </StatusWord>
      )}
    </>
  );
}
