import { Reason } from '../../contract/common';
import { parentOf, Referent } from '../../gateway-api/references';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshService } from '../meshServices';
import { LISTENER_SET_KINDS } from '../walk/gateway/ListenerOwner';
import { whyNotRead, whyUnused } from '../walk/gateway/listenerSets';
import { routesSendingTo } from '../walk/gateway/senders';
import { objectReason, titleOf } from './source';

const RULE = 'istio/listener-set';

/** Why routes to a Service have no effect by a ListenerSet that is their parent: it adds no listeners to a Gateway. */
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
      const said = whyWithout(snapshot, parent);
      return said === undefined
        ? []
        : [
            objectReason(
              snapshot,
              route,
              RULE,
              `${titleOf(route)} is bound to ${parent.kind} ${
                parent.namespace
              }/${parent.name}: ${said}: the route has no effect by it`,
              `spec.parentRefs[${index}]`,
            ),
          ];
    }),
  );
}

function whyWithout(
  snapshot: MeshSnapshot,
  { group, kind, namespace, name }: Referent,
): string | undefined {
  const setKind = LISTENER_SET_KINDS.find(one => one === `${group}/${kind}`);
  if (!setKind) {
    return undefined;
  }
  const unread = whyNotRead(snapshot, setKind);
  if (unread) {
    return unread;
  }
  const read = snapshot.read(setKind);
  if (read.state !== 'read' && read.state !== 'absent') {
    return undefined;
  }
  const set = snapshot.get(setKind, namespace, name);
  return set ? whyUnused(snapshot, setKind, set) : 'there is none of this name';
}
