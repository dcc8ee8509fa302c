import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import {
  LoadedAnswer,
  MeshAnswer,
  useMeshAnswer,
} from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { ClusterNotices } from '../States/ClusterNotices';
import { FreshnessClock } from '../States/FreshnessClock';
import { TabHeader } from '../States/TabHeader';
import { TabSkeleton } from '../States/TabSkeleton';
import { ClusterCard } from './ClusterCard';
import { FleetFailure } from './FleetFailure';
import { clustersSentence } from './sentences';

const KUBERNETES_DOCS =
  'https://backstage.io/docs/features/kubernetes/configuration';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    empty: { padding: theme.spacing(3) },
  }),
  { name: 'MeshOverviewTab' },
);

/** The clusters: their state, their meshes and versions, and how much of them is in a mesh. */
export function OverviewTab() {
  const t = useMeshTranslation();
  const clusters = useMeshAnswer('fleetClusters', { params: {}, query: {} });
  const observed = useMeshAnswer('observedFleetClusters', {
    params: {},
    query: {},
  });
  switch (clusters.status) {
    case 'loading':
      return (
        <TabSkeleton
          what={t('state.loading', { what: t('state.what.fleetClusters') })}
          parts={[1, 6, 6]}
        />
      );
    case 'loaded':
      return <LoadedOverview clusters={clusters} observed={observed} />;
    default:
      return <FleetFailure answer={clusters} what="fleetClusters" />;
  }
}

function LoadedOverview(props: {
  clusters: LoadedAnswer<'fleetClusters'>;
  observed: MeshAnswer<'observedFleetClusters'>;
}) {
  const { clusters, observed } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const { clusters: all, clusterListProblem } = clusters.value;
  if (all.length === 0) {
    return clusterListProblem ? (
      <ClusterNotices clusters={[]} listProblem={clusterListProblem} />
    ) : (
      <Paper variant="outlined" className={classes.empty}>
        <Typography variant="h5" component="h2" gutterBottom>
          {t('fleet.overview.noClusters')}
        </Typography>
        <Typography paragraph>{t('fleet.overview.noClustersHint')}</Typography>
        <Link to={KUBERNETES_DOCS}>{t('fleet.overview.noClustersDocs')}</Link>
      </Paper>
    );
  }
  const { sentence, tone } = clustersSentence(t, all);
  return (
    <div className={classes.root}>
      <TabHeader
        appearance={{ tone }}
        sentence={sentence}
        action={
          <FreshnessClock
            freshness={clusters.freshness}
            onRefresh={() => {
              clusters.refresh();
              observed.refresh();
            }}
          />
        }
      />
      <ClusterNotices clusters={[]} listProblem={clusterListProblem} />
      <FleetFailure answer={clusters} what="fleetClusters" />
      {all.map(cluster => (
        <ClusterCard key={cluster.name} cluster={cluster} observed={observed} />
      ))}
    </div>
  );
}
