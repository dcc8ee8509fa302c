import {
  clusterOf,
  CONTROL_PLANE,
  meshedPod,
  podOf,
} from './__testUtils__/cluster';
import { podEnrolment } from './enrolment';

const SHOP = `${CONTROL_PLANE}
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
`;

describe('podEnrolment', () => {
  it('sees the proxy of a pod, and its version', () => {
    const snapshot = clusterOf(SHOP + meshedPod('cart'));
    expect(podEnrolment(snapshot, podOf(snapshot, 'cart'))).toMatchObject({
      mode: {
        value: 'sidecar',
        reasons: [
          {
            object: { kind: 'Pod', name: 'cart' },
            field: 'spec.containers[0]',
          },
        ],
      },
      expected: { value: 'sidecar' },
      proxyVersion: 'edge-26.8.2',
    });
  });

  it('sees a native sidecar', () => {
    const snapshot = clusterOf(SHOP + meshedPod('cart', { native: true }));
    const { mode, expected } = podEnrolment(snapshot, podOf(snapshot, 'cart'));
    expect([mode.value, expected.value]).toEqual(['native-sidecar', 'sidecar']);
  });

  it('says that a pod without proxy waits for its restart', () => {
    const snapshot = clusterOf(`${SHOP}
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: app }] }
`);
    const { mode, expected } = podEnrolment(snapshot, podOf(snapshot, 'cart'));
    expect([mode.value, expected.value]).toEqual(['none', 'sidecar']);
    expect(mode.reasons[0].text).toContain('restart it');
  });

  it('does not take a container of an init that ends for a proxy', () => {
    const snapshot = clusterOf(`${SHOP}
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec:
  containers: [{ name: app }]
  initContainers: [{ name: linkerd-proxy }]
`);
    expect(podEnrolment(snapshot, podOf(snapshot, 'cart')).mode.value).toBe(
      'none',
    );
  });

  it.each([
    ['cr.l5d.io/linkerd/proxy:stable-2.14', 'stable-2.14'],
    ['registry:5000/linkerd/proxy:v1@sha256:abc', 'from-annotation'],
    ['registry:5000/linkerd/proxy', 'from-annotation'],
  ])('takes the version of %s to be %s', (image, version) => {
    const yaml = meshedPod('cart', {
      annotations: { 'linkerd.io/proxy-version': 'from-annotation' },
    }).replace('cr.l5d.io/linkerd/proxy:edge-26.8.2', image);
    const snapshot = clusterOf(SHOP + yaml);
    expect(podEnrolment(snapshot, podOf(snapshot, 'cart')).proxyVersion).toBe(
      version,
    );
  });
});
