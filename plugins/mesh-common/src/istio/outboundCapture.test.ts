import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, pod, podOf } from './__testUtils__/istio';
import { outboundCapture } from './outboundCapture';

const P = 'traffic.sidecar.istio.io';
const settings = (proxy: string) => `---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data:
  config: ""
  values: '{ "global": { "proxy": ${proxy} } }'
`;

function captureOf(
  annotations: string,
  addresses: readonly string[] | undefined,
  values = '',
) {
  const snapshot = clusterOf(ISTIO + values + pod('web', { annotations }));
  const found = outboundCapture(snapshot, podOf(snapshot, 'web'), {
    port: 80,
    addresses,
  });
  if (found.bypass) {
    return 'past';
  }
  return found.open ? 'open' : 'taken';
}

const IN = ['10.96.0.9'];
const OUT = ['172.20.0.9'];

it.each<[string, string, readonly string[] | undefined, string]>([
  ['says nothing', '', IN, 'taken'],
  ['says nothing, of an unknown address', '', undefined, 'taken'],
  ['excludes the port', `${P}/excludeOutboundPorts: '79,80'`, IN, 'past'],
  ['excludes another', `${P}/excludeOutboundPorts: '8080'`, IN, 'taken'],
  [
    'excludes the range',
    `${P}/excludeOutboundIPRanges: 10.0.0.0/8`,
    IN,
    'past',
  ],
  [
    'excludes the address',
    `${P}/excludeOutboundIPRanges: 10.0.0.1, 10.96.0.9`,
    IN,
    'past',
  ],
  [
    'excludes another range',
    `${P}/excludeOutboundIPRanges: 10.0.0.0/8`,
    OUT,
    'taken',
  ],
  [
    'excludes a range, of an unknown address',
    `${P}/excludeOutboundIPRanges: 10.0.0.0/8`,
    undefined,
    'open',
  ],
  [
    'excludes a range that some of the addresses are in',
    `${P}/excludeOutboundIPRanges: 10.0.0.0/8`,
    [...IN, ...OUT],
    'open',
  ],
  [
    'excludes the range though it includes the port',
    `${P}/excludeOutboundIPRanges: 10.0.0.0/8\n    ${P}/includeOutboundPorts: '80'`,
    IN,
    'past',
  ],
  [
    'includes the range',
    `${P}/includeOutboundIPRanges: 10.0.0.0/8`,
    IN,
    'taken',
  ],
  ['includes another', `${P}/includeOutboundIPRanges: 10.0.0.0/8`, OUT, 'past'],
  [
    'includes a range, of an unknown address',
    `${P}/includeOutboundIPRanges: 10.0.0.0/8`,
    undefined,
    'open',
  ],
  ['includes none', `${P}/includeOutboundIPRanges: ""`, undefined, 'past'],
  [
    'includes another range, but the port',
    `${P}/includeOutboundIPRanges: 10.0.0.0/8\n    ${P}/includeOutboundPorts: "80"`,
    OUT,
    'taken',
  ],
  [
    'includes what is no range',
    `${P}/includeOutboundIPRanges: x/y`,
    IN,
    'open',
  ],
  ['captures nothing', 'sidecar.istio.io/interceptionMode: NONE', IN, 'past'],
])('a client that %s', (_, annotations, addresses, expected) => {
  expect(captureOf(annotations, addresses)).toBe(expected);
});

it.each<[string, string, string, string]>([
  ['excludes the range', '{ "excludeIPRanges": "10.0.0.0/8" }', '', 'past'],
  ['includes another', '{ "includeIPRanges": "172.20.0.0/16" }', '', 'past'],
  ['excludes the port', '{ "excludeOutboundPorts": "80" }', '', 'past'],
  [
    'includes another, which the pod does not',
    '{ "includeIPRanges": "172.20.0.0/16" }',
    `${P}/includeOutboundIPRanges: "*"`,
    'taken',
  ],
])('an injector that %s', (_, values, annotations, expected) => {
  expect(captureOf(annotations, IN, settings(values))).toBe(expected);
});
