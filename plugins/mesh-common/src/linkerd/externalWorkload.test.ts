import { clusterOf, CONTROL_PLANE } from './__testUtils__/cluster';
import { externalInboundPolicy } from './inboundPolicy';

const workload = (annotations = '') => `---
apiVersion: workload.linkerd.io/v1beta1
kind: ExternalWorkload
metadata:
  name: vm
  namespace: shop
  labels: { app: ledger }
  annotations: { ${annotations} }
spec:
  meshTLS: { identity: 'spiffe://mesh.example/vm', serverName: vm.shop }
  ports: [{ name: http, port: 8080 }, { name: dns, port: 53, protocol: UDP }]
  workloadIPs: [{ ip: 192.0.2.7 }]
`;

const NAMESPACE = `---
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { config.linkerd.io/default-inbound-policy: deny } }
`;

const server = (name: string, spec: string) => `---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: ${name}, namespace: shop, creationTimestamp: '2026-01-01T00:00:00Z' }
spec: { proxyProtocol: HTTP/2, ${spec} }
`;

const SELECTS = 'externalWorkloadSelector: { matchLabels: { app: ledger } }';

function policyOf(yaml: string, port: number) {
  const snapshot = clusterOf(CONTROL_PLANE + NAMESPACE + yaml);
  const found = snapshot.get(
    'workload.linkerd.io/ExternalWorkload',
    'shop',
    'vm',
  );
  if (!found) {
    throw new Error('There is no workload');
  }
  const answer = externalInboundPolicy(snapshot, found, port);
  if (!('policy' in answer)) {
    throw new Error('The policy is unknown');
  }
  return {
    server: answer.server?.metadata.name ?? 'none',
    policy: answer.policy,
    protocol: answer.protocol,
  };
}

it.each<[what: string, yaml: string, port: number, expected: object]>([
  [
    'without Server by the default of the control plane, whatever the namespace says',
    workload(),
    8080,
    { server: 'none', policy: 'all-unauthenticated', protocol: 'detect' },
  ],
  [
    'by its own annotations',
    workload(
      'config.linkerd.io/default-inbound-policy: deny, config.linkerd.io/opaque-ports: "8080"',
    ),
    8080,
    { server: 'none', policy: 'deny', protocol: 'opaque' },
  ],
  [
    'with a port that is opaque in pods',
    workload(),
    3306,
    { server: 'none', policy: 'all-unauthenticated', protocol: 'detect' },
  ],
  [
    'by a Server that selects it and its port by name',
    workload() + server('ledger', `${SELECTS}, port: http`),
    8080,
    { server: 'ledger', policy: 'deny', protocol: 'http2' },
  ],
  [
    'not by a Server for a name that a later port has too',
    workload().replace('dns, port: 53, protocol: UDP', 'http, port: 53') +
      server('ledger', `${SELECTS}, port: http`),
    8080,
    { server: 'none', policy: 'all-unauthenticated', protocol: 'detect' },
  ],
  [
    'by a Server with a port that it does not name',
    workload() + server('ledger', `${SELECTS}, port: 9090`),
    9090,
    { server: 'ledger', policy: 'deny', protocol: 'http2' },
  ],
  [
    'not by a port that is not TCP',
    workload() + server('ledger', `${SELECTS}, port: dns`),
    53,
    { server: 'none', policy: 'all-unauthenticated', protocol: 'detect' },
  ],
  [
    'not by a Server for pods',
    workload() + server('pods', 'podSelector: {}, port: http'),
    8080,
    { server: 'none', policy: 'all-unauthenticated', protocol: 'detect' },
  ],
  [
    'of two Servers, by the first',
    workload() +
      server('b', `${SELECTS}, port: http`) +
      server('a', 'externalWorkloadSelector: {}, port: 8080'),
    8080,
    { server: 'a', policy: 'deny', protocol: 'http2' },
  ],
])('%s', (_, yaml, port, expected) => {
  expect(policyOf(yaml, port)).toEqual(expected);
});
