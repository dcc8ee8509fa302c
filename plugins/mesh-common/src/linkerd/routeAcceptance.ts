import { Reason } from '../contract/common';
import {
  conditionOf,
  parentOf,
  placeKey,
  Referent,
  samePlace,
  statusesOf,
} from '../gateway-api/references';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { GRPC_ROUTE_KIND, LinkerdRoute, routeName } from './linkerdRoutes';
import { parentObstacle } from './routeParents';

/** The name by which Linkerd signs the status of routes. */
export const POLICY_CONTROLLER = 'linkerd.io/policy-controller';

/** Whether the controller takes a route for a parent. */
export interface RouteAcceptance {
  accepted: boolean;
  /** Over files: what the controller would write. */
  predicted: boolean;
  /** Why not. */
  reason?: Reason;
}

/**
 * Whether the controller accepted a route for a parent, by the condition `Accepted` that it wrote: a route
 * without that status is not used. Over files it is predicted: the parent must exist, and of routes of
 * different kinds with the very same parent GRPCRoutes win over HTTPRoutes.
 *
 * Upstream: policy-controller/k8s/status/src/index.rs.
 */
export function acceptanceOf(
  snapshot: MeshSnapshot,
  candidate: LinkerdRoute,
  parent: { referent: Referent; field: string },
): RouteAcceptance {
  return snapshot.origin === 'files'
    ? predictedAcceptance(snapshot, candidate, parent)
    : writtenAcceptance(snapshot, candidate, parent);
}

function writtenAcceptance(
  snapshot: MeshSnapshot,
  candidate: LinkerdRoute,
  parent: { referent: Referent },
): RouteAcceptance {
  const { route } = candidate;
  const status = statusesOf(route.status, POLICY_CONTROLLER).find(
    ({ parentRef }) =>
      samePlace(parentOf(parentRef, namespaceOf(route)), parent.referent),
  );
  const condition = conditionOf(status, 'Accepted');
  if (condition?.status === 'True') {
    return { accepted: true, predicted: false };
  }
  const why = condition
    ? `the controller does not accept it (${[
        condition.reason,
        condition.message,
      ]
        .filter(Boolean)
        .join(': ')})`
    : 'the controller has not accepted it';
  return {
    accepted: false,
    predicted: false,
    reason: notUsed(snapshot, candidate, why, 'status.parents'),
  };
}

function predictedAcceptance(
  snapshot: MeshSnapshot,
  candidate: LinkerdRoute,
  parent: { referent: Referent; field: string },
): RouteAcceptance {
  const winner =
    candidate.kind === GRPC_ROUTE_KIND
      ? undefined
      : grpcRouteOn(snapshot, parent.referent);
  const why =
    parentObstacle(snapshot, parent.referent) ??
    (winner &&
      `${winner} has the same parent, and GRPCRoutes win over HTTPRoutes (RouteReasonConflicted)`);
  return why
    ? {
        accepted: false,
        predicted: true,
        reason: notUsed(snapshot, candidate, why, parent.field),
      }
    : { accepted: true, predicted: true };
}

/** The reason why a route has no effect. */
export function notUsed(
  snapshot: MeshSnapshot,
  candidate: LinkerdRoute,
  why: string,
  field: string,
): Reason {
  return because(
    'linkerd/route-not-used',
    `${routeName(candidate)} is not used: ${why}`,
    { snapshot, kind: candidate.kind, object: candidate.route, field },
  );
}

const grpcParents = defineIndex(
  [GRPC_ROUTE_KIND],
  ({ objects }) =>
    new Map(
      objects(GRPC_ROUTE_KIND).flatMap(route =>
        (route.spec?.parentRefs ?? []).map((reference): [string, string] => [
          placeKey(parentOf(reference, namespaceOf(route))),
          `GRPCRoute ${namespaceOf(route)}/${route.metadata.name}`,
        ]),
      ),
    ),
);

/** A GRPCRoute, wherever it is, whose parent is this very place. */
function grpcRouteOn(
  snapshot: MeshSnapshot,
  parent: Referent,
): string | undefined {
  const key = placeKey(parent);
  for (const namespace of snapshot.namespacesOf(GRPC_ROUTE_KIND)) {
    const found = grpcParents(snapshot, namespace).get(key);
    if (found) {
      return found;
    }
  }
  return undefined;
}
