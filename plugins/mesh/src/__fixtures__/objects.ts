import { ObjectAnswer } from 'backstage-plugin-mesh-common';

const peerAuthentication = (
  name: string,
  spec: Record<string, unknown>,
): ObjectAnswer => ({
  object: {
    cluster: 'east',
    kind: 'security.istio.io/PeerAuthentication',
    namespace: 'shop',
    name,
  },
  content: {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: {
      name,
      namespace: 'shop',
      creationTimestamp: '2026-09-01T08:00:00Z',
      labels: { 'app.kubernetes.io/managed-by': 'flux' },
      annotations: { 'shop.example.com/ticket': 'PLAT-417' },
    },
    spec,
  },
  complete: true,
  dashboardUrl:
    'https://headlamp.example.com/c/east/customresources/peerauthentications/shop/default',
});

const namespace = (
  cluster: string,
  name: string,
  metadata: Record<string, unknown>,
): ObjectAnswer => ({
  object: { cluster, kind: 'Namespace', name },
  content: {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, ...metadata },
  },
  complete: false,
});

export const objectAnswers: readonly ObjectAnswer[] = [
  peerAuthentication('default', { mtls: { mode: 'STRICT' } }),
  peerAuthentication('reviews-v2', {
    selector: { matchLabels: { app: 'reviews', version: 'v2' } },
    mtls: { mode: 'STRICT' },
    portLevelMtls: { '8080': { mode: 'PERMISSIVE' } },
  }),
  namespace('west', 'reviews', {
    annotations: {
      'config.linkerd.io/default-inbound-policy': 'all-unauthenticated',
      'linkerd.io/inject': 'enabled',
    },
  }),
  namespace('east', 'shop', { labels: { 'istio-injection': 'enabled' } }),
  namespace('east', 'legacy', {}),
  {
    object: {
      cluster: 'east',
      kind: 'networking.istio.io/VirtualService',
      namespace: 'shop',
      name: 'reviews',
    },
    content: {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'reviews', namespace: 'shop' },
      spec: {
        hosts: ['reviews'],
        http: [
          {
            match: [{ headers: { 'end-user': { exact: 'jason' } } }],
            route: [{ destination: { host: 'reviews', subset: 'v2' } }],
          },
          {
            timeout: '3s',
            retries: { attempts: 3, perTryTimeout: '2s', retryOn: '5xx,reset' },
            route: [
              { destination: { host: 'reviews', subset: 'v1' }, weight: 85 },
              { destination: { host: 'reviews', subset: 'v2' }, weight: 10 },
              { destination: { host: 'reviews', subset: 'v3' }, weight: 5 },
            ],
          },
          {
            match: [{ uri: { prefix: '/old' } }],
            redirect: { uri: '/reviews', redirectCode: 308 },
          },
        ],
      },
    },
    complete: true,
  },
];
