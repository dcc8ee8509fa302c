import { makeStyles } from '@material-ui/core/styles';
import { RouteBackend } from 'backstage-plugin-mesh-common';
import { answerId, serviceName } from '../../format/refs';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { ReasonButton } from '../Reasons/ReasonButton';
import { ShareBar } from '../Status/ShareBar';
import { StatusWord } from '../Status/StatusWord';
import { hostText } from './actionText';
import type { AttributedTraffic } from './RuleRow';

const useStyles = makeStyles(
  theme => ({
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 1.5),
      overflowWrap: 'anywhere',
    },
    bar: { maxWidth: 240 },
    subtle: { color: subtleColor(theme), whiteSpace: 'nowrap' },
  }),
  { name: 'MeshBackendLine' },
);

/** A destination of a rule with its share as written, and beside it the share that was seen. */
export function BackendLine(props: {
  id: string;
  title: string;
  backend: RouteBackend;
  seen: AttributedTraffic['backends'][number] | undefined;
  /** Nothing goes there, as no request comes to the rule. */
  isUnreached: boolean;
}) {
  const { id, title, backend, seen, isUnreached } = props;
  const { percent, weight, missing } = backend;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const missingWord =
    missing?.status === undefined
      ? t('routing.backend.closed')
      : t('routing.backend.missing', { status: String(missing.status) });
  const host = hostText(t, { ...backend, host: shortHost(backend) });
  return (
    <li>
      <div className={classes.line}>
        <strong>{format.percent(percent)}</strong>
        <span title={backend.host}>{host}</span>
        {weight !== undefined && weight !== percent && (
          <span className={classes.subtle}>
            {t('routing.backend.weight', { weight: String(weight) })}
          </span>
        )}
        {seen && (
          <span className={classes.subtle}>
            {t('routing.backend.seen', {
              percent: format.percent(seen.percent),
            })}{' '}
            (
            {t('routing.backend.seenCount', {
              count: Math.round(seen.requests),
              amount: format.count(seen.requests),
            })}
            )
          </span>
        )}
      </div>
      {!isUnreached && (
        <div className={classes.bar}>
          <ShareBar
            label={t('routing.backend.bar', {
              percent: format.percent(percent),
              host,
            })}
            parts={[
              { key: 'share', share: percent, tone: missing ? 'bad' : 'info' },
            ]}
          />
        </div>
      )}
      {missing && (
        <ReasonButton
          id={answerId('missing', id)}
          answer={{
            title,
            word: missingWord,
            reasons: [missing.reason],
          }}
        >
          <StatusWord tone="bad">
            {missingWord}: {missing.reason.text}
          </StatusWord>
        </ReasonButton>
      )}
    </li>
  );
}

/** A Service by the name that people use; the full host is in the title. */
function shortHost({ service, host }: RouteBackend): string {
  return service ? serviceName(service) : host;
}
