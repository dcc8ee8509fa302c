import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import {
  anyObjects,
  brokenObjects,
  hugeAtEachPlace,
} from '../__testUtils__/anyObjects';
import { MESHES } from '../mesh/meshes';
import { serviceRouting } from '../mesh/serviceRouting';
import { workloadMtls } from '../mesh/workloadMtls';
import { allWorkloads } from '../mesh/workloads';
import { vendoredSchemas } from '../schema';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { lastStatuses, unreadable } from './__testUtils__/objectStatuses';
import { Analyzer } from './Analyzer';
import { CHECKS } from './catalogue';
import { withSchemas } from './schemaChecks';

// Thousands of objects take their time where others use the machine too.
jest.setTimeout(600_000);

/** One object of each kind that matters, in one namespace, two of which delegate to each other. */
const SAMPLES: object[] = parseAllDocuments(`
apiVersion: v1
kind: Namespace
metadata: { name: a, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: a, namespace: a, annotations: { networking.istio.io/exportTo: '*' } }
spec: { selector: { app: a }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata:
  name: a
  namespace: a
  labels: { app: a, version: v1 }
  annotations: { sidecar.istio.io/status: '{}', traffic.sidecar.istio.io/excludeInboundPorts: '90' }
spec:
  serviceAccountName: a
  containers:
    - { name: app, ports: [{ name: http, containerPort: 8080 }] }
    - { name: istio-proxy, image: proxyv2, env: [{ name: ISTIO_META_CLUSTER_ID, value: x }] }
status: { phase: Running, podIP: 10.0.0.1, conditions: [{ type: Ready, status: 'True' }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: a, namespace: a }
spec:
  selector: { matchLabels: { app: b } }
  template:
    metadata: { labels: { app: b }, annotations: { linkerd.io/inject: enabled } }
    spec: { containers: [{ name: app, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system, labels: { istio.io/rev: default } }
data: { mesh: 'rootNamespace: istio-system', meshNetworks: 'networks: {}' }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: a, namespace: a }
spec:
  hosts: [a, '*.example.com']
  gateways: [a, mesh]
  http:
    - match: [{ uri: { prefix: / }, headers: { x: { regex: '.*' } }, sourceLabels: { app: a } }]
      route:
        - { destination: { host: a, subset: v1, port: { number: 80 } }, weight: 50 }
        - { destination: { host: b }, weight: 50 }
      timeout: 1s
      retries: { attempts: 3, perTryTimeout: 1s, retryOn: 5xx }
      fault: { delay: { fixedDelay: 1s, percentage: { value: 1 } } }
    - { delegate: { name: b, namespace: a } }
  tls: [{ match: [{ sniHosts: [a] }], route: [{ destination: { host: a } }] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: b, namespace: a }
spec: { http: [{ delegate: { name: c, namespace: a } }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: c, namespace: a }
spec: { http: [{ delegate: { name: b, namespace: a } }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: a, namespace: a }
spec:
  host: a
  exportTo: ['.']
  trafficPolicy:
    tls: { mode: ISTIO_MUTUAL }
    loadBalancer: { localityLbSetting: { distribute: [{ from: x/*, to: { 'x/*': 100 } }] } }
    outlierDetection: { interval: 1s }
    portLevelSettings: [{ port: { number: 80 }, tls: { mode: DISABLE } }]
  subsets: [{ name: v1, labels: { version: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: a, namespace: a }
spec:
  selector: { app: a }
  servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: ['a/*'], tls: { mode: SIMPLE, credentialName: a } }]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: a, namespace: a }
spec:
  hosts: [b]
  addresses: [10.0.0.0/8]
  location: MESH_INTERNAL
  resolution: STATIC
  ports: [{ number: 80, name: http, protocol: HTTP }]
  workloadSelector: { labels: { app: a } }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: a, namespace: a }
spec: { egress: [{ hosts: ['./*', '*/b'] }], ingress: [{ port: { number: 80, protocol: HTTP, name: x }, defaultEndpoint: 127.0.0.1:80 }] }
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: a, namespace: a }
spec:
  priority: 1
  configPatches: [{ applyTo: HTTP_FILTER, match: { context: ANY, proxy: { proxyVersion: '^1' } }, patch: { operation: MERGE, value: { name: x } } }]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: a, namespace: a }
spec: { selector: { matchLabels: { app: a } }, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: DISABLE } } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: a, namespace: a }
spec:
  selector: { matchLabels: { app: a } }
  action: ALLOW
  rules:
    - from: [{ source: { principals: ['*'], namespaces: [a], ipBlocks: [10.0.0.0/8] } }]
      to: [{ operation: { hosts: ['*'], methods: [GET], paths: [/a*], ports: ['80'] } }]
      when: [{ key: 'request.auth.claims[iss]', values: [x] }]
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: a, namespace: a }
spec: { jwtRules: [{ issuer: x, jwksUri: 'https://x', fromHeaders: [{ name: x }] }] }
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: a, namespace: a }
spec: { accessLogging: [{ providers: [{ name: x }] }], selector: { matchLabels: { app: a } } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: a, namespace: a }
spec:
  parentRefs: [{ kind: Service, group: '', name: a, port: 80 }]
  hostnames: [a.example.com]
  rules: [{ matches: [{ path: { type: PathPrefix, value: / } }], backendRefs: [{ name: a, port: 80, weight: 1 }] }]
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: a, namespace: a }
spec: { podSelector: { matchLabels: { app: a } }, port: http, proxyProtocol: HTTP/1 }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: a, labels: { app: sidecar-injector } }
webhooks: [{ name: a.istio.io, clientConfig: { service: { name: a, namespace: a } }, namespaceSelector: { matchLabels: { a: b } } }]
`).map(document => document.toJS());

const RUNS = 100;
const OBJECTS = 100;

describe('with objects that nobody would write', () => {
  const checks = withSchemas(CHECKS, vendoredSchemas());

  it('says of no value, at whatever place, all that is in it', () => {
    const snapshot = MeshSnapshot.of('x', [
      ...SAMPLES,
      ...SAMPLES.flatMap(hugeAtEachPlace),
    ]);
    const { findings } = Analyzer.create(checks).analyze(snapshot);
    expect(findings.filter(({ message }) => message.length > 2_000)).toEqual(
      [],
    );
    answerAll(snapshot);
  });

  it('answers, and each object is found at fault, or read, or none of ours', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(brokenObjects(SAMPLES), anyObjects), {
          minLength: OBJECTS,
          maxLength: OBJECTS,
        }),
        objects => {
          const snapshot = MeshSnapshot.of('x', [...SAMPLES, ...objects]);
          const malformed = unreadable(
            Analyzer.create(checks).analyze(snapshot),
          );
          for (const [key, status] of lastStatuses(objects)) {
            expect([key, malformed.has(key)]).toEqual([
              key,
              status === 'malformed',
            ]);
          }
          answerAll(snapshot);
          expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
          expect(Reflect.get({}, 'polluted')).toBeUndefined();
        },
      ),
      { numRuns: RUNS },
    );
  });
});

/** The answers that pages show, for some workloads and Services. */
function answerAll(snapshot: MeshSnapshot): void {
  for (const workload of [...allWorkloads(snapshot)].slice(0, 5)) {
    workloadMtls(snapshot, workload, MESHES, []);
  }
  for (const service of [...snapshot.list('Service')].slice(0, 5)) {
    serviceRouting(snapshot, service, MESHES);
  }
}
