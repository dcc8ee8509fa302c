import { clusterOf } from '../__testUtils__/cluster';
import { istiodVersion } from './controlPlane';

function istiod(name: string, revision: string, image: string) {
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
status: {}
`;
}

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
