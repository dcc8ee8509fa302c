import {
  clusterOf,
  CONTROL_PLANE,
  meshedPod,
  podOf,
} from '../__testUtils__/cluster';
import { portAuthorization } from './portAuthorization';

function server(protocol: string): string {
  return `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: http, namespace: shop }
spec:
  podSelector: { matchLabels: { app: cart } }
  port: http
  proxyProtocol: ${protocol}
  accessPolicy: all-unauthenticated
`;
}

function decisionAbout(protocol: string, sent: 'http' | 'tcp') {
  const snapshot = clusterOf(
    CONTROL_PLANE + meshedPod('cart') + server(protocol),
  );
  return portAuthorization(
    snapshot,
    podOf(snapshot, 'cart'),
    8080,
    'sidecar',
  ).decide({
    peer: { type: 'none' },
    mode: 'none',
    inCluster: true,
    protocol: sent,
    sourceIp: '10.1.0.1',
    method: 'GET',
    path: '/',
    headers: {},
  });
}

describe('connections that are not HTTP', () => {
  it.each(['HTTP/1', 'HTTP/2', 'gRPC'])(
    'are refused by a Server for %s, whoever may call',
    protocol => {
      const { value, reasons } = decisionAbout(protocol, 'tcp');
      expect(value).toBe('denied');
      expect(reasons[0]).toMatchObject({
        object: { kind: 'policy.linkerd.io/Server', name: 'http' },
        field: 'spec.proxyProtocol',
      });
    },
  );

  it.each([
    ['unknown', 'tcp'],
    ['opaque', 'tcp'],
    ['TLS', 'tcp'],
    ['HTTP/1', 'http'],
  ] as const)('of a Server for %s: %s is let in', (protocol, sent) => {
    expect(decisionAbout(protocol, sent).value).toBe('allowed');
  });
});
