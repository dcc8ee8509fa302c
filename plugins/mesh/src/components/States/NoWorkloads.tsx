import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { ClusterState, EntitySelection } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { StatusWord } from '../Status/StatusWord';

const DOCS =
  'https://backstage.io/docs/features/kubernetes/configuration#surfacing-your-kubernetes-components-as-part-of-an-entity';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(3) },
    list: {
      display: 'grid',
      gridTemplateColumns: 'max-content 1fr',
      gap: theme.spacing(0.5, 2),
      '& dt': { fontWeight: 700 },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    },
  }),
  { name: 'MeshNoWorkloads' },
);

/** Whether an answer is of everything: the clusters are known, and all of each was read. */
export function isComplete(answer: {
  clusters: readonly ClusterState[];
  clusterListProblem?: string;
}): boolean {
  return (
    answer.clusterListProblem === undefined &&
    answer.clusters.every(({ status }) => status === 'synced')
  );
}

/** The annotations of the entity lead to nothing: what was looked for, where, and what would change that. */
export function NoWorkloads(props: {
  selection: EntitySelection;
  clusters: readonly ClusterState[];
  /** Whether everything was read that could have them. */
  isComplete: boolean;
}) {
  const { selection, clusters, isComplete: complete } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const searched = clusters.map(({ name, title }) => title ?? name);
  return (
    <Paper variant="outlined" className={classes.root}>
      <Typography variant="h5" component="h2" gutterBottom>
        {t('state.empty.title')}
      </Typography>
      <Typography>{t('state.empty.lookedFor')}</Typography>
      <dl className={classes.list}>
        <dt>{t('state.empty.selector')}</dt>
        <dd>
          <code>{selection.selectorText}</code>
        </dd>
        <dt>{t('state.empty.namespace')}</dt>
        <dd>{selection.namespace ?? t('state.empty.allNamespaces')}</dd>
        <dt>{t('state.empty.cluster')}</dt>
        <dd>
          {selection.cluster ??
            `${t('state.empty.allClusters')} (${format.list(searched)})`}
        </dd>
      </dl>
      {!complete && (
        <Typography paragraph>
          <StatusWord tone="notice">{t('state.empty.incomplete')}</StatusWord>
        </Typography>
      )}
      <Typography paragraph>{t('state.empty.remedy')}</Typography>
      <Link to={DOCS}>{t('state.empty.docs')}</Link>
    </Paper>
  );
}
