import { CallDecision } from '../../contract/callDecision';
import { CallFacts, Peer } from '../../mesh/whoMayCall/facts';
import {
  clusterOf,
  CONTROL_PLANE,
  meshedPod,
  podOf,
} from '../__testUtils__/cluster';
import { portAuthorization } from './portAuthorization';

const identity = (account: string, namespace = 'shop'): Peer => ({
  type: 'identity',
  identity: `${account}.${namespace}.serviceaccount.identity.linkerd.mesh.example`,
});
const WEB = identity('web');
const PLAINTEXT: Peer = { type: 'none' };
const except = new Set([
  'web.shop.serviceaccount.identity.linkerd.mesh.example',
]);
const IN_SHOP: Peer = { type: 'somebody', namespace: 'shop', except };
const ELSEWHERE: Peer = { type: 'somebody', notNamespace: 'shop', except };

const server = (spec = '') => `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: http, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: http ${spec} }
`;

const policy = (name: string, target: string, refs: string) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  targetRef: { ${target} }
  requiredAuthenticationRefs: [${refs}]
`;

const ON_SERVER = 'group: policy.linkerd.io, kind: Server, name: http';
const IN_NAMESPACE = 'kind: Namespace, name: shop';
const ref = (kind: string) =>
  `{ group: policy.linkerd.io, kind: ${kind}, name: web }`;
const MESH = ref('MeshTLSAuthentication');
const NETS = ref('NetworkAuthentication');

const authentication = (spec: string) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: web, namespace: shop }
spec: { ${spec} }
`;
const WEB_ACCOUNT = authentication(
  'identityRefs: [{ kind: ServiceAccount, name: web }]',
);
const OFFICE = `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: { name: web, namespace: shop }
spec: { networks: [{ cidr: 192.168.7.0/24, except: [192.168.7.9] }] }
`;

const route = (name: string, matches: string) => `
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: ${name}, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: http }]
  rules: [{ matches: [${matches}] }]
status:
  parents:
    - parentRef: { group: policy.linkerd.io, kind: Server, name: http }
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: 'True' }]
`;
const onRoute = (name: string) =>
  `group: policy.linkerd.io, kind: HTTPRoute, name: ${name}`;
const ALL_PATHS = route('all', '{ path: { type: PathPrefix, value: / } }');
const ADMIN = route('admin', '{ path: { type: PathPrefix, value: /admin } }');

const CALLERS = server() + policy('callers', ON_SERVER, MESH) + WEB_ACCOUNT;

function answer(
  objects: string,
  facts: Partial<CallFacts> = {},
  pod = meshedPod('cart', { readiness: { path: '/ready', port: 'http' } }),
): CallDecision {
  const snapshot = clusterOf(CONTROL_PLANE + pod + objects);
  return portAuthorization(
    snapshot,
    podOf(snapshot, 'cart'),
    8080,
    'sidecar',
  ).decide({ peer: WEB, mode: 'sidecar', inCluster: true, ...facts });
}

/** `value by Kind name`, then what it depends on. */
function summary({ value, reasons, allowedWhen, deniedWhen }: CallDecision) {
  const [{ object }] = reasons;
  const words = (when: CallDecision['allowedWhen']) =>
    when
      .map(all =>
        all.map(({ subject, values }) => `${subject} ${values}`).join(' and '),
      )
      .join(' or ');
  return [
    object
      ? `${value} by ${object.kind.split('/').at(-1)} ${object.name}`
      : value,
    ...(allowedWhen.length > 0 ? [`if ${words(allowedWhen)}`] : []),
    ...(deniedWhen.length > 0 ? [`not if ${words(deniedWhen)}`] : []),
  ].join(', ');
}

