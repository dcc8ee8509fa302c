import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { ObservedRoutes, ServiceRef } from 'backstage-plugin-mesh-common';
import {
  serviceLabel,
  serviceName,
  workloadKey,
  workloadLabel,
} from '../../format/refs';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { MeshTranslate } from '../../translation';
import { DataTable } from '../DataTable/DataTable';
import { ShareBar } from '../Status/ShareBar';

const COLUMNS = ['caller', 'requests', 'went'] as const;

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0, maxWidth: 480 },
    backend: {
      display: 'grid',
      gridTemplateColumns: '5em 1fr minmax(64px, 120px)',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
  }),
  { name: 'MeshSplitsTable' },
);

/** Where requests went, all callers together and one by one. */
export function SplitsTable(props: {
  service: ServiceRef;
  splits: ObservedRoutes['splits'];
}) {
  const { service, splits } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  return (
    <DataTable
      caption={t('routing.observed.caption', {
        service: serviceLabel(service),
      })}
      columns={COLUMNS.map(key => ({
        key,
        title: t(`routing.observed.${key}`),
      }))}
    >
      {splits.map(({ caller, requests, backends }) => (
        <TableRow key={caller ? workloadKey(caller) : ''}>
          <TableCell
            component="th"
            scope="row"
            role="rowheader"
            data-column="caller"
          >
            {caller
              ? `${caller.namespace}/${workloadLabel(caller)}`
              : t('routing.observed.allCallers')}
          </TableCell>
          <TableCell data-column="requests">
            <span title={format.exactCount(requests)}>
              {format.count(requests)}
            </span>
          </TableCell>
          <TableCell data-column="went">
            <ul className={classes.list}>
              {backends.map((backend, index) => (
                <li key={index} className={classes.backend}>
                  <strong>{format.percent(backend.percent)}</strong>
                  <span title={format.exactCount(backend.requests)}>
                    {backendName(t, backend)} ({format.count(backend.requests)})
                  </span>
                  <ShareBar
                    label={format.percent(backend.percent)}
                    parts={[
                      { key: 'share', share: backend.percent, tone: 'info' },
                    ]}
                  />
                </li>
              ))}
            </ul>
          </TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}

function backendName(
  t: MeshTranslate,
  backend: ObservedRoutes['splits'][number]['backends'][number],
): string {
  const { workload, service, version } = backend;
  const name =
    workload?.name ??
    (service && serviceName(service)) ??
    t('routing.observed.unknownBackend');
  return version ? t('routing.observed.version', { name, version }) : name;
}
