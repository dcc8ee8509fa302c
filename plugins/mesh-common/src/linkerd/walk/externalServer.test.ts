import { document } from '../__testUtils__/cluster';
import {
  allow,
  CART,
  plainPod,
  seen,
  service,
  walked,
  WEB,
  WEB_IDENTITY,
} from './__testUtils__/walked';

const machine = (
  options: {
    ready?: boolean;
    identity?: string;
    ports?: object[];
    annotations?: Record<string, string>;
    ip?: string;
  } = {},
) =>
  document({
    apiVersion: 'workload.linkerd.io/v1beta1',
    kind: 'ExternalWorkload',
    metadata: {
      name: 'vm-1',
      namespace: 'shop',
      labels: { app: 'cart' },
      annotations: options.annotations ?? {},
    },
    spec: {
      meshTLS: { identity: options.identity ?? 'spiffe://mesh.example/vm-1' },
      ports: options.ports ?? [{ port: 8080 }],
      workloadIPs: [{ ip: options.ip ?? '192.0.2.9' }],
    },
    status: {
      conditions: [
        { type: 'Ready', status: options.ready === false ? 'False' : 'True' },
      ],
    },
  });

/** Selects machines alone. */
const DENY = `
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { externalWorkloadSelector: { matchLabels: { app: cart } }, port: 8080, accessPolicy: deny }
`;
const named = `
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { clusterIP: 10.9.0.4, selector: { app: cart }, ports: [{ port: 80, targetPort: http }] }
`;

describe('a workload outside Kubernetes', () => {
  it.each<[string, string, string]>([
    [
      'takes what nothing forbids',
      WEB + service('cart') + machine(),
      'delivered',
    ],
    [
      'refuses whom its Server does not let in',
      WEB + service('cart') + machine() + DENY,
      'denied 403',
    ],
    [
      'lets in whom its Server lets in',
      WEB + service('cart') + machine() + DENY + allow(WEB_IDENTITY),
      'delivered',
    ],
    [
      'refuses who comes without identity where it has none itself',
      WEB +
        service('cart') +
        machine({ identity: '' }) +
        DENY +
        allow(WEB_IDENTITY),
      'denied 403',
    ],
    [
      'has the default that is written on it',
      plainPod('web', '10.1.0.1') +
        service('cart') +
        machine({
          annotations: {
            'config.linkerd.io/default-inbound-policy': 'all-authenticated',
          },
        }),
      'denied 403',
    ],
    [
      'gets nothing until it is ready',
      WEB + service('cart') + machine({ ready: false }),
      'failed 503',
    ],
    [
      'is found at the port that it has under the name of the Service',
      WEB + named + machine({ ports: [{ name: 'http', port: 8080 }] }) + DENY,
      'denied 403',
    ],
    [
      'is none where it has no port of the name',
      WEB + named + machine({ ports: [{ name: 'grpc', port: 8080 }] }),
      'failed 503',
    ],
    [
      'may get it beside pods that answer otherwise',
      WEB + CART + machine() + DENY,
      'depends',
    ],
  ])('%s', (_, yaml, expected) => {
    expect(seen(yaml)).toBe(expected);
  });

  it('is named by the step, and is no workload of the cluster', () => {
    const { branches } = walked(WEB + service('cart') + machine());
    expect(branches).toMatchObject([
      {
        workloads: [],
        sends: 'mtls',
        peerIdentity: WEB_IDENTITY,
        endpoints: { ready: 1, total: 1 },
        steps: expect.arrayContaining([
          expect.objectContaining({
            text: expect.stringContaining('ExternalWorkload shop/vm-1'),
          }),
        ]),
      },
    ]);
  });

  it('makes the answer unknown where such workloads cannot be read', () => {
    const { outcome } = walked(WEB + CART, {
      forbidden: ['workload.linkerd.io/ExternalWorkload'],
    });
    expect(outcome).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });

  it.each<[string, string, string]>([
    ['in a network of the cluster', '10.8.0.9', 'mtls delivered'],
    ['outside of them', '192.0.2.9', 'plaintext unmeshed'],
  ])('is known by its address %s', (_, ip, expected) => {
    const answer = walked(WEB + machine({ ip }), { host: ip, port: 8080 });
    expect(
      answer.branches.map(({ sends, outcome }) => `${sends} ${outcome}`),
    ).toEqual([expected]);
    expect(answer.steps[0].text).toBe(`${ip} (ExternalWorkload shop/vm-1)`);
  });
});
