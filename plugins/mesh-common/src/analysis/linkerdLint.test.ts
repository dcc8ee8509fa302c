import { meshedPod } from '../linkerd/__testUtils__/cluster';
import {
  findingsOfCode as findings,
  object,
} from './__testUtils__/linkerdFindings';

const POLICY = 'policy.linkerd.io/v1alpha1';

const cart = meshedPod('cart');
const server = (spec: object = {}) =>
  object('policy.linkerd.io/v1beta3', 'Server', 'http', {
    podSelector: { matchLabels: { app: 'cart' } },
    port: 'http',
    ...spec,
  });
const SERVER_REF = { group: 'policy.linkerd.io', kind: 'Server', name: 'http' };
const SERVICE_REF = { group: '', kind: 'Service', name: 'cart' };

const route = (
  spec: object,
  options: { kind?: string; annotations?: object; namespace?: string } = {},
) => {
  const { kind = 'HTTPRoute', ...metadata } = options;
  return object(`gateway.networking.k8s.io/v1`, kind, 'r', spec, metadata);
};
const service = (
  annotations: object = {},
  ports: object[] = [{ port: 80, targetPort: 8080 }],
) =>
  object(
    'v1',
    'Service',
    'cart',
    { clusterIP: '10.9.0.1', selector: { app: 'cart' }, ports },
    { annotations },
  );
const limit = (name: string, created = '2026-01-01') =>
  object(
    POLICY,
    'HTTPLocalRateLimitPolicy',
    name,
    { targetRef: SERVER_REF, total: { requestsPerSecond: 5 } },
    { creationTimestamp: `${created}T00:00:00Z` },
  );
const vm = (identity: string) =>
  object('workload.linkerd.io/v1beta1', 'ExternalWorkload', 'vm', {
    meshTLS: { identity, serverName: 'vm' },
    workloadIPs: [{ ip: '192.0.2.1' }],
  });
const identities = (spec: object) =>
  object(POLICY, 'MeshTLSAuthentication', 'who', spec);
const network = (spec: object, metadata: object = {}) =>
  object(
    POLICY,
    'EgressNetwork',
    'out',
    { trafficPolicy: 'Allow', ...spec },
    metadata,
  );
const onNetwork = route({
  parentRefs: [
    {
      group: 'policy.linkerd.io',
      kind: 'EgressNetwork',
      name: 'out',
      port: 443,
    },
  ],
});
const RETRY = { 'retry.linkerd.io/http': '5xx' };
const TIMEOUT = { 'timeout.linkerd.io/request': '1s' };

