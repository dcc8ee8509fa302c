import { Reason } from '../contract/common';
import { namespaceOf } from '../kubernetes/objects';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  GRPC_ROUTE_KIND,
  LinkerdRoute,
  parentsOf,
  ROUTE_KINDS,
  RouteParent,
  sortedRoutes,
} from './linkerdRoutes';
import { Server } from './objects';
import { acceptanceOf, notUsed } from './routeAcceptance';
import { brokenFilters } from './routeFilters';
import { brokenMatch } from './routeMatches';
import { isServer } from './routeParents';

/** Routes on a Server, and those that name it without effect. */
export interface ServerRoutes {
  routes: LinkerdRoute[];
  predicted: boolean;
  ignored: Reason[];
}

const routesByServer = defineIndex(ROUTE_KINDS, input => {
  const byServer = new Map<string, LinkerdRoute[]>();
  for (const candidate of sortedRoutes(input)) {
    const names = parentsOf(candidate).flatMap(({ referent }) =>
      isServer(referent) ? referent.name : [],
    );
    for (const name of new Set(names)) {
      const known = byServer.get(name);
      if (known) {
        known.push(candidate);
      } else {
        byServer.set(name, [candidate]);
      }
    }
  }
  return byServer;
});

/**
 * The routes of a Server: GRPCRoutes where its protocol is gRPC, HTTPRoutes where it is HTTP or unknown. A
 * route whose reference to any Server has a port, a section or another namespace, or with a match or a filter that the
 * controller cannot use, is not used at all.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/routes.rs, inbound/index/{http,grpc}.rs.
 */
export function routesOfServer(
  snapshot: MeshSnapshot,
  server: Server,
): ServerRoutes {
  const result: ServerRoutes = { routes: [], predicted: false, ignored: [] };
  for (const candidate of routesNaming(snapshot, server)) {
    const parents = parentsOf(candidate).filter(({ referent }) =>
      isServer(referent),
    );
    const parent = parents.find(
      ({ referent }) => referent.name === server.metadata.name,
    );
    if (parent && appliesTo(candidate, server)) {
      const acceptance = acceptanceOf(snapshot, candidate, parent);
      const obstacle =
        brokenReference(snapshot, candidate, parents) ??
        brokenMatch(snapshot, candidate) ??
        brokenFilters(snapshot, candidate) ??
        acceptance.reason;
      result.predicted ||= acceptance.predicted;
      if (obstacle) {
        result.ignored.push(obstacle);
      } else {
        result.routes.push(candidate);
      }
    }
  }
  return result;
}

/** The routes that name a Server whose protocol is not theirs: nothing is said of them anywhere. */
export function routesWithoutUse(
  snapshot: MeshSnapshot,
  server: Server,
): LinkerdRoute[] {
  return routesNaming(snapshot, server).filter(
    candidate => !appliesTo(candidate, server),
  );
}

/** The routes of a namespace that name a Server, the oldest first. */
function routesNaming(
  snapshot: MeshSnapshot,
  server: Server,
): readonly LinkerdRoute[] {
  return (
    routesByServer(snapshot, namespaceOf(server)).get(server.metadata.name) ??
    []
  );
}

function appliesTo({ kind }: LinkerdRoute, { spec }: Server): boolean {
  const protocol = spec.proxyProtocol ?? 'unknown';
  return kind === GRPC_ROUTE_KIND
    ? protocol === 'gRPC'
    : ['unknown', 'HTTP/1', 'HTTP/2'].includes(protocol);
}

/** Why a reference to a Server makes the controller drop the whole route. */
export function brokenReference(
  snapshot: MeshSnapshot,
  candidate: LinkerdRoute,
  parents: readonly RouteParent[],
): Reason | undefined {
  const broken = parents.find(
    ({ referent }) =>
      isServer(referent) &&
      (referent.port !== undefined ||
        referent.sectionName !== undefined ||
        referent.namespace !== namespaceOf(candidate.route)),
  );
  return (
    broken &&
    notUsed(
      snapshot,
      candidate,
      'a reference to a Server must have neither port nor sectionName, and must stay in its namespace',
      broken.field,
    )
  );
}
