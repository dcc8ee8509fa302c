import { CallFacts } from '../../mesh/whoMayCall/facts';
import {
  clusterOf,
  CONTROL_PLANE,
  meshedPod,
  podOf,
} from '../__testUtils__/cluster';
import { portAuthorization } from './portAuthorization';

const WEB = 'web.shop.serviceaccount.identity.linkerd.mesh.example';

const SERVER = `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: http, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: http }
`;

const CALLERS = `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: web, namespace: shop }
spec: { identityRefs: [{ kind: ServiceAccount, name: web }] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: callers, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: HTTPRoute, name: api }
  requiredAuthenticationRefs:
    - { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: web }
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: api, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: http }]
  rules: [{ matches: [{ path: { type: PathPrefix, value: /api } }] }]
status:
  parents:
    - parentRef: { group: policy.linkerd.io, kind: Server, name: http }
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: 'True' }]
`;

function hopOf(objects: string, facts: Partial<CallFacts>) {
  const snapshot = clusterOf(CONTROL_PLANE + meshedPod('cart') + objects);
  const { evaluate } = portAuthorization(
    snapshot,
    podOf(snapshot, 'cart'),
    8080,
    'sidecar',
  );
  const [hop] =
    evaluate?.({
      peer: { type: 'none' },
      mode: 'none',
      inCluster: true,
      protocol: 'http',
      sourceIp: '10.1.0.1',
      method: 'GET',
      path: '/api',
      headers: {},
      ...facts,
    }).hops ?? [];
  return hop;
}

describe('what is told of a call to a port of Linkerd', () => {
  it.each([
    [
      'the identity that a policy of the route asks for',
      { peer: { type: 'identity', identity: WEB } },
      { verdict: 'allow-matched', layer: 'http' },
      [['match', 'callers']],
    ],
    [
      'a client without identity',
      {},
      { verdict: 'no-allow-matched', status: 403, layer: 'http' },
      [['no-match', 'callers']],
    ],
    [
      'a path of no route',
      { peer: { type: 'identity', identity: WEB }, path: '/other' },
      { status: 404, layer: 'http' },
      [],
    ],
    [
      'a connection that is not HTTP',
      { protocol: 'tcp' },
      { verdict: 'no-allow-matched', layer: 'tcp' },
      [],
    ],
  ] satisfies [string, Partial<CallFacts>, object, string[][]][])(
    '%s',
    (_name, facts, expected, checks) => {
      const hop = hopOf(SERVER + CALLERS, facts);
      expect({
        verdict: hop.verdict,
        status: hop.status,
        layer: hop.layer,
      }).toEqual({ verdict: undefined, status: undefined, ...expected });
      expect(
        hop.checks.map(({ result, reason }) => [result, reason.object?.name]),
      ).toEqual(checks);
    },
  );

  it('answers what is no call of gRPC with 404, whoever may call', () => {
    const server = SERVER.replace(
      'port: http',
      'port: http, proxyProtocol: gRPC, accessPolicy: all-unauthenticated',
    );
    expect(hopOf(server, {})).toMatchObject({ status: 404, checks: [] });
  });

  it('tells the default policy that lets a call in', () => {
    const hop = hopOf('', {});
    expect(hop.verdict).toBe('allow-matched');
    expect(hop.checks).toMatchObject([{ step: 'allow', result: 'match' }]);
  });
});
