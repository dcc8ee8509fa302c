import Typography from '@material-ui/core/Typography';
import { AnswerFailure } from '../components/States/AnswerFailure';
import { ClusterNotices } from '../components/States/ClusterNotices';
import { Notice } from '../components/States/Notice';
import { MeshAnswer } from '../hooks/useMeshAnswer';
import { useMeshTranslation } from '../hooks/useMeshTranslation';

/** Why names are not offered, or not all of them, and what to do: they can be typed all the same. */
export function PlacementState(props: {
  answer: MeshAnswer<'placements'>;
  cluster: string;
}) {
  const { answer, cluster } = props;
  const t = useMeshTranslation();
  if (answer.status === 'loading') {
    return (
      <Typography variant="body2" role="status">
        {t('placement.loading')}
      </Typography>
    );
  }
  const typed = <Typography variant="body2">{t('placement.typed')}</Typography>;
  const failure = (
    <AnswerFailure
      answer={answer}
      what="placements"
      hints={{
        notFound: {
          title: t('placement.notBackend'),
          hint: t('placement.notBackendHint'),
        },
      }}
    />
  );
  if (answer.status !== 'loaded') {
    return (
      <>
        {failure}
        {typed}
      </>
    );
  }
  const { clusters, clusterListProblem, placements } = answer.value;
  const named = clusters.filter(({ name }) => name === cluster);
  return (
    <>
      {failure}
      <ClusterNotices
        clusters={named}
        {...(clusterListProblem && { listProblem: clusterListProblem })}
      />
      {placements.length === 0 && (
        <Notice tone="neutral" title={t('placement.nothing')}>
          {t('placement.nothingHint')} {t('placement.typed')}
        </Notice>
      )}
      {placements.length > 0 &&
        named.length > 0 &&
        !placements.some(place => place.cluster === cluster) && (
          <Typography variant="body2" role="status">
            {t('placement.nothingOn', { cluster })} {t('placement.typed')}
          </Typography>
        )}
    </>
  );
}
