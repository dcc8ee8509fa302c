import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { parseObject } from '../kubernetes/parse';
import {
  clusterOf,
  CONTROL_PLANE,
  document,
  meshedPod,
} from '../linkerd/__testUtils__/cluster';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotOrigin } from '../snapshot/readState';
import { SnapshotChange } from '../snapshot/SnapshotChange';
import { Analyzer } from './Analyzer';
import { LINKERD_CHECKS } from './linkerdChecks';

/** The findings of one code, as `Kind name field: message`. */
function findings(
  code: string,
  yaml: string,
  origin: SnapshotOrigin = 'cluster',
): string[] {
  return Analyzer.create(LINKERD_CHECKS)
    .analyze(clusterOf(CONTROL_PLANE + yaml, { origin }))
    .findings.filter(finding => finding.code === code)
    .map(
      ({ object, field, message }) =>
        `${object.kind.split('/').at(-1)} ${object.name} ${field}: ${message}`,
    );
}

const cart = meshedPod('cart');
const server = (name: string, spec: string, created = '2026-01-01') => `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: ${name}, namespace: shop, creationTimestamp: ${created}T00:00:00Z }
spec: { podSelector: { matchLabels: { app: cart } }, ${spec} }
`;
const policy = (name: string, target: string, refs = '') => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: shop }
spec: { targetRef: { ${target} }, requiredAuthenticationRefs: [${refs}] }
`;
const HTTP = 'group: policy.linkerd.io, kind: Server, name: http';
const service = (name: string, annotations = '', port = '') => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop, annotations: { ${annotations} } }
spec: { clusterIP: 10.9.0.1, selector: { app: cart }, ports: [{ port: 80${port} }] }
`;
const route = (
  name: string,
  spec: string,
  options: { parent?: string; status?: string; annotations?: string } = {},
) => {
  const {
    parent = '{ group: "", kind: Service, name: cart, port: 80 }',
    status = 'True',
    annotations = '',
  } = options;
  return `
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: shop, annotations: { ${annotations} } }
spec: { parentRefs: [${parent}], rules: [${spec}] }
status:
  parents:
    - parentRef: ${parent}
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: '${status}', reason: NoMatchingParent }]
`;
};
const tcpRoute = route('t', '{}')
  .replace('/v1\n', '/v1alpha2\n')
  .replace('kind: HTTPRoute', 'kind: TCPRoute');
const deployment = (labels = '', annotations = '') => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    metadata:
      labels: { app: cart, ${labels} }
      annotations: { ${annotations} }
    spec: { containers: [{ name: app, ports: [{ name: http, containerPort: 8080 }] }] }
