import { SendingClient } from '../mesh/MeshAdapter';
import { workloadOfPod } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  clusterOf,
  CONTROL_PLANE,
  meshedPod,
  podOf,
} from './__testUtils__/cluster';
import { sendsTo } from './sends';

const SERVICE = `
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  clusterIP: 10.9.0.1
  selector: { app: cart }
  ports: [{ port: 80, targetPort: 8080 }]
`;

function ask(
  snapshot: MeshSnapshot,
  options: { service?: boolean; anonymous?: boolean } = {},
) {
  const pod = podOf(snapshot, 'cart');
  const service = snapshot.get('Service', 'shop', 'cart');
  const client: SendingClient = {
    namespace: 'shop',
    mode: 'sidecar',
    ...(!options.anonymous && { pod: podOf(snapshot, 'web') }),
  };
  return sendsTo(snapshot, client, {
    workload: workloadOfPod(snapshot, pod),
    pod,
    port: 8080,
    ...(options.service !== false &&
      service && { service: { service, port: service.spec.ports[0] } }),
  });
}

const web = (annotations: Record<string, string> = {}) =>
  meshedPod('web', { annotations });

describe('sendsTo', () => {
  it.each([
    [
      'both are meshed',
      web() + meshedPod('cart') + SERVICE,
      'mtls',
      'mutual TLS with each other',
    ],
    [
      'the port of the Service bypasses the client’s proxy',
      web({ 'config.linkerd.io/skip-outbound-ports': '80' }) +
        meshedPod('cart') +
        SERVICE,
      'plaintext',
      'port 80 bypasses its proxy',
    ],
    [
      'the port of the pod is in that list, but the client dials the Service',
      web({ 'config.linkerd.io/skip-outbound-ports': '8080' }) +
        meshedPod('cart') +
        SERVICE,
      'mtls',
      '',
    ],
    [
      'the Service has no cluster IP, so the client dials the pod',
      web({ 'config.linkerd.io/skip-outbound-ports': '8080' }) +
        meshedPod('cart') +
        SERVICE.replace('10.9.0.1', 'None'),
      'plaintext',
      'port 8080 bypasses its proxy',
    ],
    [
      'the port bypasses the server’s proxy',
      web() +
        meshedPod('cart', {
          annotations: { 'config.linkerd.io/skip-inbound-ports': '8080' },
        }) +
        SERVICE,
      'plaintext',
      'bypasses the proxy',
    ],
    [
      'the server has no proxy',
      `${web()}
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: app }] }
status: { podIP: 10.1.0.8 }
${SERVICE}`,
      'plaintext',
      'The server has no proxy',
    ],
    [
      'the server has no identity',
      web() + meshedPod('cart', { identity: null }) + SERVICE,
      'plaintext',
      'server has no identity',
    ],
    [
      'the client has no identity',
      meshedPod('web', { identity: null }) + meshedPod('cart') + SERVICE,
      'plaintext',
      'client has no identity',
    ],
    [
      'the address is in a subnet that is bypassed',
      web({ 'config.linkerd.io/skip-subnets': '10.9.0.0/16' }) +
        meshedPod('cart') +
        SERVICE,
      'plaintext',
      'bypasses its proxy (10.9.0.0/16)',
    ],
    [
      'the address is none of the cluster’s networks',
      web() + meshedPod('cart') + SERVICE.replace('10.9.0.1', '172.20.0.1'),
      'plaintext',
      'none of the control plane',
    ],
    [
      'the server is in another mesh',
      web() +
        meshedPod('cart', {
          labels: { 'linkerd.io/control-plane-ns': 'linkerd-2' },
        }) +
        SERVICE,
      'plaintext',
      'not of one mesh',
    ],
    [
      'the port is opaque',
      web() +
        meshedPod('cart', {
          annotations: { 'config.linkerd.io/opaque-ports': '8080' },
        }) +
        SERVICE,
      'mtls',
      '',
    ],
  ])('%s', (_, yaml, value, text) => {
    const answer = ask(clusterOf(CONTROL_PLANE + yaml));
    expect(answer.value).toBe(value);
    expect(answer.reasons[0].text).toContain(text);
  });

  it('knows of an unnamed client what the control plane sets for all', () => {
    const yaml =
      meshedPod('cart') + SERVICE.replace('port: 80,', 'port: 4567,');
    expect(
      ask(clusterOf(CONTROL_PLANE + yaml), { anonymous: true }).value,
    ).toBe('plaintext');
    expect(
      ask(clusterOf(CONTROL_PLANE + meshedPod('cart') + SERVICE), {
        anonymous: true,
      }).value,
    ).toBe('mtls');
  });

  it.each([
    [
      'subnets are bypassed, and the address is not known',
      web({ 'config.linkerd.io/skip-subnets': '10.9.0.0/16' }) +
        meshedPod('cart') +
        SERVICE.replace('clusterIP: 10.9.0.1', 'type: ClusterIP'),
      'not known whether the server is there',
    ],
    [
      'the roots differ',
      meshedPod('web', { roots: 'old' }) +
        meshedPod('cart', { roots: 'old new' }) +
        SERVICE,
      'trust different roots',
    ],
  ])('may differ where %s', (_, yaml, text) => {
    const answer = ask(clusterOf(CONTROL_PLANE + yaml));
    expect(answer.value).toBe('mtls');
    expect(answer.mayDiffer?.[0].text).toContain(text);
  });
});
