import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import { answerId, workloadLabel } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { MarkedRow } from '../DataTable/MarkedRow';
import { explain } from '../Reasons/explain';
import { ReasonButton } from '../Reasons/ReasonButton';
import { SENDS } from '../Status/answerTones';
import { StatusWord } from '../Status/StatusWord';
import { ClientRow, sendsGroups } from './clientRows';
import { portsText } from './clientText';
import { TrafficFigures } from './ObservedFigures';
import { WorkloadView } from './workloadViews';

const useStyles = makeStyles(
  theme => ({
    subtle: {
      color: subtleColor(theme),
      fontWeight: 400,
      overflowWrap: 'anywhere',
    },
    client: { minWidth: 200, fontWeight: 500 },
  }),
  { name: 'MeshClientTableRow' },
);

/** A client of a workload. */
export function ClientTableRow(props: {
  id: string;
  name: string;
  view: WorkloadView;
  client: ClientRow;
}) {
  const { id, name, view, client } = props;
  const { workload, ports } = view.mtls;
  const t = useMeshTranslation();
  const classes = useStyles();
  return (
    <MarkedRow
      shown={JSON.stringify([
        client.sources,
        client.ports.map(entry => [entry.port, entry.sends.value]),
      ])}
    >
      <TableCell
        component="th"
        scope="row"
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
      <TableCell data-column="source">
        {client.sources.map(source => (
          <div key={source}>{t(`mtls.clients.sources.${source}`)}</div>
        ))}
      </TableCell>
      <TableCell data-column="to">{workloadLabel(workload)}</TableCell>
      <TableCell data-column="sends">
        {client.ports.length === 0 && (
          <StatusWord {...SENDS.unknown}>{t('mtls.sends.unknown')}</StatusWord>
        )}
        {sendsGroups(client).map(({ sends, ports: to }) => {
          const word = t(`mtls.sends.${sends.value}`);
          const destination = portsText(t, to, ports.length);
          return (
            <div key={sends.value}>
              <ReasonButton
                id={answerId('sends', id, sends.value)}
                answer={explain(
                  sends,
                  `${t('mtls.clients.sends')}: ${name} → ${workloadLabel(
                    workload,
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
            {client.class ? '' : t('mtls.clients.notSeen')}
          </span>
        )}
      </TableCell>
    </MarkedRow>
  );
}
