import { Reason } from '../contract/common';
import { Referent } from '../gateway-api/references';
import { routesOfService } from '../gateway-api/serviceRoutes';
import { Service, ServicePort } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { byAge, compare } from './age';
import {
  GRPC_ROUTE_KIND,
  HTTP_ROUTE_KINDS,
  LinkerdRoute,
  routeName,
} from './linkerdRoutes';
import { OutboundProtocol } from './outboundProtocol';
import { acceptanceOf, notUsed } from './routeAcceptance';
import { brokenFilters } from './routeFilters';
import { brokenMatch } from './routeMatches';
import { parseRetry, parseTimeouts } from './trafficAnnotations';

/** The routes that a client applies to a port of a Service, all of one type, the oldest first. */
export interface AttachedRoutes {
  type: 'http' | 'grpc';
  routes: LinkerdRoute[];
  /** Routes that name the Service and have no effect on this client and port, with why. */
  ignored: Reason[];
  predicted: boolean;
}

interface Candidate {
  candidate: LinkerdRoute;
  parent: { referent: Referent; field: string };
}

/**
 * The routes of a Service's port for clients of a namespace: those that the controller accepted for this
 * Service and port (or for the Service without a port), written in the namespace of the Service (for all
 * clients) or of the client (for its own). GRPCRoutes win over HTTPRoutes, and a port that is opaque has none.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index.rs, `apply_{http,grpc}_route`;
 * grpc/src/outbound.rs, `to_proto`.
 */
export function attachedRoutes(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  clientNamespace: string,
  protocol: OutboundProtocol,
): AttachedRoutes {
  const ignored: Reason[] = [];
  let predicted = false;
  const usable = candidatesOf(snapshot, service, port).filter(entry => {
    const { reason, predicted: guessed } = usability(
      snapshot,
      service,
      clientNamespace,
      entry,
    );
    predicted ||= guessed;
    if (reason) {
      ignored.push(reason);
    }
    return !reason;
  });
  const routes = usable
    .map(({ candidate }) => candidate)
    .sort(
      (a, b) => byAge(a.route, b.route) || compare(routeName(a), routeName(b)),
    );
  const { taken, why } = ofOneType(routes, protocol);
  for (const candidate of routes) {
    if (!taken.includes(candidate)) {
      ignored.push(notUsed(snapshot, candidate, why, 'kind'));
    }
  }
  return {
    type: taken[0]?.kind === GRPC_ROUTE_KIND ? 'grpc' : 'http',
    routes: taken,
    ignored,
    predicted,
  };
}

/** Each route once that names the Service for this port or for all of them. */
function candidatesOf(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
): Candidate[] {
  const key = { namespace: namespaceOf(service), name: service.metadata.name };
  const http = HTTP_ROUTE_KINDS.flatMap(kind =>
    routesOfService(snapshot, kind, key).map(
      ({ route, parent, field }): Candidate => ({
        candidate: { kind, route },
        parent: { referent: parent, field },
      }),
    ),
  );
  const grpc = routesOfService(snapshot, GRPC_ROUTE_KIND, key).map(
    ({ route, parent, field }): Candidate => ({
      candidate: { kind: GRPC_ROUTE_KIND, route },
      parent: { referent: parent, field },
    }),
  );
  const seen = new Set<unknown>();
  return [...http, ...grpc].filter(({ candidate: { route }, parent }) => {
    const fits =
      parent.referent.port === undefined || parent.referent.port === port.port;
    if (!fits || seen.has(route)) {
      return false;
    }
    seen.add(route);
    return true;
  });
}

/** Why a route has no effect on a client, if it has none. */
function usability(
  snapshot: MeshSnapshot,
  service: Service,
  clientNamespace: string,
  { candidate, parent }: Candidate,
): { reason?: Reason; predicted: boolean } {
  const acceptance = acceptanceOf(snapshot, candidate, parent);
  const { predicted } = acceptance;
  if (acceptance.reason) {
    return { reason: acceptance.reason, predicted };
  }
  const broken =
    brokenMatch(snapshot, candidate) ??
    brokenFilters(snapshot, candidate) ??
    brokenAnnotations(snapshot, candidate);
  if (broken) {
    return { reason: broken, predicted };
  }
  const namespace = namespaceOf(candidate.route);
  if (namespace !== namespaceOf(service) && namespace !== clientNamespace) {
    return {
      reason: notUsed(
        snapshot,
        candidate,
        `it is not in the namespace of the Service, so it counts for clients of ${namespace} only, and the client is in ${clientNamespace}`,
        'metadata.namespace',
      ),
      predicted,
    };
  }
  return { predicted };
}

/**
 * One invalid retry or timeout annotation makes the controller drop the whole route, though its status says
 * that it is accepted.
 */
export function brokenAnnotations(
  snapshot: MeshSnapshot,
  candidate: LinkerdRoute,
): Reason | undefined {
  const { annotations } = candidate.route.metadata;
  const protocol = candidate.kind === GRPC_ROUTE_KIND ? 'grpc' : 'http';
  for (const parsed of [
    parseTimeouts(annotations),
    parseRetry(annotations, protocol),
  ]) {
    if ('error' in parsed) {
      return because(
        'linkerd/route-annotations',
        `${routeName(candidate)} is not used: ${
          parsed.annotation
        } is invalid (${parsed.error})`,
        {
          snapshot,
          kind: candidate.kind,
          object: candidate.route,
          field: `metadata.annotations.${parsed.annotation}`,
        },
      );
    }
  }
  return undefined;
}

/** The routes of the type that counts, and why the others do not. */
function ofOneType(
  routes: readonly LinkerdRoute[],
  { protocol }: OutboundProtocol,
): { taken: LinkerdRoute[]; why: string } {
  const grpc = routes.filter(({ kind }) => kind === GRPC_ROUTE_KIND);
  const http = routes.filter(({ kind }) => kind !== GRPC_ROUTE_KIND);
  switch (protocol) {
    case 'opaque':
      return {
        taken: [],
        why: 'the port is opaque, and what is sent to it is not read',
      };
    case 'http1':
      return { taken: http, why: 'appProtocol says HTTP/1' };
    default:
      return grpc.length > 0
        ? { taken: grpc, why: 'the Service has a GRPCRoute, which wins' }
        : { taken: http, why: '' };
  }
}
