import { clusterOf } from '../../__testUtils__/cluster';
import { ISTIO, istio, namespace } from '../../istio/__testUtils__/istio';
import { MESHES } from '../meshes';
import { workloadNamed } from '../workloads';
import { evaluateProbe } from './probeEvaluation';

const STRICT = istio(
  'PeerAuthentication',
  'default',
  '{ mtls: { mode: STRICT } }',
);

interface Probed {
  mode?: 'sidecar' | 'ambient';
  probe?: string;
  annotations?: string;
}

function server({ mode = 'sidecar', probe = '', annotations = '' }: Probed) {
  const proxy =
    mode === 'sidecar' ? ', { name: istio-proxy, image: proxyv2 }' : '';
  return `
---
apiVersion: v1
kind: Pod
metadata:
  name: cart-1
  namespace: shop
  labels: { app: cart }
  annotations:
    ${mode === 'ambient' ? 'ambient.istio.io/redirection: enabled' : ''}
    ${annotations}
spec:
  containers: [{ name: app, ports: [{ name: web, containerPort: 8080 }]${probe} }${proxy}]
status: { podIP: 10.1.0.2, phase: Running }
`;
}

function asked(pod: Probed, port = 8080, path: string | undefined = '/ready') {
  const snapshot = clusterOf(ISTIO + namespace('shop') + STRICT + server(pod));
  const workload = workloadNamed(snapshot, 'shop', 'cart-1');
  if (!workload) {
    throw new TypeError('There is no cart-1');
  }
  const { decision } = evaluateProbe(
    snapshot,
    workload,
    { port, ...(path && { path }) },
    MESHES,
  );
  return decision.value;
}

const probe = (get: string) => `, readinessProbe: { ${get} }`;

describe('evaluateProbe, where only mutual TLS is taken', () => {
  it.each<[string, Probed, string]>([
    [
      'the agent asks in place of the kubelet',
      {
        probe: probe('httpGet: { path: /app-health/app/readyz, port: 15020 }'),
      },
      'allowed',
    ],
    [
      'the kubelet asks the application itself',
      { probe: probe('httpGet: { path: /ready, port: 8080 }') },
      'denied',
    ],
    [
      'by the name of its port',
      { probe: probe('httpGet: { path: /ready, port: web }') },
      'denied',
    ],
    [
      'on a port that the sidecar does not take',
      {
        probe: probe('httpGet: { path: /ready, port: 8080 }'),
        annotations: 'traffic.sidecar.istio.io/excludeInboundPorts: "8080"',
      },
      'allowed',
    ],
    [
      'past the ztunnel',
      {
        mode: 'ambient',
        probe: probe('httpGet: { path: /ready, port: 8080 }'),
      },
      'allowed',
    ],
  ])('%s', (_, pod, expected) => {
    expect(asked(pod)).toBe(expected);
  });

  it('gives a probe that wants a connection alone what it wants', () => {
    expect(asked({ probe: probe('tcpSocket: { port: 8080 }') }, 8080, '')).toBe(
      'allowed',
    );
  });

  it('leaves the ports of the agent alone', () => {
    expect(asked({}, 15021, '/healthz/ready')).toBe('allowed');
  });
});