it.each<[code: string, wrong: string, finding: string, right: string]>([
  [
    'MESH-L0102',
    server({
      podSelector: undefined,
      externalWorkloadSelector: { matchLabels: { app: 'ledger' } },
    }) + vm('x'),
    'Server http spec.externalWorkloadSelector: Server http selects no ExternalWorkload of namespace shop',
    server({ podSelector: undefined, externalWorkloadSelector: {} }) + vm('x'),
  ],
  [
    'MESH-L0107',
    server({ proxyProtocol: 'opaque' }) + route({ parentRefs: [SERVER_REF] }),
    'Server http spec.proxyProtocol: HTTPRoute shop/r has no effect on Server http, whose protocol is opaque',
    server({ proxyProtocol: 'HTTP/2' }) + route({ parentRefs: [SERVER_REF] }),
  ],
  [
    'MESH-L0107',
    server() + route({ parentRefs: [SERVER_REF] }, { kind: 'GRPCRoute' }),
    'Server http spec: GRPCRoute shop/r has no effect on Server http, whose protocol is unknown',
    server({ proxyProtocol: 'gRPC' }) +
      route({ parentRefs: [SERVER_REF] }, { kind: 'GRPCRoute' }),
  ],
  [
    'MESH-L0108',
    server() + limit('old') + limit('new', '2026-02-01'),
    'HTTPLocalRateLimitPolicy new spec.targetRef: HTTPLocalRateLimitPolicy shop/new has no effect: HTTPLocalRateLimitPolicy shop/old is for the same Server, and older (RateLimitReasonAlreadyExists)',
    server() + limit('old'),
  ],
  [
    'MESH-L0109',
    server({ proxyProtocol: 'gRPC' }) + limit('a'),
    'HTTPLocalRateLimitPolicy a spec.targetRef: HTTPLocalRateLimitPolicy shop/a has no effect: the protocol of Server http is gRPC',
    server() + limit('a'),
  ],
  [
    'MESH-L0204',
    identities({ identities: ['*'] }) + vm('spiffe://mesh.example/vm'),
    'MeshTLSAuthentication who spec.identities[0]: Identity * of MeshTLSAuthentication who does not let in ExternalWorkload shop/vm: its identity spiffe://mesh.example/vm must be written in full',
    identities({ identities: ['*', 'spiffe://mesh.example/vm'] }) +
      vm('spiffe://mesh.example/vm'),
  ],
  [
    'MESH-L0204',
    identities({ identityRefs: [{ kind: 'Namespace', name: 'shop' }] }) +
      vm('spiffe://mesh.example/vm'),
    'MeshTLSAuthentication who spec.identityRefs[0]: Namespace shop in MeshTLSAuthentication who does not let in ExternalWorkload shop/vm: its identity spiffe://mesh.example/vm must be written in full',
    identities({ identityRefs: [{ kind: 'Namespace', name: 'web' }] }) +
      vm('spiffe://mesh.example/vm'),
  ],
  [
    'MESH-L0205',
    object('policy.linkerd.io/v1beta1', 'ServerAuthorization', 'a', {
      server: { name: 'http' },
      client: { networks: [{ cidr: '10.0.0.0/8' }] },
    }),
    'ServerAuthorization a spec.client: ServerAuthorization a has no effect: its client is neither unauthenticated nor has it identities',
    object('policy.linkerd.io/v1beta1', 'ServerAuthorization', 'a', {
      server: { name: 'http' },
      client: { unauthenticated: true },
    }),
  ],
  [
    'MESH-L0301',
    cart +
      service() +
      route({ parentRefs: [SERVICE_REF] }) +
      object('gateway.networking.k8s.io/v1alpha2', 'TLSRoute', 't', {
        parentRefs: [SERVICE_REF],
        rules: [{}],
      }),
    'TLSRoute t spec.parentRefs[0]: TLSRoute shop/t is not used: HTTPRoute shop/r has the same parent, and HTTPRoutes win over TLSRoutes (RouteReasonConflicted). Parent: Service shop/cart',
    cart +
      service() +
      object('gateway.networking.k8s.io/v1alpha2', 'TLSRoute', 't', {
        parentRefs: [SERVICE_REF],
        rules: [{}],
      }),
  ],
  [
    'MESH-L0309',
    cart +
      service() +
      route(
        {
          parentRefs: [{ ...SERVICE_REF, namespace: 'shop' }],
          rules: [{ backendRefs: [{ name: 'cart', port: 80 }] }],
        },
        { namespace: 'web' },
      ),
    'HTTPRoute r spec.rules[0].backendRefs[0]: Backend cart is taken for the one of namespace shop, where its parent is, and not of web: write the namespace that is meant',
    cart +
      service() +
      route({
        parentRefs: [SERVICE_REF],
        rules: [{ backendRefs: [{ name: 'cart', port: 80 }] }],
      }),
  ],
  [
    'MESH-L0310',
    cart +
      service({ ...TIMEOUT, 'timeout.linkerd.io/idle': '9s' }) +
      route({
        parentRefs: [SERVICE_REF],
        rules: [{ timeouts: { request: '2s' } }],
      }),
    'HTTPRoute r spec.rules[0].timeouts.request: HTTPRoute shop/r sets a timeout of its own, so timeout.linkerd.io/idle of Service cart does not count for it',
    cart +
      service(TIMEOUT) +
      route({ parentRefs: [SERVICE_REF] }, { annotations: RETRY }),
  ],
  [
    'MESH-L0310',
    cart +
      service({ ...RETRY, 'retry.linkerd.io/limit': '3' }) +
      route({ parentRefs: [SERVICE_REF] }, { annotations: RETRY }),
    'HTTPRoute r metadata.annotations.retry.linkerd.io/http: HTTPRoute shop/r sets a retry setting of its own, so retry.linkerd.io/limit of Service cart does not count for it',
    cart +
      service(RETRY) +
      route({ parentRefs: [SERVICE_REF] }, { annotations: RETRY }),
  ],
  [
    'MESH-L0311',
    service(RETRY),
    'Service cart metadata.annotations.retry.linkerd.io/http: Service shop/cart asks for retries (retry.linkerd.io/http) and sets no timeout',
    service({ ...RETRY, 'retry.linkerd.io/timeout': '300ms' }),
  ],
  [
    'MESH-L0311',
    cart +
      service() +
      route({ parentRefs: [SERVICE_REF] }, { annotations: RETRY }),
    'HTTPRoute r metadata.annotations.retry.linkerd.io/http: HTTPRoute shop/r asks for retries (retry.linkerd.io/http), and neither it nor its Service sets a timeout',
    cart +
      service(TIMEOUT) +
      route({ parentRefs: [SERVICE_REF] }, { annotations: RETRY }),
  ],
  [
    'MESH-L0403',
    cart +
      service({
        'config.linkerd.io/opaque-ports': '80',
        'balancer.linkerd.io/failure-accrual': 'consecutive',
      }),
    'Service cart metadata.annotations.balancer.linkerd.io/failure-accrual: balancer.linkerd.io/failure-accrual of Service cart has no effect: port 80 is opaque',
    cart +
      service(
        {
          'config.linkerd.io/opaque-ports': '80',
          'balancer.linkerd.io/failure-accrual': 'consecutive',
        },
        [
          { name: 'a', port: 80 },
          { name: 'b', port: 81 },
        ],
      ),
  ],
  [
    'MESH-L0403',
    cart +
      service({ 'config.linkerd.io/opaque-ports': '80' }, [
        { name: 'a', port: 80 },
        { name: 'b', port: 81 },
      ]) +
      route({ parentRefs: [{ ...SERVICE_REF, port: 80 }] }),
    'Service cart spec.ports: HTTPRoute shop/r has no effect on Service cart: port 80 is opaque',
    cart +
      service({ 'config.linkerd.io/opaque-ports': '80' }, [
        { name: 'a', port: 80 },
        { name: 'b', port: 81 },
      ]) +
      route({ parentRefs: [SERVICE_REF] }),
  ],
  [
    'MESH-L0404',
    cart + service({ 'config.linkerd.io/opaque-ports': '80' }),
    'Service cart spec.ports[0]: Port 80 of Service cart is opaque to clients, and port 8080 of its pods is not to their proxies: add 8080 to config.linkerd.io/opaque-ports of the pods',
    meshedPod('cart', {
      annotations: { 'config.linkerd.io/opaque-ports': '8000-9000' },
    }) + service({ 'config.linkerd.io/opaque-ports': '80' }),
  ],
  [
    'MESH-L0404',
    meshedPod('cart') +
      server({ port: 8080, proxyProtocol: 'HTTP/1' }) +
      service({ 'config.linkerd.io/opaque-ports': '80' }),
    'Service cart spec.ports[0]: Port 80 of Service cart is opaque to clients, and port 8080 of its pods is not to their proxies: add 8080 to config.linkerd.io/opaque-ports of the pods',
    meshedPod('cart') +
      server({ port: 8080, proxyProtocol: 'opaque' }) +
      service({ 'config.linkerd.io/opaque-ports': '80' }),
  ],
  [
    'MESH-L0404',
    meshedPod('cart', {
      annotations: { 'config.linkerd.io/opaque-ports': '8080' },
    }) + service(),
    'Service cart spec.ports[0]: Port 8080 of the pods is opaque to their proxies, and port 80 of Service cart is not to clients: add 80 to config.linkerd.io/opaque-ports of the Service',
    meshedPod('cart', {
      annotations: { 'config.linkerd.io/opaque-ports': '9090' },
    }) + service(),
  ],
  [
    'MESH-L0701',
    network({ networks: [{ cidr: '0.0.0.0/0' }] }),
    'EgressNetwork out spec.networks: EgressNetwork shop/out has no effect: 0.0.0.0/0 overlaps 10.0.0.0/8, a network of the cluster (EgressReasonNetworkOverlap)',
    network({ networks: [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }] }),
  ],
  [
    'MESH-L0702',
    network({}) + network({}, { name: 'all', namespace: 'linkerd-egress' }),
    'EgressNetwork out metadata.namespace: EgressNetwork shop/out hides the EgressNetworks of namespace linkerd-egress from the clients of shop, such as all',
    network({}),
  ],
  [
    'MESH-L0703',
    network({ trafficPolicy: 'Deny' }),
    'EgressNetwork out spec.trafficPolicy: EgressNetwork shop/out denies what no route takes, and no route has it as parent',
    network({ trafficPolicy: 'Deny' }) + onNetwork,
  ],
])(
  '%s finds what is wrong, and nothing else',
  (code, wrong, finding, right) => {
    expect(findings(code, wrong)).toEqual([finding]);
    expect(findings(code, right)).toEqual([]);
  },
);
