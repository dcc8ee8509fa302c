import { Reason } from '../contract/common';
import {
  conditionOf,
  isService,
  parentOf,
  ParentStatus,
  Referent,
} from '../gateway-api/references';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { AnyLinkerdRoute, routeName } from './linkerdRoutes';
import { canonicalParent, isServer } from './routeParents';
import { LinkerdParentStatus, routeStatus } from './status/routeStatus';

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
 * Whether the controller accepted a route for a parent, by the condition `Accepted` of its status: a route without it is
 * not used. Over files the status is predicted. For Servers the controller's own status for a Server of that name counts; for Services and
 * EgressNetworks one of anybody for that kind, name and port (or for all ports), in whatever namespace. A reference to
 * all ports of a Service is accepted by a status for any of them.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/routes.rs; outbound/index/{http,grpc,tls,tcp}.rs,
 * `route_accepted_by_resource_port`, `route_accepted_by_service`.
 */
export function acceptanceOf(
  snapshot: MeshSnapshot,
  candidate: AnyLinkerdRoute,
  parent: { referent: Referent; field: string },
  port = parent.referent.port,
): RouteAcceptance {
  const predicted = snapshot.origin === 'files';
  const statuses: (ParentStatus | LinkerdParentStatus)[] = (
    predicted
      ? routeStatus(snapshot, candidate)
      : candidate.route.status?.parents ?? []
  ).filter(status => isAbout(status, candidate, parent.referent, port));
  const conditions = statuses.flatMap(
    status => conditionOf(status, 'Accepted') ?? [],
  );
  if (conditions.some(({ status }) => status === 'True')) {
    return { accepted: true, predicted };
  }
  return {
    accepted: false,
    predicted,
    reason: notUsed(
      snapshot,
      candidate,
      whyNot(conditions[0]),
      predicted ? parent.field : 'status.parents',
    ),
  };
}

function isAbout(
  status: ParentStatus | LinkerdParentStatus,
  { route }: AnyLinkerdRoute,
  parent: Referent,
  port: number | undefined,
): boolean {
  if (isServer(parent)) {
    return (
      status.parentRef.kind === 'Server' &&
      status.parentRef.name === parent.name &&
      (!('controllerName' in status) ||
        status.controllerName === POLICY_CONTROLLER)
    );
  }
  const named = canonicalParent(parentOf(status.parentRef, namespaceOf(route)));
  const same =
    named.group === parent.group &&
    named.kind === parent.kind &&
    named.name === parent.name;
  const allPorts = isService(parent) && parent.port === undefined;
  return same && (allPorts || named.port === undefined || named.port === port);
}

function whyNot(
  condition: { reason?: string; message?: string; why?: string } | undefined,
): string {
  if (!condition) {
    return 'the controller has not accepted it';
  }
  const { reason, message, why } = condition;
  return why
    ? `${why} (${reason})`
    : `the controller does not accept it (${[reason, message]
        .filter(Boolean)
        .join(': ')})`;
}

/** The reason why a route has no effect. */
export function notUsed(
  snapshot: MeshSnapshot,
  candidate: AnyLinkerdRoute,
  why: string,
  field: string,
): Reason {
  return because(
    'linkerd/route-not-used',
    `${routeName(candidate)} is not used: ${why}`,
    { snapshot, kind: candidate.kind, object: candidate.route, field },
  );
}
