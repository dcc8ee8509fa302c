import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { ClusterMesh } from 'backstage-plugin-mesh-common';
import { shareOf } from '../../format/numbers';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { StatusWord } from '../Status/StatusWord';

const CONTROL_PLANE = ['revision', 'version', 'namespace', 'ready'] as const;
const PROXIES = ['proxyVersion', 'pods'] as const;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1) },
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 3),
    },
    tables: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(320px, 100%), 1fr))',
    },
  }),
  { name: 'MeshMeshDetails' },
);

/** A mesh on a cluster: its control planes, and the versions of its proxies. */
export function MeshDetails(props: { cluster: string; mesh: ClusterMesh }) {
  const { cluster, mesh } = props;
  const { title, trustDomain, controlPlanes, proxies } = mesh;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const pods = proxies.reduce((sum, proxy) => sum + proxy.pods, 0);
  return (
    <div className={classes.root}>
      <div className={classes.header}>
        <Typography variant="subtitle1" component="h4">
          {title}
        </Typography>
        {trustDomain && (
          <span>
            {t('fleet.overview.trustDomain')} <code>{trustDomain}</code>
          </span>
        )}
        {proxies.length > 1 && (
          <StatusWord tone="notice">
            {t('fleet.overview.skew', { count: proxies.length })}
          </StatusWord>
        )}
      </div>
      <div className={classes.tables}>
        {controlPlanes.length === 0 ? (
          <Typography>{t('fleet.overview.noControlPlane')}</Typography>
        ) : (
          <DataTable
            caption={t('fleet.overview.controlPlanesOf', {
              mesh: title,
              cluster,
            })}
            columns={CONTROL_PLANE.map(key => ({
              key,
              title: t(`fleet.overview.${key}`),
            }))}
          >
            {controlPlanes.map(plane => (
              <TableRow key={`${plane.namespace} ${plane.revision}`}>
                <TableCell component="th" scope="row" role="rowheader">
                  {plane.revision ?? t('fleet.overview.defaultRevision')}
                </TableCell>
                <TableCell>
                  {plane.version ?? t('fleet.overview.unknownVersion')}
                </TableCell>
                <TableCell>{plane.namespace}</TableCell>
                <TableCell>
                  <StatusWord tone={readyTone(plane)}>
                    {t('fleet.overview.readyOf', {
                      ready: String(plane.ready),
                      replicas: String(plane.replicas),
                    })}
                  </StatusWord>
                </TableCell>
              </TableRow>
            ))}
          </DataTable>
        )}
        {proxies.length === 0 ? (
          <Typography>{t('fleet.overview.noProxies')}</Typography>
        ) : (
          <DataTable
            caption={t('fleet.overview.proxiesOf', { mesh: title, cluster })}
            columns={PROXIES.map(key => ({
              key,
              title: t(`fleet.overview.${key}`),
            }))}
          >
            {proxies.map(proxy => (
              <TableRow key={proxy.version}>
                <TableCell component="th" scope="row" role="rowheader">
                  {proxy.version}
                </TableCell>
                <TableCell>
                  {format.count(proxy.pods)} (
                  {format.percent(shareOf(proxy.pods, pods) ?? 0)})
                </TableCell>
              </TableRow>
            ))}
          </DataTable>
        )}
      </div>
    </div>
  );
}

function readyTone(plane: { ready: number; replicas: number }) {
  if (plane.ready === 0) {
    return 'bad';
  }
  return plane.ready < plane.replicas ? 'notice' : 'good';
}
