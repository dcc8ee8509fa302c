import {
  clusterOf,
  CONTROL_PLANE,
  meshedPod,
  podOf,
} from './__testUtils__/cluster';
import { portAcceptance } from './accepts';

const server = (name: string, spec: string, created = '2026-01-01') => `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata:
  name: ${name}
  namespace: shop
  labels: { tier: api }
  creationTimestamp: ${created}T00:00:00Z
spec: { podSelector: { matchLabels: { app: cart } }, ${spec} }
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
const MESH =
  '{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: web }';
const NETS =
  '{ group: policy.linkerd.io, kind: NetworkAuthentication, name: office }';

const AUTHENTICATIONS = `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: web, namespace: shop }
spec: { identityRefs: [{ kind: ServiceAccount, name: web }] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: { name: office, namespace: shop }
spec: { networks: [{ cidr: 192.168.7.0/24, except: [192.168.7.9] }] }
`;

const route = (name: string, rules: string) => `
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: ${name}, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: http }]
  rules: [${rules}]
status:
  parents:
    - parentRef: { group: policy.linkerd.io, kind: Server, name: http }
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: 'True' }]
`;

const HTTP = server('http', 'port: http');
const probe = meshedPod('cart', {
  readiness: { path: '/ready', port: 'http' },
});
const cart = (annotations: Record<string, string> = {}) =>
  meshedPod('cart', { annotations });

describe('portAcceptance', () => {
  it.each([
    // without Server: the default policy
    [
      'the default of the control plane',
      cart(),
      'mtls-or-plaintext',
      'all-unauthenticated',
      'ConfigMap linkerd-config',
    ],
    [
      'the pod’s own default',
      cart({ 'config.linkerd.io/default-inbound-policy': 'all-authenticated' }),
      'mtls-only',
      'all-authenticated',
      'Pod cart',
    ],
    [
      'a default that is none',
      cart({ 'config.linkerd.io/default-inbound-policy': 'all-mtls' }),
      'mtls-or-plaintext',
      'all-unauthenticated',
      'ConfigMap linkerd-config',
    ],
    [
      'deny by default',
      cart({ 'config.linkerd.io/default-inbound-policy': 'deny' }),
      'nothing',
      'deny',
      'Pod cart',
    ],
    [
      'audit by default',
      cart({ 'config.linkerd.io/default-inbound-policy': 'audit' }),
      'mtls-or-plaintext',
      'audit',
      'Pod cart',
    ],
    [
      'ports that require an identity',
      cart({
        'config.linkerd.io/proxy-require-identity-inbound-ports': '8000-8100',
      }),
      'mtls-only',
      'all-authenticated',
      'Pod cart',
    ],
    // past the proxy
    [
      'a port that bypasses the proxy',
      cart({ 'config.linkerd.io/skip-inbound-ports': '8080' }) + HTTP,
      'plaintext-only',
      'skip-inbound-ports',
      'Pod cart',
    ],
    [
      'a list of ports with an entry that is none',
      cart({ 'config.linkerd.io/skip-inbound-ports': '8080,http' }) +
        HTTP +
        policy('web', ON_SERVER, MESH),
      'mtls-only',
      undefined,
      'AuthorizationPolicy web',
    ],
    [
      'a proxy without identity',
      meshedPod('cart', { identity: null }),
      'plaintext-only',
      undefined,
      'Pod cart',
    ],
    // with a Server
    [
      'a Server that nobody is let in by',
      cart() + HTTP,
      'nothing',
      'deny',
      'Server http',
    ],
    [
      'a Server with an access policy',
      cart() +
        server('http', 'port: http, accessPolicy: cluster-authenticated'),
      'mtls-only',
      'cluster-authenticated',
      'Server http',
    ],
    [
      'a Server that lets in the cluster',
      cart() +
        server('http', 'port: 8080, accessPolicy: cluster-unauthenticated'),
      'mtls-or-plaintext',
      'cluster-unauthenticated',
      'Server http',
    ],
    [
      'identities',
      cart() + HTTP + policy('web', ON_SERVER, MESH),
      'mtls-only',
      undefined,
      'AuthorizationPolicy web',
    ],
    [
      'identities from some networks',
      cart() + HTTP + policy('web', ON_SERVER, `${MESH}, ${NETS}`),
      'mtls-only',
      undefined,
      'AuthorizationPolicy web',
    ],
    [
      'some networks without identity',
      cart() + HTTP + policy('office', ON_SERVER, NETS),
      'mtls-or-plaintext',
      undefined,
      'AuthorizationPolicy office',
    ],
    [
      'everybody',
      cart() + HTTP + policy('all', ON_SERVER, ''),
      'mtls-or-plaintext',
      undefined,
      'AuthorizationPolicy all',
    ],
    [
      'a policy for the namespace',
      cart() + HTTP + policy('ns', 'kind: Namespace, name: shop', MESH),
      'mtls-only',
      undefined,
      'AuthorizationPolicy ns',
    ],
    [
      'a policy for the namespace, without a Server',
      cart({ 'config.linkerd.io/default-inbound-policy': 'deny' }) +
        policy('ns', 'kind: Namespace, name: shop', MESH),
      'nothing',
      'deny',
      'Pod cart',
    ],
    [
      'a policy for another namespace, which counts for its own',
      cart() + HTTP + policy('ns', 'kind: Namespace, name: web', MESH),
      'mtls-only',
      undefined,
      'AuthorizationPolicy ns',
    ],
    [
      'an authentication that does not exist',
      cart() + HTTP + policy('web', ON_SERVER, MESH.replace('web', 'ghost')),
      'nothing',
      'deny',
      'Server http',
    ],
    [
      'two identities at once',
      cart() +
        HTTP +
        policy(
          'web',
          ON_SERVER,
          `${MESH}, { kind: ServiceAccount, name: web }`,
        ),
      'nothing',
      'deny',
      'Server http',
    ],
    [
      'a ServerAuthorization by labels',
      `${cart() + HTTP}