`;
const besideTemplate = (annotations: string, ofTemplate = '') =>
  deployment('', ofTemplate).replace(
    'name: cart, namespace: shop',
    `name: cart, namespace: shop, annotations: { ${annotations} }`,
  );
const namespace = (annotations: string) => `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { ${annotations} } }
`;
const owned = {
  owner: { kind: 'ReplicaSet', name: 'cart-5f' },
  labels: { 'pod-template-hash': '5f' },
};
const profile = (spec: string) => `
---
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec: { ${spec} }
`;

const OTHER_KINDS = `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: out, namespace: shop }
spec: { trafficPolicy: Deny, networks: [{ cidr: 0.0.0.0/0 }] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: all, namespace: linkerd-egress }
spec: { trafficPolicy: Allow }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata: { name: limit, namespace: shop }
spec: { targetRef: { ${HTTP} }, total: { requestsPerSecond: 0 } }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata: { name: limit-too, namespace: shop }
spec: { targetRef: { ${HTTP} }, total: { requestsPerSecond: 5 } }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: web, namespace: shop }
spec: { identities: ['*'] }
---
apiVersion: workload.linkerd.io/v1beta1
kind: ExternalWorkload
metadata: { name: vm, namespace: shop }
spec: { meshTLS: { identity: spiffe://mesh.example/vm, serverName: vm } }
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TLSRoute
metadata: { name: tls, namespace: web }
spec:
  parentRefs:
    - { group: policy.linkerd.io, kind: EgressNetwork, name: out, namespace: shop, port: 443 }
    - { group: "", kind: Service, name: cart, namespace: shop, port: 80 }
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
`;

describe('the checks of Linkerd', () => {
  it.each([
    [
      'MESH-L0101',
      cart + server('s', 'port: htpp'),
      'Server s spec.port: No container of the pods that Server s selects has a TCP port named htpp, so it selects no port. Named ports there: http',
      cart +
        server('s', 'port: http') +
        server('n', 'port: 9') +
        server('o', 'port: x').replace('app: cart', 'app: other'),
    ],
    [
      'MESH-L0102',
      cart + server('s', 'port: 80').replace('app: cart', 'app: crat'),
      'Server s spec.podSelector: Server s selects no pod of namespace shop',
      deployment() + server('s', 'port: 80'),
    ],
    [
      'MESH-L0103',
      cart +
        server('old', 'port: 8080') +
        server('new', 'port: http', '2026-02-01'),
      'Server new spec.port: Server new has no effect on port 8080: Server old is older and selects it too',
      cart + server('a', 'port: 8080') + server('b', 'port: 9090'),
    ],
    [
      'MESH-L0103',
      cart + server('a', 'port: 8080') + server('b', 'port: http'),
      'Server b spec.port: Server b has no effect on port 8080: Server a comes before it and selects it too',
      cart + server('a', 'port: 8080') + server('b', 'port: 9090'),
    ],
    [
      'MESH-L0104',
      cart +
        server('http', 'port: http') +
        policy(
          'p',
          HTTP,
          '{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: ghost }',
        ),
      'Server http spec: Server http denies by default, and no authorization lets anybody in to port 8080. AuthorizationPolicy p has no effect: MeshTLSAuthentication shop/ghost does not exist',
      cart +
        server('http', 'port: http') +
        policy('p', HTTP, '{ kind: ServiceAccount, name: web }') +
        server('open', 'port: 9090, accessPolicy: all-authenticated'),
    ],
    [
      'MESH-L0105',
      meshedPod('cart', {
        annotations: { 'config.linkerd.io/skip-inbound-ports': '8080' },
      }) + server('http', 'port: http'),
      'Server http spec.port: Server http decides nothing about port 8080: Traffic to port 8080 bypasses the proxy: no mutual TLS, no policy',
      cart + server('http', 'port: http'),
    ],
    [
      'MESH-L0106',
      meshedPod('cart', { readiness: { path: '/ready', port: 'http' } }) +
        server('http', 'port: http') +
        route('r', '{ matches: [{ path: { value: /api } }] }', {
          parent: '{ group: policy.linkerd.io, kind: Server, name: http }',
        }),
      'Server http spec: Server http has routes, and none of them matches the probe GET /ready of port 8080, which gets 404',
      meshedPod('cart', { readiness: { path: '/ready', port: 'http' } }) +
        server('http', 'port: http') +
        route(
          'r',
          '{ matches: [{ path: { value: /api } }, { path: { value: / }, method: GET }] }',
          { parent: '{ group: policy.linkerd.io, kind: Server, name: http }' },
        ),
    ],
    [
      'MESH-L0201',
      policy('p', HTTP),
      'AuthorizationPolicy p spec.targetRef: AuthorizationPolicy p authorizes nobody: there is no Server http in namespace shop',
      cart +
        server('http', 'port: http') +
        policy('p', HTTP) +
        policy('n', 'kind: Namespace, name: shop'),
    ],
    [
      'MESH-L0201',
      policy('p', 'kind: Namespace, name: web'),
      'AuthorizationPolicy p spec.targetRef: AuthorizationPolicy p targets namespace web, and can only target its own: it counts for the Servers of shop',
      server('http', 'port: http') +
        policy('p', 'group: core, kind: namespace, name: shop'),
    ],
    [
      'MESH-L0201',
      policy('p', 'group: policy.linkerd.io, kind: HTTPRoute, name: r'),
      'AuthorizationPolicy p spec.targetRef: AuthorizationPolicy p authorizes nobody: there is no HTTPRoute r of the group policy.linkerd.io in namespace shop',
      route('r', '') +
        policy(
          'p',
          'group: gateway.networking.k8s.io, kind: HTTPRoute, name: r',
        ),
    ],
    [
      'MESH-L0201',
      policy('p', 'group: apps, kind: Deployment, name: cart'),
      'AuthorizationPolicy p spec.targetRef: AuthorizationPolicy p authorizes nobody: a Deployment of the group apps is nothing that it can target',
      '',
    ],
    [
      'MESH-L0202',
      policy(
        'p',
        HTTP,
        '{ group: policy.linkerd.io, kind: NetworkAuthentication, name: office }',
      ),
      'AuthorizationPolicy p spec.requiredAuthenticationRefs[0]: AuthorizationPolicy p has no effect: NetworkAuthentication shop/office does not exist',
      policy('p', HTTP, '{ kind: ServiceAccount, name: web }'),
    ],
    [
      'MESH-L0203',
      policy('p', HTTP),
      'AuthorizationPolicy p spec.requiredAuthenticationRefs: AuthorizationPolicy p refers to no authentication, so it lets everybody in',
      policy('p', HTTP, '{ kind: ServiceAccount, name: web }'),
    ],
    [
      'MESH-L0301',
      cart + service('cart') + route('r', '', { status: 'False' }),
      'HTTPRoute r spec.parentRefs[0]: HTTPRoute shop/r is not used: the controller does not accept it (NoMatchingParent). Parent: Service shop/cart, port 80',
      cart + service('cart') + route('r', ''),
    ],
    [
      'MESH-L0302',
      cart +
        service('cart') +
        route('r', '{ filters: [{ type: RequestMirror }] }'),
      'HTTPRoute r spec.rules[0].filters[0]: HTTPRoute shop/r is not used: Linkerd has no filter RequestMirror',
      cart +
        service('cart') +
        route('r', '{ filters: [{ type: RequestHeaderModifier }] }'),
    ],
    [
      'MESH-L0302',
      cart +
        service('cart') +
        route('r', '', { annotations: 'retry.linkerd.io/http: 4xx' }),
      'HTTPRoute r metadata.annotations.retry.linkerd.io/http: HTTPRoute shop/r is not used: retry.linkerd.io/http is invalid ("4xx" is none of 5xx, gateway-error, a status code, a range of status codes)',
      '',
    ],
    [
      'MESH-L0303',
      cart +
        service('cart') +
        route(
          'r',
          '{ backendRefs: [{ name: cart, port: 80, weight: 3 }, { name: ghost, port: 80 }] }',
        ),
      'HTTPRoute r spec.rules[0].backendRefs[1]: There is no Service shop/ghost: 25 % of the requests of rule 0 of HTTPRoute shop/r get 500',
      cart +
        service('cart') +
        route('r', '{ backendRefs: [{ name: cart, port: 80 }] }'),
    ],
    [
      'MESH-L0304',
      cart +
        service('cart') +
        route('r', '{ matches: [{ path: { value: /v1 } }] }'),
      'Service cart spec.ports: Requests to port 80 of Service cart that do not match its only rule get 404',
      cart + service('cart') + route('r', '{}'),
    ],
    [
      'MESH-L0305',
      cart +
        service(
          'cart',
          "timeout.linkerd.io/request: 1s, retry.linkerd.io/limit: '2'",
        ) +
        route('r', '{}') +
        profile('routes: [{ name: a }]'),
      'ServiceProfile cart.shop.svc.cluster.local spec.routes: ServiceProfile cart.shop.svc.cluster.local wins: HTTPRoute shop/r, the retry annotations of the Service, the timeout annotations of the Service have no effect',
      cart +
        service('cart') +
        route('r', '{}') +
        profile('retryBudget: { retryRatio: 0.1 }'),
    ],
    [
      'MESH-L0305',
      cart +
        service('cart', '', ', appProtocol: linkerd.io/opaque') +
        tcpRoute +
        profile('dstOverrides: [{ authority: "cart-2.shop", weight: 1 }]'),
      'ServiceProfile cart.shop.svc.cluster.local spec.dstOverrides: ServiceProfile cart.shop.svc.cluster.local wins: TCPRoute shop/t has no effect',
      cart +
        service('cart', '', ', appProtocol: linkerd.io/opaque') +
        tcpRoute +
        profile('routes: [{ name: a }]'),
    ],
    [
      'MESH-L0401',
      service('cart', 'timeout.linkerd.io/request: "10"'),
      'Service cart metadata.annotations.timeout.linkerd.io/request: timeout.linkerd.io/request of Service cart is invalid (the unit is missing: 10s or 10ms?): no timeout of the Service has an effect',
      service('cart', 'timeout.linkerd.io/request: 10s'),
    ],
    [
      'MESH-L0401',
      service('cart', 'config.linkerd.io/opaque-ports: "3306,mysql"'),
      'Service cart metadata.annotations.config.linkerd.io/opaque-ports: config.linkerd.io/opaque-ports of Service cart is invalid ("mysql" is no port and no range of ports): no port of it is made opaque',
      service('cart', 'config.linkerd.io/opaque-ports: "3306"'),
    ],
    [
      'MESH-L0402',
      cart + service('cart', '', ', appProtocol: grpc'),
      'Service cart spec.ports[0].appProtocol: Port 80 of Service cart has the appProtocol grpc, which Linkerd does not know: it treats the port as opaque',
      cart +
        service('cart', '', ', appProtocol: HTTP') +
        service('db', '', ', appProtocol: mysql') +
        service('out', '', ', appProtocol: grpc').replace(
          'app: cart',
          'app: none',
        ),
    ],
    [
      'MESH-L0501',
      meshedPod('cart-5f-1', owned) +
        deployment() +
        namespace('config.linkerd.io/default-inbound-policy: deny'),
      'Namespace shop metadata.annotations.config.linkerd.io/default-inbound-policy: config.linkerd.io/default-inbound-policy of namespace shop is deny, but pods of Deployment cart were made before that: restart them',
      meshedPod('cart-5f-1', {
        ...owned,
        annotations: { 'config.linkerd.io/default-inbound-policy': 'audit' },
      }) +
        deployment('', 'config.linkerd.io/default-inbound-policy: audit') +
        namespace('config.linkerd.io/default-inbound-policy: deny'),
    ],
    [
      'MESH-L0502',
      deployment('linkerd.io/inject: enabled'),
      'Deployment cart spec.template.metadata.labels.linkerd.io/inject: linkerd.io/inject of the pods of cart is a label, which Linkerd does not read: make it an annotation of the pod template',
      deployment('', 'linkerd.io/inject: enabled'),
    ],
    [
      'MESH-L0502',
      document({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name: 'cart',
          namespace: 'shop',
          labels: { 'config.linkerd.io/opaque-ports': '80' },
        },
        spec: { ports: [{ port: 80 }] },
      }),
      'Service cart metadata.labels.config.linkerd.io/opaque-ports: config.linkerd.io/opaque-ports of Service cart is a label, which Linkerd does not read: make it an annotation',
      service('cart'),
    ],
    [
      'MESH-L0502',
      service('cart', 'mirror.linkerd.io/exported: "true"'),
      'Service cart metadata.annotations.mirror.linkerd.io/exported: mirror.linkerd.io/exported of Service cart is an annotation, by which no Link selects Services: make it a label',
      service('cart'),
    ],
    [
      'MESH-L0506',
      namespace('') + besideTemplate('linkerd.io/inject: enabled'),
      'Deployment cart metadata.annotations.linkerd.io/inject: linkerd.io/inject of Deployment shop/cart stands beside its pod template, where Linkerd does not read it: write it into spec.template.metadata.annotations',
      namespace('linkerd.io/inject: enabled') +
        besideTemplate('linkerd.io/inject: enabled') +
        besideTemplate('example.com/team: shop').replace(
          'name: cart',
          'name: other',
        ) +
        besideTemplate(
          'config.linkerd.io/opaque-ports: "80"',
          'config.linkerd.io/opaque-ports: "80"',
        ).replace('name: cart', 'name: third'),
    ],
    [
      'MESH-L0503',
      `${namespace('linkerd.io/inject: enabled') + deployment()}
---
apiVersion: v1
kind: Pod
metadata:
  name: cart-5f-1
  namespace: shop
  labels: { app: cart, pod-template-hash: 5f }
  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: cart-5f, controller: true }]
