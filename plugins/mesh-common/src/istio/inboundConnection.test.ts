import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, istio, pod, podOf, service } from './__testUtils__/istio';
import {
  ConnectionAttempt,
  ConnectionOutcome,
  connectionTo,
} from './inboundConnection';

const withMode = (mode: string) =>
  istio('PeerAuthentication', 'default', `{ mtls: { mode: ${mode} } }`);
const HTTP = service('cart');
const TCP = service('cart', {
  ports: '{ name: tcp, port: 80, targetPort: 8080 }',
});

const INGRESS = istio(
  'Sidecar',
  'cart',
  '{ workloadSelector: { labels: { app: cart } }, ingress: [{ port: { number: 8080, protocol: TLS, name: in }, defaultEndpoint: "0.0.0.0:8080", tls: { mode: SIMPLE, serverCertificate: cert.pem, privateKey: key.pem } }] }',
);
/** istiod with the feature that makes TLS of a Sidecar's ingress count. */
const HONOURED = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec:
      containers:
        - name: discovery
          env: [{ name: ENABLE_TLS_ON_SIDECAR_INGRESS, value: "true" }]
`;

type Outcomes = [
  plaintext: ConnectionOutcome,
  mesh: ConnectionOutcome,
  other: ConnectionOutcome,
];

function outcomes(
  objects: string,
  speaks: ConnectionAttempt['speaks'],
): Outcomes {
  const snapshot = clusterOf(ISTIO + pod('cart') + objects);
  const to = (tls: ConnectionAttempt['tls']) =>
    connectionTo(snapshot, podOf(snapshot, 'cart'), 8080, 'sidecar', {
      tls,
      speaks,
    }).value;
  return [to('none'), to('mesh'), to('other')];
}

it.each<[string, string, ConnectionAttempt['speaks'], Outcomes]>([
  [
    'STRICT',
    HTTP + withMode('STRICT'),
    'http',
    ['refused', 'accepted', 'refused'],
  ],
  [
    'PERMISSIVE, HTTP',
    HTTP + withMode('PERMISSIVE'),
    'http',
    ['accepted', 'accepted', 'refused'],
  ],
  [
    'PERMISSIVE, TCP',
    TCP + withMode('PERMISSIVE'),
    'tcp',
    ['accepted', 'accepted', 'opaque'],
  ],
  [
    'DISABLE, HTTP',
    HTTP + withMode('DISABLE'),
    'http',
    ['accepted', 'refused', 'refused'],
  ],
  [
    'DISABLE, TCP',
    TCP + withMode('DISABLE'),
    'tcp',
    ['accepted', 'opaque', 'opaque'],
  ],
  [
    'DISABLE, a port of no Service',
    withMode('DISABLE'),
    'http',
    ['accepted', 'opaque', 'opaque'],
  ],
  [
    'other bytes to HTTP',
    HTTP + withMode('DISABLE'),
    'tcp',
    ['refused', 'refused', 'refused'],
  ],
  [
    'a ServiceEntry that selects the pod',
    istio(
      'ServiceEntry',
      'cart',
      '{ hosts: [cart.example], workloadSelector: { labels: { app: cart } }, ports: [{ number: 80, targetPort: 8080, name: web, protocol: HTTP }] }',
    ),
    'http',
    ['accepted', 'accepted', 'refused'],
  ],
  [
    'a Sidecar whose ingress replaces the Service',
    `${HTTP}${istio(
      'Sidecar',
      'cart',
      '{ workloadSelector: { labels: { app: cart } }, ingress: [{ port: { number: 8080, protocol: TCP, name: in } }] }',
    )}`,
    'tcp',
    ['accepted', 'accepted', 'opaque'],
  ],
  [
    'TLS of its own on a port that is not DISABLE',
    HONOURED + INGRESS + withMode('STRICT'),
    'tcp',
    ['refused', 'accepted', 'refused'],
  ],
  [
    'TLS of its own on a port that is DISABLE',
    HONOURED + INGRESS + withMode('DISABLE'),
    'tcp',
    ['refused', 'refused', 'accepted'],
  ],
  [
    'TLS of its own that istiod is not told to honour',
    INGRESS + withMode('DISABLE'),
    'tcp',
    ['accepted', 'opaque', 'opaque'],
  ],
])('%s', (_, objects, speaks, expected) => {
  expect(outcomes(objects, speaks)).toEqual(expected);
});

it('says why', () => {
  const snapshot = clusterOf(ISTIO + pod('cart') + withMode('STRICT'));
  const { reasons } = connectionTo(
    snapshot,
    podOf(snapshot, 'cart'),
    8080,
    'sidecar',
    { tls: 'none', speaks: 'http' },
  );
  expect(reasons.map(({ text }) => text)).toEqual([
    'Only mutual TLS of the mesh is taken',
    expect.stringContaining('sets STRICT'),
  ]);
});
