import { useMeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { EntityTab, MeshEntity } from '../EntityTab/EntityTab';
import { EntityFailure } from '../States/EntityFailure';
import { TabSkeleton } from '../States/TabSkeleton';
import { LoadedReadiness } from './LoadedReadiness';

/** The tab of an entity that says whether it is ready for production, item by item. */
export function ReadinessTab() {
  return <EntityTab>{entity => <ReadinessContent {...entity} />}</EntityTab>;
}

function ReadinessContent(props: MeshEntity) {
  const { entity, params } = props;
  const t = useMeshTranslation();
  const readiness = useMeshAnswer('readiness', {
    params: { ...params },
    query: {},
  });
  switch (readiness.status) {
    case 'loading':
      return (
        <TabSkeleton
          what={t('state.loading', { what: t('state.what.readiness') })}
          parts={[1, 5, 5, 5]}
        />
      );
    case 'loaded':
      return <LoadedReadiness {...props} readiness={readiness} />;
    default:
      return (
        <EntityFailure entity={entity} answer={readiness} what="readiness" />
      );
  }
}
