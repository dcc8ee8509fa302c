import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { workloadLabel } from '../../format/refs';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { CsvButton } from '../DataTable/CsvButton';
import { DataTable } from '../DataTable/DataTable';
import { Section } from '../DataTable/Section';
import { ClientTableRow } from './ClientTableRow';
import { clientsOf, clientTable } from './clientTable';
import { clientsCsv } from './clientText';
import { WorkloadView } from './workloadViews';

const COLUMNS = ['client', 'source', 'to', 'sends', 'seen'] as const;

const useStyles = makeStyles(
  theme => ({ note: { padding: theme.spacing(1, 2) } }),
  { name: 'MeshClientsSection' },
);

/** Who calls the workloads, how they are known, and what they send. */
export function ClientsSection(props: {
  views: readonly WorkloadView[];
  windowSeconds: number;
}) {
  const { views, windowSeconds } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const clients = clientsOf(views);
  const title = {
    client: t('mtls.clients.client'),
    source: t('mtls.clients.source'),
    to: t('mtls.clients.to'),
    sends: t('mtls.clients.sends'),
    seen: t('mtls.clients.seen', {
      window: format.duration(windowSeconds * 1000),
    }),
  };
  return (
    <Section
      id="clients"
      title={t('mtls.clients.title')}
      action={<CsvButton data={clientsCsv(t, clients)} />}
    >
      {clients.length === 0 ? (
        <Typography variant="body2" className={classes.note}>
          {t('mtls.clients.none')}
        </Typography>
      ) : (
        <DataTable
          caption={t('mtls.clients.caption')}
          columns={COLUMNS.map(key => ({ key, title: title[key] }))}
        >
          {clientTable(clients).map(entry => (
            <ClientTableRow key={entry.id} entry={entry} />
          ))}
        </DataTable>
      )}
      {views
        .filter(view => hiddenOf(view) > 0)
        .map(view => (
          <Typography key={view.key} variant="body2" className={classes.note}>
            {t('mtls.clients.hidden', {
              count: hiddenOf(view),
              workload: workloadLabel(view.mtls.workload),
            })}
          </Typography>
        ))}
    </Section>
  );
}

/** Some of the callers may be among the clients, so the larger of both counts is what is known. */
function hiddenOf({ mtls, observed }: WorkloadView): number {
  return Math.max(mtls.hiddenClients, observed?.hiddenCallers ?? 0);
}