---
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: api, namespace: shop }
spec:
  server: { selector: { matchLabels: { tier: api } } }
  client: { meshTLS: { serviceAccounts: [{ name: web }] } }
`,
      'mtls-only',
      undefined,
      'ServerAuthorization api',
    ],
    [
      'a ServerAuthorization that asks for TLS only',
      `${cart() + HTTP}
---
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: api, namespace: shop }
spec:
  server: { name: http }
  client: { meshTLS: { unauthenticatedTLS: true } }
`,
      'mtls-or-plaintext',
      undefined,
      'ServerAuthorization api',
    ],
    [
      'a ServerAuthorization that says nobody',
      `${cart() + HTTP}
---
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: api, namespace: shop }
spec: { server: { name: http }, client: { meshTLS: {} } }
`,
      'nothing',
      'deny',
      'Server http',
    ],
    [
      'the older of two Servers',
      cart() +
        server(
          'younger',
          'port: 8080, accessPolicy: all-unauthenticated',
          '2026-02-01',
        ) +
        server(
          'http',
          'port: http, accessPolicy: all-authenticated',
          '2026-01-01',
        ),
      'mtls-only',
      'all-authenticated',
      'Server http',
    ],
    [
      'a Server for a name that no container has',
      cart() + server('http', 'port: grpc'),
      'mtls-or-plaintext',
      'all-unauthenticated',
      'ConfigMap linkerd-config',
    ],
    // routes
    [
      'a route that lets in everybody',
      cart() +
        HTTP +
        route(
          'open',
          '{ matches: [{ path: { type: PathPrefix, value: /public } }] }',
        ) +
        policy(
          'open',
          'group: policy.linkerd.io, kind: HTTPRoute, name: open',
          '',
        ),
      'mtls-or-plaintext',
      undefined,
      'AuthorizationPolicy open',
    ],
    [
      'a route that lets in everybody, but is not accepted',
      cart() +
        HTTP +
        route('open', '{}').replace("'True'", "'False'") +
        policy(
          'open',
          'group: policy.linkerd.io, kind: HTTPRoute, name: open',
          '',
        ),
      'nothing',
      'deny',
      'Server http',
    ],
    [
      'a route for probes only',
      probe +
        HTTP +
        route(
          'probes',
          '{ matches: [{ path: { type: Exact, value: /ready }, method: GET }] }',
        ) +
        policy(
          'probes',
          'group: policy.linkerd.io, kind: HTTPRoute, name: probes',
          '',
        ) +
        policy('web', ON_SERVER, MESH),
      'mtls-only',
      undefined,
      'AuthorizationPolicy web',
    ],
  ])('%s', (_, objects, value, term, decider) => {
    const snapshot = clusterOf(CONTROL_PLANE + AUTHENTICATIONS + objects);
    const { accepts } = portAcceptance(
      snapshot,
      podOf(snapshot, 'cart'),
      8080,
      'sidecar',
    );
    const [{ object }] = accepts.reasons;
    expect([accepts.value, accepts.term]).toEqual([value, term]);
    expect(`${object?.kind.split('/').at(-1)} ${object?.name}`).toBe(decider);
  });

  it('says that probes are let in, without calling that plaintext', () => {
    const snapshot = clusterOf(
      CONTROL_PLANE +
        AUTHENTICATIONS +
        probe +
        HTTP +
        policy('web', ON_SERVER, MESH),
    );
    const { accepts } = portAcceptance(
      snapshot,
      podOf(snapshot, 'cart'),
      8080,
      'sidecar',
    );
    expect(accepts.value).toBe('mtls-only');
    expect(accepts.reasons.map(({ text }) => text)).toContain(
      'The kubelet’s probes (GET /ready) are let in without an identity'.replace(
        '’',
        "'",
      ),
    );
  });

  it('names policies and Servers that have no effect', () => {
    const snapshot = clusterOf(
      CONTROL_PLANE +
        cart() +
        HTTP +
        server('late', 'port: 8080', '2026-03-01') +
        policy('broken', ON_SERVER, NETS.replace('office', 'ghost')),
    );
    const texts = portAcceptance(
      snapshot,
      podOf(snapshot, 'cart'),
      8080,
      'sidecar',
    ).accepts.reasons.map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        expect.stringContaining('AuthorizationPolicy broken has no effect'),
        expect.stringContaining('Server shop/late selects the port too'),
      ]),
    );
  });

  it('says that a stricter default of the namespace waits for a restart', () => {
    const snapshot = clusterOf(`${CONTROL_PLANE + cart()}
