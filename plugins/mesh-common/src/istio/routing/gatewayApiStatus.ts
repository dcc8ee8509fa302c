import { Reason } from '../../contract/common';
import { RouteStatus } from '../../gateway-api/objects';
import {
  conditionOf,
  parentOf,
  placeKey,
  Referent,
  statusesOf,
} from '../../gateway-api/references';
import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { whyNotRead } from './gatewayApiVersions';
import { objectReason, titleOf } from './source';

const RULE = 'istio/gateway-api-route';
const CONTROLLER = 'istio.io/gateway-controller';

/**
 * Why a route of the Gateway API is not in effect for one of its parents: Istio's controller has not accepted it.
 * Undefined where it has, or (over files, which no controller has judged) will be taken as accepted, unless this version
 * of Istio does not read routes of its kind.
 */
export function notAccepted(
  snapshot: MeshSnapshot,
  object: KubernetesObject & { status?: RouteStatus },
  { kind, parent, field }: { kind: KindId; parent: Referent; field: string },
): Reason | undefined {
  const written = { kind, object };
  if (snapshot.origin === 'files') {
    const unread = whyNotRead(snapshot, kind);
    return unread === undefined
      ? undefined
      : objectReason(
          snapshot,
          written,
          RULE,
          `${titleOf(written)} has no effect: ${unread}`,
        );
  }
  const status = statusesOf(object.status, CONTROLLER).find(
    ({ parentRef }) =>
      placeKey(parentOf(parentRef, namespaceOf(object))) === placeKey(parent),
  );
  const accepted = conditionOf(status, 'Accepted');
  if (accepted?.status === 'True') {
    return undefined;
  }
  return objectReason(
    snapshot,
    written,
    RULE,
    accepted
      ? `${titleOf(written)} is not accepted: ${
          accepted.message ?? accepted.reason ?? 'no reason is given'
        }`
      : `${titleOf(
          written,
        )} has not been accepted by Istio: its status does not name ${CONTROLLER}`,
    accepted ? 'status.parents' : field,
  );
}
