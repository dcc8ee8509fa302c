import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { EntityTab, MeshEntity } from '../EntityTab/EntityTab';
import { usePlace } from '../Fields/place';
import { useObservationWindow } from '../Fields/useObservationWindow';
import { EntityFailure } from '../States/EntityFailure';
import { TabSkeleton } from '../States/TabSkeleton';
import { LoadedRouting } from './LoadedRouting';
import { PlaceField } from './PlaceField';
import { useRoutingAnswers } from './useRoutingAnswers';

/** The tab of an entity that says where requests to its Services go, and what decides that. */
export function RoutingTab() {
  return <EntityTab>{entity => <RoutingContent {...entity} />}</EntityTab>;
}

function RoutingContent(props: MeshEntity) {
  const { entity, params } = props;
  const t = useMeshTranslation();
  const from = usePlace();
  const windowSeconds = useObservationWindow();
  const { routing, observed } = useRoutingAnswers(params, from, windowSeconds);
  switch (routing.status) {
    case 'loading':
      return (
        <TabSkeleton
          what={t('state.loading', { what: t('state.what.routing') })}
          parts={[1, 6, 3]}
        />
      );
    case 'loaded':
      return (
        <LoadedRouting
          {...props}
          routing={routing}
          observed={observed}
          windowSeconds={windowSeconds}
        />
      );
    default:
      return (
        <>
          <EntityFailure entity={entity} answer={routing} what="routing" />
          {from !== undefined && <PlaceField places={[]} />}
        </>
      );
  }
}
