import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { answerId } from '../../format/refs';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { CsvButton } from '../DataTable/CsvButton';
import { DataTable } from '../DataTable/DataTable';
import { Section } from '../DataTable/Section';
import { ClientTableRow } from './ClientTableRow';
import { clientName, clientsCsv } from './clientText';
import { ClientRow, clientRows } from './clientRows';
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
  const rows = allRows(views);
  const hidden = views.reduce(
    (sum, view) =>
      sum +
      Math.max(view.mtls.hiddenClients, view.observed?.hiddenCallers ?? 0),
    0,
  );
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
      action={<CsvButton data={clientsCsv(t, rows)} />}
    >
      {rows.length === 0 ? (
        <Typography variant="body2" className={classes.note}>
          {t('mtls.clients.none')}
        </Typography>
      ) : (
        <DataTable
          caption={t('mtls.clients.caption')}
          columns={COLUMNS.map(key => ({ key, title: title[key] }))}
        >
          {rows.map(({ view, client }) => (
            <ClientTableRow
              key={answerId(view.key, client.key)}
              id={answerId(view.key, client.key)}
              name={clientName(t, client)}
              view={view}
              client={client}
            />
          ))}
        </DataTable>
      )}
      {hidden > 0 && (
        <Typography variant="body2" className={classes.note}>
          {t('mtls.clients.hidden', { count: hidden })}
        </Typography>
      )}
    </Section>
  );
}

/** A client of a workload. */
interface ClientOfWorkload {
  view: WorkloadView;
  client: ClientRow;
}

/** Of several workloads, the known clients come before those that stand for everybody else. */
function allRows(views: readonly WorkloadView[]): ClientOfWorkload[] {
  const rows = views.flatMap(view =>
    clientRows(view.mtls, view.observed).map(client => ({ view, client })),
  );
  return [
    ...rows.filter(({ client }) => !client.class),
    ...rows.filter(({ client }) => client.class),
  ];
}
