import {
  clusterOf,
  CONTROL_PLANE,
  meshedPod,
  podOf,
} from './__testUtils__/cluster';
import { inboundPolicy } from './inboundPolicy';

const SERVER = `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: http, namespace: shop }
spec: { podSelector: {}, port: 8080, proxyProtocol: HTTP/1 }
`;

const policy = (
  refs: string,
  target = 'group: policy.linkerd.io, kind: Server, name: http',
) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: p, namespace: shop }
spec: { targetRef: { ${target} }, requiredAuthenticationRefs: [${refs}] }
`;

const authentication = (kind: string, spec: string) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: ${kind}
metadata: { name: a, namespace: shop }
spec: { ${spec} }
`;

const ref = (kind: string) =>
  `{ group: policy.linkerd.io, kind: ${kind}, name: a }`;
const MESH = 'MeshTLSAuthentication';
const NETS = 'NetworkAuthentication';

const route = (
  name: string,
  rule: string,
  group = 'gateway.networking.k8s.io/v1',
  kind = 'HTTPRoute',
) => `
---
apiVersion: ${group}
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: http }]
  rules: [{ ${rule} }]
status:
  parents:
    - parentRef: { group: policy.linkerd.io, kind: Server, name: http, namespace: shop }
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: 'True' }]
`;

function policyOf(objects: string) {
  const snapshot = clusterOf(
    CONTROL_PLANE + meshedPod('cart') + SERVER + objects,
  );
  const found = inboundPolicy(snapshot, podOf(snapshot, 'cart'), 8080);
  if (!('authorizations' in found)) {
    throw new Error(`The policy is unknown: ${JSON.stringify(found)}`);
  }
  return found;
}

describe('the authorizations of a port with a Server', () => {
  const ACCOUNT = 'identityRefs: [{ kind: ServiceAccount, name: web }]';
  it.each<[string, string, string[]]>([
    ['a policy', policy(ref(MESH)) + authentication(MESH, ACCOUNT), ['p']],
    [
      'not with an identity of a kind that has none',
      policy(ref(MESH)) +
        authentication(
          MESH,
          'identityRefs: [{ kind: ServiceAccount, name: web }, { kind: Service, name: web }]',
        ),
      [],
    ],
    [
      'not without identities',
      policy(ref(MESH)) + authentication(MESH, 'identities: []'),
      [],
    ],
    [
      'from networks',
      policy(ref(NETS)) +
        authentication(NETS, 'networks: [{ cidr: 10.0.0.0/8 }]'),
      ['p'],
    ],
    [
      'not without networks',
      policy(ref(NETS)) + authentication(NETS, 'networks: []'),
      [],
    ],
    ['for its namespace', policy('', 'kind: Namespace, name: shop'), ['p']],
    [
      'for its namespace, though it names another',
      policy('', 'kind: Namespace, name: pay'),
      ['p'],
    ],
  ])('%s', (_, objects, expected) => {
    const { authorizations } = policyOf(objects);
    expect(authorizations.map(({ source }) => source.name)).toEqual(expected);
  });
});

describe('the routes of a port with a Server', () => {
  const OK = route('ok', 'matches: [{ path: { value: / } }]');
  it.each<[string, string, string[]]>([
    [
      'one of each group',
      OK + route('b', '', 'policy.linkerd.io/v1beta3'),
      ['b', 'ok'],
    ],
    [
      'accepted for a Server, whatever else its status says of it',
      OK.replace(/(parentRef: ).*/, '$1{ kind: Server, name: http }'),
      ['ok'],
    ],
    [
      'not accepted for another kind of that name',
      OK.replace(/(parentRef: ).*/, '$1{ kind: Service, name: http }'),
      [],
    ],
    [
      'not with a relative path',
      OK + route('b', 'matches: [{ path: { value: a } }]'),
      ['ok'],
    ],
    [
      'not with an expression that does not compile',
      OK +
        route(
          'b',
          'matches: [{ path: { type: RegularExpression, value: "(" } }]',
        ),
      ['ok'],
    ],
    [
      'not with a header that cannot be',
      OK + route('b', 'matches: [{ headers: [{ name: "a b", value: c }] }]'),
      ['ok'],
    ],
    [
      'not with a value that cannot be',
      OK +
        route('b', 'matches: [{ headers: [{ name: a, value: "b\\u0007" }] }]'),
      ['ok'],
    ],
    [
      'not with a redirect to a relative path',
      OK +
        route(
          'b',
          'filters: [{ type: RequestRedirect, requestRedirect: { path: { type: ReplaceFullPath, replaceFullPath: a } } }]',
        ),
      ['ok'],
    ],
  ])('%s', (_, objects, expected) => {
    const { routes } = policyOf(objects);
    expect(routes.map(one => one.route.route.metadata.name)).toEqual(expected);
  });
});
