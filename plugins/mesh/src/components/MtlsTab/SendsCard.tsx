import Typography from '@material-ui/core/Typography';
import { Sends, sendsSchema } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { SENDS } from '../Status/answerTones';
import { StatusWord } from '../Status/StatusWord';
import { clientRows, worstSendsOf } from './clientRows';
import { SummaryCard } from './SummaryCard';
import { WorkloadView } from './workloadViews';

/** How many of the known clients send what; a client counts by the worst that it sends to any port. */
export function SendsCard(props: { views: readonly WorkloadView[] }) {
  const t = useMeshTranslation();
  const sends = knownClients(props.views).map(worst => worst ?? 'unknown');
  return (
    <SummaryCard title={t('mtls.cards.sends')}>
      {sends.length === 0 && (
        <>
          <StatusWord tone="neutral">{t('mtls.cards.noCallers')}</StatusWord>
          <Typography variant="body2">
            {t('mtls.cards.noCallersHint')}
          </Typography>
        </>
      )}
      {sendsSchema.options
        .map(
          value => [value, sends.filter(one => one === value).length] as const,
        )
        .filter(([, count]) => count > 0)
        .map(([value, count]) => (
          <div key={value}>
            <StatusWord {...SENDS[value]}>
              {t(`mtls.sends.${value}`)}:{' '}
              {t('mtls.cards.callers', {
                part: String(count),
                count: sends.length,
              })}
            </StatusWord>
          </div>
        ))}
    </SummaryCard>
  );
}

/** A client of several of the workloads is one client. */
function knownClients(views: readonly WorkloadView[]): (Sends | undefined)[] {
  const byKey = new Map<string, (Sends | undefined)[]>();
  for (const view of views) {
    for (const row of clientRows(view.mtls, view.observed)) {
      if (!row.class) {
        byKey.set(row.key, [...(byKey.get(row.key) ?? []), worstSendsOf(row)]);
      }
    }
  }
  return [...byKey.values()].map(all =>
    (['plaintext', 'fails', 'unknown', 'mtls'] as const).find(value =>
      all.includes(value),
    ),
  );
}