---
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  annotations: { config.linkerd.io/default-inbound-policy: deny }
`);
    const { accepts } = portAcceptance(
      snapshot,
      podOf(snapshot, 'cart'),
      8080,
      'sidecar',
    );
    expect(accepts.term).toBe('all-unauthenticated');
    expect(accepts.reasons.at(-1)?.text).toContain(
      'Namespace shop says deny now',
    );
  });

  it.each([
    ['policy.linkerd.io/AuthorizationPolicy' as const, CONTROL_PLANE + cart()],
    ['ConfigMap' as const, cart()],
  ])('is unknown where %s could not be read', (kind, yaml) => {
    const snapshot = clusterOf(yaml, { forbidden: [kind] });
    expect(
      portAcceptance(snapshot, podOf(snapshot, 'cart'), 8080, 'sidecar')
        .accepts,
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });

  it('is unknown where an authentication in another namespace cannot be read', () => {
    const snapshot = clusterOf(`${
      CONTROL_PLANE +
      cart() +
      HTTP +
      policy(
        'web',
        ON_SERVER,
        MESH.replace('name: web', 'name: web, namespace: team'),
      )
    }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: web, namespace: team }
spec: { identities: all }
`);
    expect(
      portAcceptance(snapshot, podOf(snapshot, 'cart'), 8080, 'sidecar')
        .accepts,
    ).toMatchObject({ value: 'unknown', cause: 'malformed' });
  });

  it.each([
    ['detected', cart()],
    ['opaque', cart({ 'config.linkerd.io/opaque-ports': '8080' })],
    ['grpc', cart() + server('http', 'port: http, proxyProtocol: gRPC')],
    ['http2', cart() + server('http', 'port: http, proxyProtocol: HTTP/2')],
    ['opaque', cart() + server('http', 'port: http, proxyProtocol: opaque')],
  ])('treats the port as %s', (protocol, yaml) => {
    const snapshot = clusterOf(CONTROL_PLANE + yaml);
    expect(
      portAcceptance(snapshot, podOf(snapshot, 'cart'), 8080, 'sidecar')
        .protocol,
    ).toBe(protocol);
  });
});
