import { clusterOf } from '../__testUtils__/cluster';
import { EnrolmentMode } from '../contract/mtls';
import { ISTIO, istio, pod, podOf, service } from './__testUtils__/istio';
import { inboundPort } from './inbound';

function accepts(yaml: string, mode: EnrolmentMode = 'sidecar', port = 8080) {
  const snapshot = clusterOf(ISTIO + yaml);
  return inboundPort(snapshot, podOf(snapshot, 'cart'), port, mode);
}

const mode = (value: string) =>
  istio('PeerAuthentication', 'default', `{ mtls: { mode: ${value} } }`);

describe('inboundPort', () => {
  it.each<[string, string, EnrolmentMode, string, string | undefined]>([
    ['STRICT', mode('STRICT') + pod('cart'), 'sidecar', 'mtls-only', 'STRICT'],
    ['PERMISSIVE', pod('cart'), 'sidecar', 'mtls-or-plaintext', 'PERMISSIVE'],
    [
      'DISABLE',
      mode('DISABLE') + pod('cart'),
      'native-sidecar',
      'plaintext-only',
      'DISABLE',
    ],
    [
      'STRICT in ambient mode',
      mode('STRICT') + pod('cart', { mode: 'ambient' }),
      'ambient',
      'mtls-only',
      'STRICT',
    ],
    [
      'DISABLE in ambient mode',
      mode('DISABLE') + pod('cart', { mode: 'ambient' }),
      'ambient',
      'mtls-or-plaintext',
      'PERMISSIVE',
    ],
    [
      'ambient mode passed by',
      mode('STRICT') +
        pod('cart', {
          mode: 'ambient',
          annotations: "ambient.istio.io/bypass-inbound-capture: 'true'",
        }),
      'ambient',
      'plaintext-only',
      undefined,
    ],
    [
      'a waypoint',
      mode('DISABLE') + pod('cart', { mode: 'waypoint' }),
      'waypoint',
      'nothing',
      undefined,
    ],
    [
      'a gateway',
      mode('STRICT') + pod('cart', { mode: 'gateway' }),
      'gateway',
      'nothing',
      undefined,
    ],
    ['a mode that is not known', pod('cart'), 'unknown', 'unknown', undefined],
    [
      'an excluded port',
      mode('STRICT') +
        pod('cart', {
          annotations:
            "traffic.sidecar.istio.io/excludeInboundPorts: '9090, 8080'",
        }),
      'sidecar',
      'plaintext-only',
      undefined,
    ],
    [
      'another port excluded',
      mode('STRICT') +
        pod('cart', {
          annotations: "traffic.sidecar.istio.io/excludeInboundPorts: '80'",
        }),
      'sidecar',
      'mtls-only',
      'STRICT',
    ],
    [
      'a port not included',
      mode('STRICT') +
        pod('cart', {
          annotations: "traffic.sidecar.istio.io/includeInboundPorts: '9090'",
        }),
      'sidecar',
      'plaintext-only',
      undefined,
    ],
    [
      'no interception',
      mode('STRICT') +
        pod('cart', { annotations: 'sidecar.istio.io/interceptionMode: NONE' }),
      'sidecar',
      'plaintext-only',
      undefined,
    ],
  ])('%s', (_, yaml, how, value, term) => {
    const { accepts: answer } = accepts(yaml, how);
    expect([answer.value, answer.term]).toEqual([value, term]);
    expect(answer.reasons).not.toHaveLength(0);
    expect(answer.cause !== undefined).toBe(value === 'unknown');
  });

  it('is reached by HBONE on one port of a waypoint', () => {
    expect(
      accepts(pod('cart', { mode: 'waypoint' }), 'waypoint', 15008).accepts,
    ).toMatchObject({ value: 'mtls-only', term: 'HBONE' });
  });

  it('excludes what the injector’s settings exclude', () => {
    const settings = `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{"global": {"proxy": {"excludeInboundPorts": "8080"}}}' }
`;
    expect(accepts(settings + mode('STRICT') + pod('cart')).accepts.value).toBe(
      'plaintext-only',
    );
  });

  it.each([
    ['the Service’s port', service('cart'), 'http'],
    [
      'the oldest Service’s port',
      service('cart', {
        ports: '{ name: tcp, port: 80, targetPort: 8080 }',
      }).replace('labels: {  }', "creationTimestamp: '2026-01-01T00:00:00Z'") +
        service('other', { spec: '' })
          .replace('{ app: other }', '{ app: cart }')
          .replace('labels: {  }', "creationTimestamp: '2026-01-02T00:00:00Z'"),
      'tcp',
    ],
    ['no Service', '', 'detected'],
    [
      'a Service for another port',
      service('cart', { ports: '{ name: http, port: 80 }' }),
      'detected',
    ],
  ])('is treated as %s says', (_, yaml, protocol) => {
    expect(accepts(pod('cart') + yaml).protocol).toBe(protocol);
  });

  it('may differ where an EnvoyFilter, a WasmPlugin or a TrafficExtension selects the proxy', () => {
    const filter = (name: string, selector: string, place: string) =>
      istio('EnvoyFilter', name, `{ ${selector} }`, { namespace: place });
    const plugin = `
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { name: wasm, namespace: shop }
spec: { selector: { matchLabels: { app: cart } } }
`;
    const { accepts: answer } = accepts(
      pod('cart') +
        plugin +
        plugin
          .replace('WasmPlugin', 'TrafficExtension')
          .replace('wasm', 'extension') +
        filter('mine', 'workloadSelector: { labels: { app: cart } }', 'shop') +
        filter('mesh', '', 'istio-system') +
        filter('others', 'workloadSelector: { labels: { app: x } }', 'shop') +
        filter('elsewhere', '', 'other') +
        filter('gateways', 'targetRefs: [{ kind: Gateway, name: x }]', 'shop'),
    );
    expect(answer.mayDiffer?.map(({ object }) => object?.name)).toEqual([
      'mine',
      'wasm',
      'extension',
      'mesh',
    ]);
    expect(accepts(pod('cart')).accepts.mayDiffer).toBeUndefined();
  });
});
