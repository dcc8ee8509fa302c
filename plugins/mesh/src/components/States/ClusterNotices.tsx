import { makeStyles } from '@material-ui/core/styles';
import { ClusterState } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { CLUSTER_STATES } from '../Status/answerTones';
import { Ago } from './Ago';
import { Notice } from './Notice';
import { UnreadKinds } from './UnreadKinds';

const useStyles = makeStyles(
  theme => ({ root: { display: 'grid', gap: theme.spacing(1) } }),
  { name: 'MeshClusterNotices' },
);

/** Says whether the clusters are known, and of each that could not be read as it should what is missing, since when, and what to do. */
export function ClusterNotices(props: {
  clusters: readonly ClusterState[];
  /** Why it is not known which clusters there are. */
  listProblem?: string;
}) {
  const t = useMeshTranslation();
  const classes = useStyles();
  const troubled = props.clusters.filter(({ status }) => status !== 'synced');
  return troubled.length === 0 && !props.listProblem ? null : (
    <div className={classes.root}>
      {props.listProblem && (
        <Notice tone="bad" title={t('state.cluster.listProblem')}>
          {props.listProblem}
        </Notice>
      )}
      {troubled.map(cluster => (
        <ClusterNotice key={cluster.name} cluster={cluster} />
      ))}
    </div>
  );
}

function ClusterNotice({ cluster }: { cluster: ClusterState }) {
  const { status, message, since } = cluster;
  const t = useMeshTranslation();
  if (status === 'synced') {
    return null;
  }
  const { tone, icon } = CLUSTER_STATES[status];
  return (
    <Notice
      tone={tone}
      {...(icon && { icon })}
      title={t(`state.cluster.title.${status}`, {
        cluster: cluster.title ?? cluster.name,
      })}
    >
      {since && (
        <>
          {t('state.cluster.since', {
            ago: <Ago key="ago" moment={new Date(since)} />,
          })}{' '}
        </>
      )}
      {status === 'stale' && `${t('state.cluster.staleEffect')} `}
      {status === 'unreachable' && `${t('state.cluster.unreachableEffect')} `}
      {status === 'unsupported-auth' &&
        `${t('state.cluster.unsupportedEffect')} `}
      {message}
      <UnreadKinds unread={cluster.unread} />
    </Notice>
  );
}
