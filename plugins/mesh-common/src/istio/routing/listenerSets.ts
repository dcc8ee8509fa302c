import { Reason } from '../../contract/common';
import { GATEWAY_API_GROUP, parentOf } from '../../gateway-api/references';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { istiodVersion } from '../controlPlane';
import { MeshService } from '../meshServices';
import { routesSendingTo } from '../walk/gateway/senders';
import { objectReason, titleOf } from './source';

const RULE = 'istio/listener-set';
const EXPERIMENTAL_GROUP = 'gateway.networking.x-k8s.io';
const SINCE = 30;

/**
 * What is said of routes to a Service whose parent is a ListenerSet. Istio reads ListenerSets from 1.30 on, and before
 * that the experimental XListenerSet alone, where `PILOT_ENABLE_ALPHA_GATEWAY_API` is on; the listeners that they add to a
 * Gateway are not among those that are shown.
 *
 * Upstream: pilot/pkg/config/kube/gateway/gateway_collection.go, `ListenerSetCollection`; controller.go, `NewController`.
 */
export function listenerSetNotes(
  snapshot: MeshSnapshot,
  { service, namespace }: MeshService,
): Reason[] {
  if (!service) {
    return [];
  }
  const { name } = service.metadata;
  return routesSendingTo(snapshot, { name, namespace }).flatMap(route =>
    (route.object.spec?.parentRefs ?? []).flatMap((reference, index) => {
      const parent = parentOf(reference, namespaceOf(route.object));
      const said = whatOf(snapshot, parent.group, parent.kind);
      return said === undefined
        ? []
        : [
            objectReason(
              snapshot,
              route,
              RULE,
              `${titleOf(route)} is bound to ${parent.kind} ${
                parent.namespace
              }/${parent.name}: ${said}`,
              `spec.parentRefs[${index}]`,
            ),
          ];
    }),
  );
}

function whatOf(
  snapshot: MeshSnapshot,
  group: string,
  kind: string,
): string | undefined {
  const version = istiodVersion(snapshot);
  const knowsStandard =
    version === undefined || version[0] > 1 || version[1] >= SINCE;
  const notShown =
    'its listeners are not looked at, so that what comes in by them is not shown';
  if (group === GATEWAY_API_GROUP && kind === 'ListenerSet') {
    return knowsStandard
      ? notShown
      : `Istio reads it from 1.${SINCE} on, and this one is ${version.join(
          '.',
        )}: the route has no effect by it`;
  }
  if (group === EXPERIMENTAL_GROUP && kind === 'XListenerSet') {
    return version !== undefined && knowsStandard
      ? `Istio ${version.join(
          '.',
        )} does not read this experimental kind, of which ListenerSet came: the route has no effect by it`
      : notShown;
  }
  return undefined;
}
