import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import { answerId, workloadLabel } from '../../format/refs';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { MeshTranslate } from '../../translation';
import { subtleColor } from '../../theme/tones';
import { MarkedRow } from '../DataTable/MarkedRow';
import { explain } from '../Reasons/explain';
import { ReasonButton } from '../Reasons/ReasonButton';
import { SENDS } from '../Status/answerTones';
import { StatusWord } from '../Status/StatusWord';
import { sendsGroups } from './clientRows';
import { ClientTableEntry } from './clientTable';
import { WorkloadView } from './workloadViews';
import { clientName, portsText } from './clientText';
import { TrafficFigures } from './ObservedFigures';

const useStyles = makeStyles(
  theme => ({
    subtle: {
      color: subtleColor(theme),
      fontWeight: 400,
      overflowWrap: 'anywhere',
    },
    client: { minWidth: 220, fontWeight: 500 },
    source: { whiteSpace: 'nowrap' },
  }),
  { name: 'MeshClientTableRow' },
);

/** A client of one or several workloads. */
export function ClientTableRow({ entry }: { entry: ClientTableEntry }) {
  const { id, client, called } = entry;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const name = clientName(t, client);
  const workloads = called.map(view => workloadLabel(view.mtls.workload));
  return (
    <MarkedRow
      shown={JSON.stringify(
        // What was seen fills in later and moves all the time.
        client.ports.map(({ port, sends }) => [port, sends.value]),
      )}
    >
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.client}
        data-column="client"
      >
        {client.entityRef ? (
          <EntityRefLink entityRef={client.entityRef}>{name}</EntityRefLink>
        ) : (
          name
        )}
        {client.workload && (
          <div className={classes.subtle}>
            {client.workload.kind} {client.workload.namespace}/
            {client.workload.name}
          </div>
        )}
        {client.identity && client.identity !== name && (
          <div className={classes.subtle}>{client.identity}</div>
        )}
      </TableCell>
      <TableCell className={classes.source} data-column="source">
        {client.sources.map(source => (
          <div key={source}>{t(`mtls.clients.sources.${source}`)}</div>
        ))}
      </TableCell>
      <TableCell className={classes.source} data-column="to">
        {workloads.map(workload => (
          <div key={workload}>{workload}</div>
        ))}
      </TableCell>
      <TableCell className={classes.source} data-column="sends">
        {client.ports.length === 0 && (
          <StatusWord {...SENDS.unknown}>{t('mtls.sends.unknown')}</StatusWord>
        )}
        {sendsGroups(client).map(({ sends, ports: to }) => {
          const word = t(`mtls.sends.${sends.value}`);
          const destination = portsText(t, to, client.ports.length);
          return (
            <div key={sends.value}>
              <ReasonButton
                id={answerId('sends', id, sends.value)}
                answer={explain(
                  sends,
                  `${t('mtls.clients.sends')}: ${name} → ${format.list(
                    workloads,
                  )}, ${destination}`,
                  word,
                )}
              >
                <StatusWord {...SENDS[sends.value]}>
                  {t('mtls.clients.onPorts', {
                    sends: word,
                    ports: destination,
                  })}
                </StatusWord>
              </ReasonButton>
            </div>
          );
        })}
      </TableCell>
      <TableCell data-column="seen">
        {client.seen ? (
          <TrafficFigures traffic={client.seen} />
        ) : (
          <span className={classes.subtle}>
            {client.class ? '' : unseenText(t, called)}
          </span>
        )}
      </TableCell>
    </MarkedRow>
  );
}

/** What is not measured was not seen for that reason; before it is known, there is nothing to say. */
function unseenText(t: MeshTranslate, called: readonly WorkloadView[]): string {
  const totals = called.flatMap(({ observed }) => observed?.total ?? []);
  if (totals.length === 0) {
    return '';
  }
  return totals.some(({ state }) => state === 'unknown')
    ? t('mtls.observed.notMeasured')
    : t('mtls.clients.notSeen');
}
