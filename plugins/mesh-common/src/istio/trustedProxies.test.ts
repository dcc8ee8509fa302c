import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, pod, podOf } from './__testUtils__/istio';
import {
  clientAddress,
  forwardedProto,
  trustedProxies,
} from './trustedProxies';

const MESH = { proxyMetadata: {}, gatewayTopology: { numTrustedProxies: 3 } };

it.each<[string, string, string, number]>([
  ['the mesh', '', '', 3],
  [
    'the annotation',
    'proxy.istio.io/config: "{ gatewayTopology: { numTrustedProxies: 1 } }"',
    '{"gatewayTopology":{"numTrustedProxies":2}}',
    1,
  ],
  [
    'the injected configuration',
    '',
    '{"gatewayTopology":{"numTrustedProxies":2}}',
    2,
  ],
  [
    'the mesh, where the annotation says other things',
    'proxy.istio.io/config: "{ concurrency: 2 }"',
    '',
    3,
  ],
  [
    'the mesh, where the annotation is none',
    'proxy.istio.io/config: "{"',
    '',
    3,
  ],
])(
  'reads how many proxies are trusted of %s',
  (_, annotations, injected, expected) => {
    const yaml = pod('front', { mode: 'gateway', annotations });
    const snapshot = clusterOf(
      ISTIO +
        (injected
          ? yaml.replace(
              '{ name: istio-proxy,',
              `{ name: istio-proxy, env: [{ name: PROXY_CONFIG, value: '${injected}' }],`,
            )
          : yaml),
    );
    expect(
      trustedProxies(podOf(snapshot, 'front'), { defaultConfig: MESH }),
    ).toBe(expected);
  },
);

it.each<[string, string | undefined, number, string | undefined]>([
  ['its peer, where none is trusted', '1.1.1.1', 0, '9.9.9.9'],
  ['what the last one tells', '2.2.2.2, 1.1.1.1', 1, '1.1.1.1'],
  ['what the last but one tells', '2.2.2.2,1.1.1.1', 2, '2.2.2.2'],
  ['its peer, where fewer have told', '1.1.1.1', 2, '9.9.9.9'],
  ['its peer, where it is no address', 'me', 1, '9.9.9.9'],
  ['its peer, without the header', undefined, 1, '9.9.9.9'],
])('takes for the client %s', (_, header, trusted, expected) => {
  expect(
    clientAddress(
      header === undefined ? {} : { 'X-Forwarded-For': header },
      trusted,
      '9.9.9.9',
    ),
  ).toBe(expected);
});

it('believes the scheme of trusted proxies', () => {
  const headers = { 'X-Forwarded-Proto': 'https' };
  expect([forwardedProto(headers, 0), forwardedProto(headers, 1)]).toEqual([
    undefined,
    'https',
  ]);
});
