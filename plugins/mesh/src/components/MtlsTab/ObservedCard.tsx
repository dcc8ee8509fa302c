import { ObservedWorkload } from 'backstage-plugin-mesh-common';
import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { WindowSelect } from '../Fields/WindowSelect';
import { MeasuredAt } from '../States/MeasuredAt';
import { Skeleton } from '../States/Skeleton';
import { StatusWord } from '../Status/StatusWord';
import { ObservedFigures, TrafficFigures } from './ObservedFigures';
import { SummaryCard } from './SummaryCard';
import { sumByUnit } from './traffic';
import { WorkloadView } from './workloadViews';

/** What was seen on the wire of all the workloads together. */
export function ObservedCard(props: {
  answer: MeshAnswer<'observedMtls'>;
  views: readonly WorkloadView[];
  windowSeconds: number;
}) {
  const { answer, views, windowSeconds } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  return (
    <SummaryCard
      title={t('mtls.cards.observed', {
        window: format.duration(windowSeconds * 1000),
      })}
      action={<WindowSelect windowSeconds={windowSeconds} />}
    >
      {answer.status === 'loading' && (
        <Skeleton
          lines={2}
          label={t('state.loading', { what: t('state.what.observedMtls') })}
        />
      )}
      {answer.status === 'loaded' && (
        <>
          <ObservedSum observed={views.flatMap(view => view.observed ?? [])} />
          <MeasuredAt measuredAt={answer.value.measuredAt} />
        </>
      )}
      {answer.status !== 'loading' && answer.status !== 'loaded' && (
        <StatusWord tone="bad">{t('mtls.observed.failed')}</StatusWord>
      )}
    </SummaryCard>
  );
}

function ObservedSum(props: { observed: readonly ObservedWorkload[] }) {
  const sums = sumByUnit(
    props.observed.flatMap(({ total }) => total.traffic ?? []),
  );
  const unread = props.observed.find(({ total }) => total.state === 'unknown');
  return (
    <>
      {sums.map(traffic => (
        <TrafficFigures key={traffic.unit} traffic={traffic} />
      ))}
      {unread && <ObservedFigures observation={unread.total} />}
      {sums.length === 0 && !unread && (
        <ObservedFigures observation={{ state: 'no-traffic' }} />
      )}
    </>
  );
}
