import { clusterOf } from '../../__testUtils__/cluster';
import { meshSettings, namespace, pod, podOf } from '../__testUtils__/istio';
import { proxyNetwork } from './proxyNetwork';

const ROOT = namespace('istio-system', 'topology.istio.io/network: of-root');
const INJECTOR = `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{"global":{"network":"of-injector"}}' }
`;
const LABEL = 'topology.istio.io/network: of-label';

/** A pod whose proxy was started with the variable. */
function startedWith(value: string, labels = ''): string {
  return pod('web', { labels }).replace(
    '{ name: istio-proxy,',
    `{ name: istio-proxy, env: [{ name: ISTIO_META_NETWORK, value: "${value}" }],`,
  );
}

describe('the network of a proxy', () => {
  it.each<[string, string, string | undefined]>([
    [
      'its own word, before all others',
      startedWith('of-proxy', LABEL) + INJECTOR + ROOT,
      'of-proxy',
    ],
    ['none, where it says so', startedWith('', LABEL) + ROOT, undefined],
    [
      'the label, before the settings of the injector',
      pod('web', { labels: LABEL }) + INJECTOR + ROOT,
      'of-label',
    ],
    [
      'the settings of the injector, before the label of the root namespace',
      pod('web') + INJECTOR + ROOT,
      'of-injector',
    ],
    ['the label of the root namespace', pod('web') + ROOT, 'of-root'],
    ['none that anything names', pod('web'), undefined],
  ])('is %s', (_, yaml, expected) => {
    const snapshot = clusterOf(meshSettings() + yaml);
    const client = podOf(snapshot, 'web');

    expect(
      proxyNetwork(snapshot, { labels: client.metadata.labels, pod: client }),
    ).toBe(expected);
  });
});
