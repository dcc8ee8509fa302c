import { GatewayApiGateway } from '../../gateway-api/objects';
import {
  GATEWAY_API_GROUP,
  parentOf,
  Referent,
} from '../../gateway-api/references';
import { namespaceOf } from '../../kubernetes/objects';
import { matchesSelector } from '../../kubernetes/selectors';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { GatewayApiRoute, isToldByStatus } from '../routeStatus';

const GATEWAY = 'gateway.networking.k8s.io/Gateway';
const NAME_LABEL = 'kubernetes.io/metadata.name';

const COMMON = {
  code: 'KIA1401',
  level: 'error',
  title: 'Route of a Gateway that does not take it',
  explanation:
    'A route has effect at the Gateways that its parentRefs name. One that does not exist, or none of whose listeners takes routes of this namespace (allowedRoutes), sends it nothing.',
  mesh: 'istio',
  needs: [GATEWAY, 'Namespace'],
} as const;

/** A route names a Gateway that does not exist, or that does not take routes of its namespace. */
function* withoutGateway(
  route: GatewayApiRoute,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  const own = namespaceOf(route);
  for (const [index, written] of (route.spec?.parentRefs ?? []).entries()) {
    const parent = parentOf(written, own);
    if (parent.group === GATEWAY_API_GROUP && parent.kind === 'Gateway') {
      const problem = problemOf(snapshot, route, parent);
      if (problem) {
        yield {
          message: `${refOf(route)} is for Gateway ${parent.namespace}/${
            parent.name
          }, ${problem}`,
          field: `spec.parentRefs[${index}]`,
        };
      }
    }
  }
}

function problemOf(
  snapshot: MeshSnapshot,
  route: GatewayApiRoute,
  parent: Referent,
): string | undefined {
  const gateway = snapshot.get(GATEWAY, parent.namespace, parent.name);
  if (!gateway) {
    return 'which does not exist: correct the name or the namespace';
  }
  const own = namespaceOf(route);
  return parent.namespace === own ||
    takesRoutesOf(snapshot, gateway, parent, own) ||
    isToldByStatus(route, 'Accepted', parent)
    ? undefined
    : `which takes no routes of Namespace ${own}: allow them (allowedRoutes of a listener)`;
}

function takesRoutesOf(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
  { sectionName }: Referent,
  namespace: string,
): boolean {
  const { labels = {} } =
    snapshot.get('Namespace', undefined, namespace)?.metadata ?? {};
  return (gateway.spec?.listeners ?? [])
    .filter(({ name }) => !sectionName || name === sectionName)
    .some(({ allowedRoutes }) => {
      const { from = 'Same', selector } = allowedRoutes?.namespaces ?? {};
      return (
        from === 'All' ||
        (from === 'Selector' &&
          matchesSelector({ [NAME_LABEL]: namespace, ...labels }, selector))
      );
    });
}

export const gatewayOfRouteMissing: readonly AnyCheck[] = [
  defineCheck({
    ...COMMON,
    upstream: 'k8shttproutes.NoK8sGatewayChecker, K8sHTTPRouteChecker (Kiali)',
    subject: 'gateway.networking.k8s.io/HTTPRoute',
    run: withoutGateway,
  }),
  defineCheck({
    ...COMMON,
    upstream: 'k8sgrpcroutes.NoK8sGatewayChecker, K8sGRPCRouteChecker (Kiali)',
    subject: 'gateway.networking.k8s.io/GRPCRoute',
    run: withoutGateway,
  }),
];