spec: { containers: [{ name: app }] }
`,
      'Deployment cart spec.template: 1 of 1 pods of Deployment cart run without a proxy: restart them. Namespace shop asks for a proxy in its pods: linkerd.io/inject is enabled',
      namespace('linkerd.io/inject: enabled') +
        deployment() +
        meshedPod('cart-5f-1', owned),
    ],
  ])(
    '%s finds what is wrong, and nothing else',
    (code, wrong, finding, right) => {
      expect(findings(code, wrong)).toEqual([finding]);
      expect(findings(code, right)).toEqual([]);
    },
  );

  it('predicts over files that a route has no parent', () => {
    const alone = route('r', '', {
      parent: '{ group: "", kind: Service, name: gone }',
    });
    const asked = namespace('linkerd.io/inject: enabled');
    expect(findings('MESH-L0301', alone + asked, 'files')).toEqual([
      'HTTPRoute r spec.parentRefs[0]: HTTPRoute shop/r is not used: there is no Service shop/gone (NoMatchingParent). Parent: Service shop/gone',
    ]);
  });

  it('leaves the routes of other meshes alone', () => {
    const foreign = route('r', '{ filters: [{ type: URLRewrite }] }', {
      status: 'False',
    }).replace('linkerd.io/policy-controller', 'istio.io/mesh-controller');
    const plain = `
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: app }, { name: istio-proxy }] }
`;
    const { findings: found } = Analyzer.create(LINKERD_CHECKS).analyze(
      clusterOf(CONTROL_PLANE + foreign + plain + service('cart')),
    );
    expect(found.filter(({ code }) => !code.startsWith('MESH-L06'))).toEqual(
      [],
    );
  });

  it('says which checks did not run, and why', () => {
    const { skipped } = Analyzer.create(LINKERD_CHECKS).analyze(
      clusterOf(server('s', 'port: 80'), { forbidden: ['Pod'] }),
    );
    expect(skipped).toContainEqual({
      code: 'MESH-L0101',
      cluster: 'test',
      message: 'Pod: Pod is forbidden',
    });
  });

  it('finds the same whether it starts anew or goes on', () => {
    const objects = parseAllDocuments(
      CONTROL_PLANE +
        cart +
        meshedPod('cart-5f-1', owned) +
        deployment('linkerd.io/inject: enabled') +
        namespace(
          'linkerd.io/inject: enabled, config.linkerd.io/opaque-ports: "80"',
        ) +
        server('http', 'port: http') +
        server('late', 'port: 8080', '2026-02-01') +
        server('named', 'port: grpc') +
        policy('p', HTTP) +
        policy(
          'q',
          HTTP,
          '{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: web }',
        ) +
        service(
          'cart',
          'timeout.linkerd.io/request: "10"',
          ', appProtocol: grpc',
        ) +
        route(
          'r',
          '{ matches: [{ path: { value: /v1 } }], backendRefs: [{ name: ghost, port: 80 }] }',
        ) +
        profile('routes: [{ name: a }]') +
        OTHER_KINDS,
    ).map(parsed => parseObject(parsed.toJS()));
    const change = fc
      .tuple(fc.constantFrom(...objects), fc.boolean())
      .map(([result, put]): SnapshotChange[] => {
        if (result.status !== 'parsed') {
          return [];
        }
        const { kindId, object } = result.parsed;
        return put
          ? [{ type: 'put', parsed: result.parsed }]
          : [
              {
                type: 'delete',
                kindId,
                namespace: object.metadata.namespace,
                name: object.metadata.name,
              },
            ];
      });
    fc.assert(
      fc.property(
        fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 6 }),
        steps => {
          const going = Analyzer.create(LINKERD_CHECKS);
          let snapshot = MeshSnapshot.empty('test');
          for (const step of steps) {
            snapshot = snapshot.apply(step.flat());
            expect(going.analyze(snapshot)).toEqual(
              Analyzer.create(LINKERD_CHECKS).analyze(snapshot),
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
