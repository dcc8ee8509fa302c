import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { FleetClustersAnswer } from 'backstage-plugin-mesh-common';
import { shareOf } from '../../format/numbers';
import { useFormat } from '../../hooks/useFormat';
import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { ClusterNotices } from '../States/ClusterNotices';
import { CLUSTER_STATES } from '../Status/answerTones';
import { FindingCounts } from '../Status/FindingCounts';
import { ShareBar } from '../Status/ShareBar';
import { StatusWord } from '../Status/StatusWord';
import { MeshDetails } from './MeshDetails';
import { metricsOfMesh } from './metricsOfMesh';

export type FleetCluster = FleetClustersAnswer['clusters'][number];

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2), display: 'grid', gap: theme.spacing(2) },
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0, 3),
    },
    facts: {
      display: 'grid',
      gridTemplateColumns: 'max-content minmax(0, 1fr)',
      gap: theme.spacing(0.5, 2),
      margin: 0,
      '& dt': { fontWeight: 700 },
      '& dd': { margin: 0, maxWidth: 360 },
    },
  }),
  { name: 'MeshClusterCard' },
);

/** One cluster: its state, its meshes, and how much of it is in one. */
export function ClusterCard(props: {
  cluster: FleetCluster;
  observed: MeshAnswer<'observedFleetClusters'>;
}) {
  const { cluster, observed } = props;
  const { name, title, status, kubernetesVersion, meshes } = cluster;
  const t = useMeshTranslation();
  const classes = useStyles();
  const heading = `mesh-cluster-${encodeURIComponent(name)}`;
  const isRead = status !== 'unreachable' && status !== 'unsupported-auth';
  return (
    <Paper
      component="section"
      variant="outlined"
      className={classes.root}
      aria-labelledby={heading}
    >
      <div className={classes.header}>
        <Typography variant="h6" component="h3" id={heading}>
          {title ?? name}
        </Typography>
        <StatusWord {...CLUSTER_STATES[status]}>
          {t(`state.cluster.word.${status}`)}
        </StatusWord>
        {kubernetesVersion && (
          <span>
            {t('fleet.overview.kubernetes', { version: kubernetesVersion })}
          </span>
        )}
        {cluster.dashboardUrl && (
          <Link to={cluster.dashboardUrl}>
            {t('fleet.overview.dashboard', { cluster: title ?? name })}
          </Link>
        )}
      </div>
      <ClusterNotices clusters={[cluster]} />
      {isRead && (
        <dl className={classes.facts}>
          <dt>{t('fleet.overview.workloads')}</dt>
          <dd>
            <WorkloadsInMesh workloads={cluster.workloads} />
          </dd>
          <dt>{t('fleet.overview.findings')}</dt>
          <dd>
            <FindingCounts counts={cluster.findings} />
          </dd>
        </dl>
      )}
      {isRead && status !== 'synced' && (
        <Typography variant="body2">
          {t('fleet.overview.asFarAsRead')}
        </Typography>
      )}
      {status === 'synced' && meshes.length === 0 && (
        <Typography variant="body2">{t('fleet.overview.noMesh')}</Typography>
      )}
      {meshes.map(mesh => (
        <MeshDetails
          key={mesh.mesh}
          cluster={title ?? name}
          mesh={mesh}
          metrics={metricsOfMesh(observed, name, mesh.mesh)}
        />
      ))}
    </Paper>
  );
}

function WorkloadsInMesh({ workloads }: Pick<FleetCluster, 'workloads'>) {
  const { total, inMesh } = workloads;
  const t = useMeshTranslation();
  const format = useFormat();
  const share = shareOf(inMesh, total);
  const label = t('mtls.enrolment.inMesh', {
    inMesh: String(inMesh),
    total: String(total),
  });
  return (
    <>
      {label}
      {share !== undefined && (
        <>
          {' '}
          ({format.percent(share)})
          <ShareBar
            label={label}
            parts={[{ key: 'inMesh', share, tone: 'info' }]}
          />
        </>
      )}
    </>
  );
}
