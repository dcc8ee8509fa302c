import { document, meshedPod } from '../linkerd/__testUtils__/cluster';
import { findingsOfCode as findings } from './__testUtils__/linkerdFindings';

const NAMESPACE = `
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
`;

const deployment = (options: {
  probe?: string;
  annotations?: Record<string, string>;
}) =>
  NAMESPACE +
  document({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'cart', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'cart' } },
      template: {
        metadata: {
          labels: { app: 'cart' },
          annotations: options.annotations ?? {},
        },
        spec: {
          containers: [
            {
              name: 'app',
              ports: [{ name: 'http', containerPort: 8080 }],
              ...(options.probe && {
                readinessProbe: JSON.parse(options.probe),
              }),
            },
          ],
        },
      },
    },
  });

const DENY = { 'config.linkerd.io/default-inbound-policy': 'deny' };
const GRPC = '{ "grpc": { "port": 8080 } }';
const TCP = '{ "tcpSocket": { "port": 8080 } }';
const http = (path: string) =>
  `{ "httpGet": { "path": "${path}", "port": "http" } }`;

const server = (accessPolicy: string) => `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: http, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: http, accessPolicy: ${accessPolicy} }
`;

const policy = (
  target: string,
  references = '{ kind: ServiceAccount, name: web }',
) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop }
spec: { targetRef: ${target}, requiredAuthenticationRefs: [${references}] }
`;

const SERVER = '{ group: policy.linkerd.io, kind: Server, name: http }';
const WHOLE = '{ group: core, kind: Namespace, name: shop }';
const ROUTE = '{ group: policy.linkerd.io, kind: HTTPRoute, name: r }';

const route = `
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: r, namespace: shop }
spec:
  parentRefs: [${SERVER}]
  rules: [{ matches: [{ path: { value: / } }] }]
status:
  parents:
    - parentRef: ${SERVER}
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: 'True' }]
`;

const identity = (text: string) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: web, namespace: shop }
spec: { identities: ["${text}"] }
`;

const service = (annotations: Record<string, string> = {}, spec: object = {}) =>
  document({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'cart', namespace: 'shop', annotations },
    spec: {
      clusterIP: '10.9.0.1',
      selector: { app: 'cart' },
      ports: [{ port: 80, targetPort: 8080 }],
      ...spec,
    },
  });

const onService = (rule: string, annotations: Record<string, string> = {}) => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: c, namespace: shop, annotations: ${JSON.stringify(
  annotations,
)} }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart }]
  rules: [${rule}]