describe('who may call a meshed pod', () => {
  it.each<[string, string, Partial<CallFacts>, string]>([
    ['no Server: the default', '', {}, 'allowed by ConfigMap linkerd-config'],
    ['a Server that names nobody', server(), {}, 'denied by Server http'],
    [
      'an access policy',
      server(', accessPolicy: all-authenticated'),
      { peer: IN_SHOP },
      'allowed by Server http',
    ],
    [
      'an access policy that wants an identity',
      server(', accessPolicy: all-authenticated'),
      { peer: PLAINTEXT },
      'denied by Server http',
    ],
    [
      'an access policy of the cluster, from inside',
      server(', accessPolicy: cluster-unauthenticated'),
      { peer: PLAINTEXT },
      'allowed by Server http',
    ],
    [
      'an access policy of the cluster, from outside',
      server(', accessPolicy: cluster-unauthenticated'),
      { peer: PLAINTEXT, inCluster: false },
      'depends by Server http, if source-ip 10.0.0.0/8,fd00::/8',
    ],
    [
      'the account that is named',
      CALLERS,
      {},
      'allowed by AuthorizationPolicy callers',
    ],
    [
      'another account',
      CALLERS,
      { peer: identity('batch') },
      'denied by AuthorizationPolicy callers',
    ],
    [
      'anybody else in the namespace',
      CALLERS,
      { peer: IN_SHOP },
      'denied by AuthorizationPolicy callers',
    ],
    [
      'plaintext',
      CALLERS,
      { peer: PLAINTEXT },
      'denied by AuthorizationPolicy callers',
    ],
    [
      'a policy of the namespace',
      server() + policy('ns', IN_NAMESPACE, MESH) + WEB_ACCOUNT,
      {},
      'allowed by AuthorizationPolicy ns',
    ],
    [
      'a namespace that is named: those in it',
      server() +
        policy('callers', ON_SERVER, MESH) +
        authentication('identityRefs: [{ kind: Namespace, name: shop }]'),
      { peer: IN_SHOP },
      'allowed by AuthorizationPolicy callers',
    ],
    [
      'a namespace that is named: those elsewhere',
      server() +
        policy('callers', ON_SERVER, MESH) +
        authentication('identityRefs: [{ kind: Namespace, name: shop }]'),
      { peer: ELSEWHERE },
      'denied by AuthorizationPolicy callers',
    ],
    [
      'another namespace that is named',
      server() +
        policy('callers', ON_SERVER, MESH) +
        authentication('identityRefs: [{ kind: Namespace, name: pay }]'),
      { peer: ELSEWHERE },
      'depends by AuthorizationPolicy callers, if identity *.pay.serviceaccount.identity.linkerd.mesh.example',
    ],
    [
      'networks, of a client whose address is not known',
      server() + policy('office', ON_SERVER, NETS) + OFFICE,
      { peer: PLAINTEXT },
      'depends by AuthorizationPolicy office, if source-ip 192.168.7.0/24 (without 192.168.7.9/32)',
    ],
    [
      'networks, of an address in them',
      server() + policy('office', ON_SERVER, NETS) + OFFICE,
      { peer: PLAINTEXT, sourceIp: '192.168.7.8' },
      'allowed by AuthorizationPolicy office',
    ],
    [
      'networks, of an address that is excepted',
      server() + policy('office', ON_SERVER, NETS) + OFFICE,
      { peer: PLAINTEXT, sourceIp: '192.168.7.9' },
      'denied by AuthorizationPolicy office',
    ],
    [
      'networks of IPv4, of an address that is none',
      server() +
        policy('office', ON_SERVER, NETS) +
        OFFICE.replace('192.168.7.0/24, except: [192.168.7.9]', '0.0.0.0/0'),
      { peer: PLAINTEXT, sourceIp: 'fd00::8' },
      'denied by AuthorizationPolicy office',
    ],
    [
      'a call of the pod to itself',
      CALLERS,
      { peer: PLAINTEXT, sourceIp: '127.0.0.1' },
      'allowed',
    ],
    [
      'a policy without references',
      server() + policy('open', ON_SERVER, ''),
      { peer: PLAINTEXT },
      'allowed by AuthorizationPolicy open',
    ],
    [
      'a reference that does not exist',
      server() + policy('callers', ON_SERVER, MESH),
      {},
      'denied by Server http',
    ],
    // requests
    [
      'a probe',
      server(),
      { peer: PLAINTEXT, method: 'GET', path: '/ready' },
      'allowed',
    ],
    [
      'a probe, once the Server has routes',
      `${CALLERS}${ADMIN}`,
      { peer: PLAINTEXT, method: 'GET', path: '/ready' },
      'denied by Server http',
    ],
    [
      'a call of gRPC, where the Server has no routes',
      server(', proxyProtocol: gRPC, accessPolicy: all-unauthenticated'),
      { method: 'POST', path: '/shop.Cart/Add' },
      'allowed by Server http',
    ],
    [
      'a request to it that is no call',
      server(', proxyProtocol: gRPC, accessPolicy: all-unauthenticated'),
      { method: 'GET', path: '/shop.Cart/Add' },
      'denied by Server http',
    ],
    [
      'a route of its own',
      server() + ALL_PATHS + policy('all', onRoute('all'), MESH) + WEB_ACCOUNT,
      {},
      'allowed by AuthorizationPolicy all',
    ],
    [
      'a route whose policy writes its name in another case',
      server() + ALL_PATHS + policy('all', onRoute('All'), MESH) + WEB_ACCOUNT,
      {},
      'allowed by AuthorizationPolicy all',
    ],
    [
      'some paths',
      server() + ADMIN + policy('admin', onRoute('admin'), MESH) + WEB_ACCOUNT,
      {},
      'depends by AuthorizationPolicy admin, if path /admin/*',
    ],
    [
      'all paths but some',
      server() +
        ADMIN +
        ALL_PATHS +
        policy('all', onRoute('all'), MESH) +
        WEB_ACCOUNT,
      {},
      'depends by AuthorizationPolicy all, not if path /admin/*',
    ],
    [
      'one of those paths',
      server() +
        ADMIN +
        ALL_PATHS +
        policy('all', onRoute('all'), MESH) +
        WEB_ACCOUNT,
      { method: 'GET', path: '/admin/users' },
      'denied by Server http',
    ],
  ])('%s', (_, objects, facts, expected) => {
    expect(summary(answer(objects, facts))).toBe(expected);
  });

  it('asks nobody on ports that bypass the proxy', () => {
    const pod = meshedPod('cart', {
      annotations: { 'config.linkerd.io/skip-inbound-ports': '8080' },
    });
    expect(summary(answer(CALLERS, { peer: PLAINTEXT }, pod))).toBe(
      'allowed by Pod cart',
    );
  });

  it('lists the rules: what lets in, then the policy for everybody else', () => {
    const snapshot = clusterOf(CONTROL_PLANE + meshedPod('cart') + CALLERS);
    const { rules } = portAuthorization(
      snapshot,
      podOf(snapshot, 'cart'),
      8080,
      'sidecar',
    );
    expect(
      rules.map(({ effect, term, from, requests }) => [
        effect,
        term,
        from,
        requests,
      ]),
    ).toEqual([
      [
        'allow',
        'AuthorizationPolicy',
        [[{ subject: 'identity', operator: 'in', values: [...except] }]],
        [[]],
      ],
      ['default', 'deny', [], []],
    ]);
  });

  it('says that policies could not be read', () => {
    const snapshot = clusterOf(CONTROL_PLANE + meshedPod('cart'), {
      forbidden: ['policy.linkerd.io/Server'],
    });
    expect(
      portAuthorization(
        snapshot,
        podOf(snapshot, 'cart'),
        8080,
        'sidecar',
      ).decide({ peer: WEB, mode: 'sidecar', inCluster: true }),
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });
});
