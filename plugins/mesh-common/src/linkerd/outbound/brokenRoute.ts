import { Reason } from '../../contract/common';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import {
  AnyLinkerdRoute,
  GRPC_ROUTE_KIND,
  LinkerdConnectionRoute,
  LinkerdRoute,
  routeName,
  TCP_ROUTE_KIND,
  TLS_ROUTE_KIND,
} from '../linkerdRoutes';
import { notUsed } from '../routeAcceptance';
import { brokenFilters } from '../routeFilters';
import { brokenMatch } from '../routeMatches';
import { parseRetry, parseTimeouts } from '../trafficAnnotations';

/**
 * Why the controller drops a route that it accepts: a match or a filter that it cannot use, an invalid annotation, or
 * for connections anything but one rule.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index/{http,grpc,tls,tcp}.rs, `convert_route`.
 */
export function brokenRoute(
  snapshot: MeshSnapshot,
  route: AnyLinkerdRoute,
): Reason | undefined {
  return isConnectionRoute(route)
    ? brokenRules(snapshot, route)
    : brokenMatch(snapshot, route) ??
        brokenFilters(snapshot, route) ??
        brokenAnnotations(snapshot, route);
}

export function isConnectionRoute(
  route: AnyLinkerdRoute,
): route is LinkerdConnectionRoute {
  return route.kind === TLS_ROUTE_KIND || route.kind === TCP_ROUTE_KIND;
}

function brokenRules(
  snapshot: MeshSnapshot,
  route: LinkerdConnectionRoute,
): Reason | undefined {
  const count = route.route.spec?.rules?.length ?? 0;
  return count === 1
    ? undefined
    : notUsed(
        snapshot,
        route,
        `it has ${count} rules, and Linkerd takes one with exactly one`,
        'spec.rules',
      );
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