`;

const LINK = `
---
apiVersion: multicluster.linkerd.io/v1alpha3
kind: Link
metadata: { name: east, namespace: shop }
spec: { targetClusterName: east }
`;

const profile = (name: string) => `
---
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: ${name}, namespace: shop }
spec: { routes: [] }
`;

const FOREIGN = 'web.shop.serviceaccount.identity.linkerd.cluster.local';

it.each<[code: string, what: string, wrong: string, finding: string]>([
  [
    'MESH-L0110',
    'a probe by gRPC under deny',
    deployment({ annotations: DENY, probe: GRPC }),
    'Deployment cart spec.template.spec.containers[0].readinessProbe: readinessProbe of container app (gRPC) is refused on port 8080, which lets in nobody without an identity',
  ],
  [
    'MESH-L0110',
    'a probe by HTTP whose path the controller does not understand',
    deployment({ annotations: DENY, probe: http('ready') }),
    'Deployment cart spec.template.spec.containers[0].readinessProbe: readinessProbe of container app (GET ready) is refused on port 8080, which lets in nobody without an identity',
  ],
  [
    'MESH-L0111',
    'a probe by TCP',
    deployment({ probe: TCP }),
    'Deployment cart spec.template.spec.containers[0].readinessProbe: readinessProbe of container app connects to port 8080, which the proxy of the pod takes, whether the application listens or not',
  ],
  [
    'MESH-L0201',
    'a policy for a namespace without Servers',
    meshedPod('cart') + policy(WHOLE),
    'AuthorizationPolicy web spec.targetRef: AuthorizationPolicy web authorizes nobody: policies of a namespace are for its Servers, and shop has none; ports without one have the default policy of their pods',
  ],
  [
    'MESH-L0207',
    'a policy for the Server',
    meshedPod('cart') + server('all-authenticated') + policy(SERVER),
    'Server http spec.accessPolicy: Server http lets in every client with an identity (accessPolicy all-authenticated): AuthorizationPolicy web keeps nobody out',
  ],
  [
    'MESH-L0207',
    'a policy for one of its routes',
    meshedPod('cart') + server('all-unauthenticated') + route + policy(ROUTE),
    'Server http spec.accessPolicy: Server http lets in every client (accessPolicy all-unauthenticated): AuthorizationPolicy web keeps nobody out',
  ],
  [
    'MESH-L0208',
    'the trust domain of another mesh',
    identity(FOREIGN),
    `MeshTLSAuthentication web spec.identities[0]: MeshTLSAuthentication web names ${FOREIGN}, which no client here has: identities end with serviceaccount.identity.linkerd.mesh.example`,
  ],
  [
    'MESH-L0209',
    'a ServiceAccount that is not there',
    meshedPod('cart') + server('deny') + policy(SERVER),
    'AuthorizationPolicy web spec.requiredAuthenticationRefs[0]: AuthorizationPolicy web is about clients of ServiceAccount shop/web, which does not exist',
  ],
  [
    'MESH-L0314',
    'a rule that an older route has',
    meshedPod('cart') +
      service() +
      onService('{ backendRefs: [{ name: cart, port: 80 }] }') +
      onService('{ backendRefs: [{ name: v2, port: 80 }] }').replace(
        'name: c,',
        'name: d,',
      ),
    'HTTPRoute d spec.rules[0]: HTTPRoute shop/d rules[0] is never taken on port 80 of Service cart: HTTPRoute shop/c rules[0] matches the same, and comes first',
  ],
  [
    'MESH-L0315',
    'a try as long as the request',
    service({
      'timeout.linkerd.io/request': '1s',
      'retry.linkerd.io/timeout': '1000ms',
    }),
    'Service cart metadata.annotations.retry.linkerd.io/timeout: Service shop/cart gives a try 1000ms (retry.linkerd.io/timeout) and the whole request 1s (timeout.linkerd.io/request): a slow try is never made again',
  ],
  [
    'MESH-L0405',
    'retries of gRPC on a route of HTTP',
    meshedPod('cart') +
      service() +
      onService('{}', { 'retry.linkerd.io/grpc': 'unavailable' }),
    'HTTPRoute c metadata.annotations.retry.linkerd.io/grpc: HTTPRoute shop/c has the annotation retry.linkerd.io/grpc, which is read of Services, EgressNetworks and GRPCRoutes on them',
  ],
  [
    'MESH-L0502',
    'injection as a label of a namespace',
    NAMESPACE.replace('annotations', 'labels'),
    'Namespace shop metadata.labels.linkerd.io/inject: linkerd.io/inject of Namespace shop is a label, which Linkerd does not read: make it an annotation',
  ],
  [
    'MESH-L0502',
    'webhooks turned off by an annotation',
    NAMESPACE.replace(
      'linkerd.io/inject: enabled',
      'config.linkerd.io/admission-webhooks: disabled',
    ),
    'Namespace shop metadata.annotations.config.linkerd.io/admission-webhooks: config.linkerd.io/admission-webhooks of Namespace shop is an annotation, by which no webhook leaves it out: make it a label',
  ],
  [
    'MESH-L0502',
    'a member of a federated Service by an annotation',
    service({ 'mirror.linkerd.io/federated': 'member' }),
    'Service cart metadata.annotations.mirror.linkerd.io/federated: mirror.linkerd.io/federated of Service cart is an annotation, by which no Link selects Services: make it a label',
  ],
  [
    'MESH-L0507',
    'no quantity',
    deployment({
      annotations: { 'config.linkerd.io/proxy-memory-limit': '64MB' },
    }),
    'Deployment cart spec.template.metadata.annotations.config.linkerd.io/proxy-memory-limit: config.linkerd.io/proxy-memory-limit of the pod template of Deployment shop/cart is 64MB: it is no quantity such as 100m or 64Mi, and what the control plane says counts instead',
  ],
  [
    'MESH-L0307',
    'a ServiceProfile of a host outside',
    profile('api.far.example'),
    'ServiceProfile api.far.example metadata.name: ServiceProfile shop/api.far.example is asked for by no proxy: api.far.example is no name of a Service, which end with .svc.cluster.local',
  ],
  [
    'MESH-L0307',
    'a ServiceProfile of a short host outside',
    profile('far.example'),
    'ServiceProfile far.example metadata.name: ServiceProfile shop/far.example is asked for by no proxy: far.example is no name of a Service, which end with .svc.cluster.local',
  ],
  [
    'MESH-L0307',
    'a ServiceProfile without the domain of the cluster',
    profile('cart.shop.svc'),
    'ServiceProfile cart.shop.svc metadata.name: ServiceProfile shop/cart.shop.svc is asked for by no proxy: write metadata.name: cart.shop.svc.cluster.local',
  ],
  [
    'MESH-L0313',
    'a limit of retries alone',
    service({ 'retry.linkerd.io/limit': '3' }),
    'Service cart metadata.annotations.retry.linkerd.io/limit: Service shop/cart sets retry.linkerd.io/limit, and nothing says after what a request is tried again: add retry.linkerd.io/http: 5xx, or what is meant',
  ],
  [
    'MESH-L0303',
    'a port of the pods as the backend’s',
    meshedPod('cart') +
      service() +
      onService('{ backendRefs: [{ name: cart, port: 8080 }] }'),
    'HTTPRoute c spec.rules[0].backendRefs[0]: Service shop/cart has no port 8080, but 80: proxies connect to port 8080 of its pods',
  ],
  [
    'MESH-L0405',
    'a default policy on a Service',
    service(DENY),
    'Service cart metadata.annotations.config.linkerd.io/default-inbound-policy: Service shop/cart has the annotation config.linkerd.io/default-inbound-policy, which is read of namespaces and pod templates',
  ],
  [
    'MESH-L0405',
    'a timeout on a pod template',
    deployment({ annotations: { 'timeout.linkerd.io/request': '1s' } }),
    'Deployment cart spec.template.metadata.annotations.timeout.linkerd.io/request: The pod template of Deployment shop/cart has the annotation timeout.linkerd.io/request, which is read of Services, EgressNetworks and routes on them',
  ],
  [
    'MESH-L0405',
    'circuit breaking on a route',
    meshedPod('cart') +
      service() +
      onService('{}', { 'balancer.linkerd.io/failure-accrual': 'consecutive' }),
    'HTTPRoute c metadata.annotations.balancer.linkerd.io/failure-accrual: HTTPRoute shop/c has the annotation balancer.linkerd.io/failure-accrual, which is read of Services and EgressNetworks',
  ],
  [
    'MESH-L0405',
    'retries on a route of a Server',
    meshedPod('cart') +
      server('deny') +
      route.replace(
        'name: r, namespace: shop',
        'name: r, namespace: shop, annotations: { retry.linkerd.io/http: 5xx }',
      ),
    'HTTPRoute r metadata.annotations.retry.linkerd.io/http: HTTPRoute shop/r has the annotation retry.linkerd.io/http, which is read of Services, EgressNetworks and routes on them',
  ],
  [
    'MESH-L0406',
    'sticky sessions',
    meshedPod('cart') + service({}, { sessionAffinity: 'ClientIP' }),
    'Service cart spec.sessionAffinity: Service shop/cart asks for sessionAffinity ClientIP, which proxies of meshed clients do not keep to',
  ],
  [
    'MESH-L0507',
    'no word for injection',
    NAMESPACE.replace('enabled', '"true"'),
    'Namespace shop metadata.annotations.linkerd.io/inject: linkerd.io/inject of Namespace shop is true: it is none of enabled, ingress, disabled, and no pod gets a proxy by it',
  ],
  [
    'MESH-L0507',
    'no default policy',
    deployment({
      annotations: { 'config.linkerd.io/default-inbound-policy': 'allow' },
    }),
    'Deployment cart spec.template.metadata.annotations.config.linkerd.io/default-inbound-policy: config.linkerd.io/default-inbound-policy of the pod template of Deployment shop/cart is allow: it is none of all-unauthenticated, all-authenticated, cluster-unauthenticated, cluster-authenticated, deny, audit, and what the control plane says counts instead',
  ],
  [
    'MESH-L0507',
    'the name of a port',
    deployment({
      annotations: { 'config.linkerd.io/opaque-ports': '3306,mysql' },
    }),
    'Deployment cart spec.template.metadata.annotations.config.linkerd.io/opaque-ports: config.linkerd.io/opaque-ports of the pod template of Deployment shop/cart is 3306,mysql: mysql is neither a port nor a range, and the policy controller takes none of the list',
  ],
  [
    'MESH-L0507',
    'no list of ports',
    deployment({
      annotations: { 'config.linkerd.io/opaque-ports': '8080;9090' },
    }),
    'Deployment cart spec.template.metadata.annotations.config.linkerd.io/opaque-ports: config.linkerd.io/opaque-ports of the pod template of Deployment shop/cart is 8080;9090: 8080;9090 is neither a port nor a range, and the policy controller takes none of the list',
  ],
])('%s finds %s', (code, _, wrong, finding) => {
  expect(findings(code, wrong)).toEqual([finding]);
});

it.each<[code: string, what: string, right: string]>([
  ['MESH-L0110', 'a probe by gRPC that may come', deployment({ probe: GRPC })],
  [
    'MESH-L0110',
    'a probe by HTTP under deny',
    deployment({ annotations: DENY, probe: http('/ready?full=1') }),
  ],
  [
    'MESH-L0110',
    'a probe by TCP under deny',
    deployment({
      annotations: DENY,
      probe: TCP,
    }),
  ],
  [
    'MESH-L0110',
    'a workload without proxy',
    deployment({
      annotations: { ...DENY, 'linkerd.io/inject': 'disabled' },
      probe: GRPC,
    }),
  ],
  [
    'MESH-L0111',
    'a probe by TCP of a port that is skipped',
    deployment({
      annotations: { 'config.linkerd.io/skip-inbound-ports': '8080' },
      probe: TCP,
    }),
  ],
  [
    'MESH-L0201',
    'a policy for a namespace with a Server',
    meshedPod('cart') + server('deny') + policy(WHOLE),
  ],
  [
    'MESH-L0207',
    'a Server that denies',
    meshedPod('cart') + server('deny') + policy(SERVER),
  ],
  [
    'MESH-L0207',
    'a Server that audits',
    meshedPod('cart') + server('audit') + policy(SERVER),
  ],
  [
    'MESH-L0207',
    'a policy for the whole namespace',
    meshedPod('cart') + server('all-authenticated') + policy(WHOLE),
  ],
  [
    'MESH-L0207',
    'a policy that lets in more',
    meshedPod('cart') + server('all-authenticated') + policy(SERVER, ''),
  ],
  ['MESH-L0208', 'a linked cluster', identity(FOREIGN) + LINK],
  ['MESH-L0208', 'all identities', identity('*')],
  [
    'MESH-L0208',
    'an identity of this mesh',
    identity('web.shop.serviceaccount.identity.linkerd.mesh.example'),
  ],
  [
    'MESH-L0209',
    'a ServiceAccount under which a workload runs',
    meshedPod('cart') + meshedPod('web') + server('deny') + policy(SERVER),
  ],
  [
    'MESH-L0314',
    'rules that match something else',
    meshedPod('cart') +
      service() +
      onService('{ backendRefs: [{ name: cart, port: 80 }] }') +
      onService('{ matches: [{ method: POST }] }').replace(
        'name: c,',
        'name: d,',
      ),
  ],
  [
    'MESH-L0315',
    'a try shorter than the request',
    service({
      'timeout.linkerd.io/request': '1s',
      'retry.linkerd.io/timeout': '300ms',
    }),
  ],
  [
    'MESH-L0502',
    'webhooks turned off by a label',
    NAMESPACE.replace(
      'metadata: {',
      'metadata: { labels: { config.linkerd.io/admission-webhooks: disabled },',
    ),
  ],
  ['MESH-L0307', 'a full name', profile('cart.shop.svc.cluster.local')],
  [
    'MESH-L0313',
    'conditions for one protocol',
    service({
      'retry.linkerd.io/limit': '3',
      'retry.linkerd.io/grpc': 'unavailable',
    }),
  ],
  [
    'MESH-L0313',
    'retries of what is late',
    service({
      'retry.linkerd.io/limit': '3',
      'retry.linkerd.io/timeout': '1s',
    }),
  ],
  [
    'MESH-L0303',
    'a port of the Service',
    meshedPod('cart') +
      service() +
      onService('{ backendRefs: [{ name: cart, port: 80 }] }'),
  ],
  [
    'MESH-L0405',
    'what a Service may say',
    service({
      'config.linkerd.io/opaque-ports': '81',
      'timeout.linkerd.io/request': '1s',
      'balancer.linkerd.io/failure-accrual': 'consecutive',
      'linkerd.io/inject': 'enabled',
    }),
  ],
  [
    'MESH-L0405',
    'what a route on a Service may say',
    meshedPod('cart') +
      service() +
      onService('{}', { 'retry.linkerd.io/http': '5xx' }),
  ],
  [
    'MESH-L0406',
    'sessions that need not stick',
    meshedPod('cart') + service({}, { sessionAffinity: 'None' }),
  ],
  [
    'MESH-L0406',
    'sticky sessions outside of the mesh',
    service({}, { sessionAffinity: 'ClientIP' }),
  ],
  [
    'MESH-L0507',
    'values that are taken',
    deployment({
      annotations: {
        'linkerd.io/inject': 'ingress',
        'config.linkerd.io/opaque-ports': '3306, 4000-4010',
        'config.linkerd.io/proxy-enable-native-sidecar': 'True',
        'config.linkerd.io/proxy-await': 'disabled',
        'config.linkerd.io/proxy-cpu-limit': '0.5',
        'config.linkerd.io/proxy-memory-request': '64Mi',
        'config.linkerd.io/proxy-outbound-connect-timeout': '1m30s',
        ...DENY,
      },
    }),
  ],
])('%s finds nothing wrong with %s', (code, _, right) => {
  expect(findings(code, right)).toEqual([]);
});
