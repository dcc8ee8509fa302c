import { AnyCheck, Check, CheckFinding, defineCheck } from './check';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { LinkerdRoute } from '../linkerd/linkerdRoutes';
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
