import { AnyCheck, Check, CheckFinding, defineCheck } from './check';
import { Service } from '../kubernetes/core';
import { KubernetesObject } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  ALL_ROUTE_KINDS,
  AnyLinkerdRoute,
  LinkerdRoute,
} from '../linkerd/linkerdRoutes';
import { isLinkerdRoute } from '../linkerd/meshed';

/**
 * One check of routes, for each of the kinds of routes that Linkerd takes. Routes that are none of Linkerd's
 * business are left alone.
 */
export function defineRouteChecks(
  check: Pick<
    Check,
    'code' | 'aliases' | 'level' | 'title' | 'explanation' | 'upstream'
  >,
  run: (
    candidate: LinkerdRoute,
    snapshot: MeshSnapshot,
  ) => Iterable<CheckFinding>,
): AnyCheck[] {
  const common = { ...check, mesh: 'linkerd', needs: ['Service'] } as const;
  const checked = (candidate: LinkerdRoute, snapshot: MeshSnapshot) =>
    isLinkerdRoute(snapshot, candidate) ? run(candidate, snapshot) : [];
  return [
    defineCheck({
      ...common,
      subject: 'policy.linkerd.io/HTTPRoute',
      run: (route, snapshot) =>
        checked({ kind: 'policy.linkerd.io/HTTPRoute', route }, snapshot),
    }),
    defineCheck({
      ...common,
      subject: 'gateway.networking.k8s.io/HTTPRoute',
      run: (route, snapshot) =>
        checked(
          { kind: 'gateway.networking.k8s.io/HTTPRoute', route },
          snapshot,
        ),
    }),
    defineCheck({
      ...common,
      subject: 'gateway.networking.k8s.io/GRPCRoute',
      run: (route, snapshot) =>
        checked(
          { kind: 'gateway.networking.k8s.io/GRPCRoute', route },
          snapshot,
        ),
    }),
  ];
}

/** One check of what a Service says of requests to it, or a route on it. */
export function defineRequestChecks(
  check: Parameters<typeof defineRouteChecks>[0],
  ofService: (service: Service) => Iterable<CheckFinding>,
  ofRoute: Parameters<typeof defineRouteChecks>[1],
): AnyCheck[] {
  return [
    defineCheck({
      ...check,
      mesh: 'linkerd',
      subject: 'Service',
      needs: [],
      run: ofService,
    }),
    ...defineRouteChecks(check, ofRoute),
  ];
}

/** The same for routes of connections too. */
export function defineAllRouteChecks(
  check: Pick<Check, 'code' | 'level' | 'title' | 'explanation' | 'upstream'>,
  needs: Check['needs'],
  run: (
    candidate: AnyLinkerdRoute,
    snapshot: MeshSnapshot,
  ) => Iterable<CheckFinding>,
): AnyCheck[] {
  return ALL_ROUTE_KINDS.map(kind =>
    defineCheck({
      ...check,
      mesh: 'linkerd',
      needs,
      subject: kind,
      run: (route: KubernetesObject, snapshot: MeshSnapshot) => {
        // The kind is the one that the route is of.
        const candidate = { kind, route } as AnyLinkerdRoute;
        return isLinkerdRoute(snapshot, candidate)
          ? run(candidate, snapshot)
          : [];
      },
    }),
  );
}
