import { clusterOf } from '../__testUtils__/cluster';
import { clusterMesh, istiodVersion } from './controlPlane';
import { meshSettings, pod } from './__testUtils__/istio';

function istiod(name: string, revision: string, image: string, status = '') {
  return `
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: istio-system
  labels: { app: istiod, istio.io/rev: ${revision} }
spec:
  replicas: 2
  template:
    metadata: { labels: {} }
    spec: { containers: [{ name: sidecar, image: 'other:9' }, { name: discovery, image: '${image}' }] }
status: { ${status} }
`;
}

describe('clusterMesh', () => {
  it('tells control planes, proxies and the trust domain', () => {
    const snapshot = clusterOf(
      meshSettings('trustDomain: td.example') +
        istiod(
          'istiod',
          'default',
          'docker.io/istio/pilot:1.30.3-distroless',
          'readyReplicas: 2',
        ) +
        istiod('istiod-canary', 'canary', 'pilot@sha256:0123') +
        pod('cart') +
        pod('web') +
        pod('jobs', { mode: 'native' }) +
        pod('plain', { mode: 'none' }),
    );
    expect(clusterMesh(snapshot)).toEqual({
      mesh: 'istio',
      title: 'Istio',
      trustDomain: 'td.example',
      controlPlanes: [
        {
          revision: 'default',
          version: '1.30.3',
          namespace: 'istio-system',
          ready: 2,
          replicas: 2,
        },
        {
          revision: 'canary',
          namespace: 'istio-system',
          ready: 0,
          replicas: 2,
        },
      ],
      proxies: [
        { version: '1.30.3', pods: 2 },
        { version: '1.31.0', pods: 1 },
      ],
    });
  });

  it('finds no mesh where nothing is of Istio', () => {
    expect(
      clusterMesh(clusterOf(pod('plain', { mode: 'none' }))),
    ).toBeUndefined();
  });

  it('finds a mesh whose control plane runs elsewhere', () => {
    expect(clusterMesh(clusterOf(pod('cart')))).toMatchObject({
      controlPlanes: [],
      proxies: [{ pods: 1 }],
    });
  });
});

describe('istiodVersion', () => {
  it.each([
    ['1.30.3', [1, 30]],
    ['1.9.0-alpha', [1, 9]],
    ['latest', undefined],
  ])('of the tag %s', (tag, expected) => {
    expect(
      istiodVersion(clusterOf(istiod('istiod', 'default', `pilot:${tag}`))),
    ).toEqual(expected);
  });

  it('is the oldest of several', () => {
    expect(
      istiodVersion(
        clusterOf(
          istiod('a', 'a', 'pilot:1.30.0') + istiod('b', 'b', 'pilot:1.9.0'),
        ),
      ),
    ).toEqual([1, 9]);
  });
});
