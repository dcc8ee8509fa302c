import { istio } from '../__testUtils__/istio';
import { denyShop, seen, strict, walked, web } from './__testUtils__/walked';

const HOST = 'vm.example.com';
const ENTRY = istio(
  'ServiceEntry',
  'vm',
  `{ hosts: [${HOST}], ports: [{ number: 80, name: http, protocol: HTTP }], location: MESH_INTERNAL,
     resolution: STATIC, workloadSelector: { labels: { app: vm } } }`,
);
const vm = (rest: string, meta = '') =>
  istio(
    'WorkloadEntry',
    'vm',
    `{ address: 192.0.2.1, labels: { app: vm, ${meta} }, ${rest} }`,
  );
const WITH_PROXY = vm('serviceAccount: vm');
const WITHOUT = vm('');
const rule = (mode: string) =>
  istio(
    'DestinationRule',
    'vm',
    `{ host: ${HOST}, trafficPolicy: { tls: { mode: ${mode} } } }`,
  );
const policy = (mode: string, app: string) =>
  istio(
    'PeerAuthentication',
    'vm',
    `{ selector: { matchLabels: { app: ${app} } }, mtls: { mode: ${mode} } }`,
  );

it('names the ServiceEntry that selects nobody', () => {
  const { outcome, flag } = walked(web + ENTRY, { host: HOST });
  expect([outcome.value, flag]).toEqual(['failed', 'UH']);
  expect(outcome.reasons).toMatchObject([
    {
      object: { kind: 'networking.istio.io/ServiceEntry', name: 'vm' },
      field: 'spec.workloadSelector',
    },
  ]);
});

describe('a workload outside the cluster', () => {
  it.each<[string, string, string]>([
    ['with a service account gets mutual TLS', WITH_PROXY, 'delivered'],
    ['and takes it where the mode is STRICT', WITH_PROXY + strict, 'delivered'],
    [
      'refuses plaintext there',
      WITH_PROXY + strict + rule('DISABLE'),
      'failed 503 UC',
    ],
    [
      'by the policy for its own labels',
      WITH_PROXY + policy('STRICT', 'vm') + rule('DISABLE'),
      'failed 503 UC',
    ],
    [
      'not by one for others',
      WITH_PROXY + policy('STRICT', 'other') + rule('DISABLE'),
      'delivered',
    ],
    [
      'is sent plaintext where its mode is DISABLE',
      WITH_PROXY + policy('DISABLE', 'vm'),
      'delivered',
    ],
    ['asks its policies who calls', WITH_PROXY + denyShop, 'denied 403'],
    [
      'counts by its label without a service account',
      vm('', 'security.istio.io/tlsMode: istio') + denyShop,
      'denied 403',
    ],
    [
      'has no proxy where the label says so',
      vm('serviceAccount: vm', 'security.istio.io/tlsMode: disabled') +
        denyShop,
      'delivered',
    ],
    ['without either has none', WITHOUT + denyShop, 'delivered'],
    [
      'without either is not known to answer mutual TLS',
      WITHOUT + rule('ISTIO_MUTUAL'),
      'unknown',
    ],
  ])('%s', (_, yaml, expected) => {
    expect(seen(web + ENTRY + yaml, { host: HOST })).toBe(expected);
  });

  it('says what is sent and what is asked', () => {
    const { branches } = walked(web + ENTRY + WITH_PROXY + strict, {
      host: HOST,
    });
    expect(branches).toMatchObject([
      {
        sends: 'mtls',
        steps: expect.arrayContaining([
          expect.objectContaining({
            step: 'security',
            text: 'client mutual TLS of the mesh, server STRICT: mutual TLS',
          }),
        ]),
      },
    ]);
  });

  it('counts where it is written into the ServiceEntry itself', () => {
    const inline = istio(
      'ServiceEntry',
      'vm',
      `{ hosts: [${HOST}], ports: [{ number: 80, name: http, protocol: HTTP }], location: MESH_INTERNAL, resolution: STATIC,
         endpoints: [{ address: 192.0.2.1, serviceAccount: vm, labels: { app: vm } }] }`,
    );
    expect(seen(web + inline + denyShop, { host: HOST })).toBe('denied 403');
    expect(seen(web + inline, { host: HOST })).toBe('delivered');
  });

  it.each([
    ['True', 'delivered'],
    ['False', 'failed 503 UH'],
    [undefined, 'failed 503 UH'],
  ])('whose health is checked and %s: %s', (status, expected) => {
    const checked = `
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: shop, annotations: { proxy.istio.io/health-checks-enabled: 'true' } }
spec: { address: 192.0.2.1, labels: { app: vm }, serviceAccount: vm }
status: { conditions: [${
      status ? `{ type: Healthy, status: '${status}' }` : ''
    }] }
`;
    expect(seen(web + ENTRY + checked, { host: HOST })).toBe(expected);
  });
});
