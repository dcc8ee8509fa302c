import { mayRefer } from '../../gateway-api/grants';
import {
  backendOf,
  isService,
  parentOf,
  Referent,
} from '../../gateway-api/references';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { GatewayApiRoute, isToldByStatus } from '../routeStatus';
import { judgesBackends } from './MESH-L0303';

const COMMON = {
  code: 'KIA1402',
  level: 'error',
  title: 'Route with a Service that it cannot use',
  explanation:
    'The Service that a route sends to, or is for, does not exist; or it is in another namespace, where no ReferenceGrant lets routes of this one send to it. Requests are answered 500.',
  mesh: 'istio',
  needs: ['Service', 'gateway.networking.k8s.io/ReferenceGrant'],
} as const;

/** Of the backends of routes in Linkerd MESH-L0303 says it, with what comes of it there. */
function* withoutService(
  route: GatewayApiRoute,
  snapshot: MeshSnapshot,
  isLinkerds: boolean,
): Iterable<CheckFinding> {
  for (const { referent, field, sends } of servicesOf(route)) {
    const service = `Service ${referent.namespace}/${referent.name}`;
    const { kind } = route;
    if (sends && isLinkerds) {
      // Linkerd asks for no grant either.
    } else if (!exists(snapshot, referent)) {
      yield {
        message: `${refOf(route)} ${
          sends ? 'sends to' : 'is for'
        } ${service}, which does not exist: correct the name or the namespace`,
        field,
      };
    } else if (
      sends &&
      !mayRefer(snapshot, { kind, namespace: namespaceOf(route) }, referent)
    ) {
      yield {
        message: `${refOf(
          route,
        )} sends to ${service}, but no ReferenceGrant in Namespace ${
          referent.namespace
        } lets a ${kind} of Namespace ${namespaceOf(route)} do so`,
        field,
      };
    }
  }
}

interface Use {
  referent: Referent;
  field: string;
  sends: boolean;
}

/** What the status says already is left out. */
function servicesOf(route: GatewayApiRoute): Use[] {
  const own = namespaceOf(route);
  const parents = (route.spec?.parentRefs ?? []).map(
    (written, index): Use => ({
      referent: parentOf(written, own),
      field: `spec.parentRefs[${index}]`,
      sends: false,
    }),
  );
  const backends = isToldByStatus(route, 'ResolvedRefs')
    ? []
    : (route.spec?.rules ?? []).flatMap(({ backendRefs = [] }, rule) =>
        backendRefs.map(
          (written, index): Use => ({
            referent: backendOf(written, own),
            field: `spec.rules[${rule}].backendRefs[${index}]`,
            sends: true,
          }),
        ),
      );
  return [...parents, ...backends].filter(({ referent }) =>
    isService(referent),
  );
}

function exists(
  snapshot: MeshSnapshot,
  { namespace, name }: Referent,
): boolean {
  return snapshot.get('Service', namespace, name) !== undefined;
}

export const serviceOfRouteMissing: readonly AnyCheck[] = [
  defineCheck({
    ...COMMON,
    upstream: 'k8shttproutes.NoHostChecker, K8sHTTPRouteChecker (Kiali)',
    subject: 'gateway.networking.k8s.io/HTTPRoute',
    run: (route, snapshot) =>
      withoutService(
        route,
        snapshot,
        judgesBackends(snapshot, {
          kind: 'gateway.networking.k8s.io/HTTPRoute',
          route,
        }),
      ),
  }),
  defineCheck({
    ...COMMON,
    upstream: 'k8sgrpcroutes.NoHostChecker, K8sGRPCRouteChecker (Kiali)',
    subject: 'gateway.networking.k8s.io/GRPCRoute',
    run: (route, snapshot) =>
      withoutService(
        route,
        snapshot,
        judgesBackends(snapshot, {
          kind: 'gateway.networking.k8s.io/GRPCRoute',
          route,
        }),
      ),
  }),
];
