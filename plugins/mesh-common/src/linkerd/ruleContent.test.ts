import { clusterOf } from './__testUtils__/cluster';
import { ROUTE_KINDS, routesIn } from './linkerdRoutes';
import { inboundFilters } from './ruleContent';

type RouteKind = (typeof ROUTE_KINDS)[number];

const SET = '{ set: [{ name: X-Env, value: prod }] }';
const CHANGED = { set: [['x-env', 'prod']], add: [], remove: [] };

function filtersOf(kind: RouteKind) {
  const [group, name] = kind.split('/');
  const snapshot = clusterOf(`
apiVersion: ${group}/v1
kind: ${name}
metadata: { name: a, namespace: shop }
spec:
  rules:
    - filters:
        - { type: RequestHeaderModifier, requestHeaderModifier: ${SET} }
        - { type: ResponseHeaderModifier, responseHeaderModifier: ${SET} }
        - { type: RequestRedirect, requestRedirect: { port: 8443 } }
`);
  return routesIn(snapshot, 'shop').map(inboundFilters);
}

describe('what the proxy of a server makes of filters', () => {
  const redirect = { redirect: { port: 8443 } };
  it.each<[RouteKind, object[]]>([
    [
      'gateway.networking.k8s.io/HTTPRoute',
      [{ requestHeaders: CHANGED }, redirect],
    ],
    [
      'policy.linkerd.io/HTTPRoute',
      [{ requestHeaders: CHANGED }, { requestHeaders: CHANGED }, redirect],
    ],
    ['gateway.networking.k8s.io/GRPCRoute', [{ requestHeaders: CHANGED }]],
  ])('of a %s', (kind, expected) => {
    expect(filtersOf(kind)).toEqual([[expected]]);
  });
});
