import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { EntityTab, MeshEntity } from '../EntityTab/EntityTab';
import { useObservationWindow } from '../Fields/useObservationWindow';
import { EntityFailure } from '../States/EntityFailure';
import { TabSkeleton } from '../States/TabSkeleton';
import { LoadedMtls } from './LoadedMtls';
import { useMtlsAnswers } from './useMtlsAnswers';

/** The tab of an entity that says whether its traffic is protected, and what decides that. */
export function MtlsTab() {
  return <EntityTab>{entity => <MtlsContent {...entity} />}</EntityTab>;
}

function MtlsContent(props: MeshEntity) {
  const { entity, params } = props;
  const t = useMeshTranslation();
  const windowSeconds = useObservationWindow();
  const answers = useMtlsAnswers(params, windowSeconds);
  switch (answers.mtls.status) {
    case 'loading':
      return (
        <TabSkeleton
          what={t('state.loading', { what: t('state.what.mtls') })}
          parts={[2, [3, 3, 3], 8, 6, 6]}
        />
      );
    case 'loaded':
      return (
        <LoadedMtls
          {...props}
          mtls={answers.mtls}
          callers={answers.callers}
          observed={answers.observed}
          findings={answers.findings}
          windowSeconds={windowSeconds}
        />
      );
    default:
      return (
        <EntityFailure entity={entity} answer={answers.mtls} what="mtls" />
      );
  }
}
