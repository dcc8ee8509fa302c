import {
  istio,
  namespace,
  pod,
  service,
} from '../../istio/__testUtils__/istio';
import { Example } from './example';

const cart = (labels = '') => pod('cart') + service('cart', { labels });
const ambient = namespace('shop', 'istio.io/dataplane-mode: ambient');
const sidecars = namespace('shop', 'istio-injection: enabled');
const uses = 'istio.io/use-waypoint: waypoint';
const waypoint = (labels = '') => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop, labels: { ${labels} } }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]
`;
const forWorkloads = waypoint('istio.io/waypoint-for: workload');
const policy = (more = '') =>
  istio(
    'AuthorizationPolicy',
    'p',
    `{ targetRefs: [{ kind: Service, group: "", name: cart }], action: DENY, rules: [{ ${more} }] }`,
  );
const http = policy('to: [{ operation: { methods: [DELETE] } }]');
const tokens = istio(
  'RequestAuthentication',
  'p',
  '{ targetRefs: [{ kind: Service, group: "", name: cart }], jwtRules: [{ issuer: login, jwks: "{}" }] }',
);

export const MESHI0106: Example[] = [
  {
    about: 'a Service with a waypoint',
    yaml: ambient + cart(uses) + waypoint() + policy() + tokens,
    finds: [],
  },
  {
    about: 'a Service without one, in ambient mode',
    yaml: ambient + cart() + policy(),
    finds: ['AuthorizationPolicy p spec.targetRefs[0]'],
    says: 'goes through no waypoint',
  },
  {
    about: 'the same, of which KIA0109 and KIA1110 tell',
    yaml: ambient + cart() + http + tokens,
    finds: [],
  },
  {
    about: 'a Service of workloads with sidecars',
    yaml: sidecars + cart() + http + tokens,
    finds: [
      'AuthorizationPolicy p spec.targetRefs[0]',
      'RequestAuthentication p spec.targetRefs[0]',
    ],
  },
  {
    about: 'a Service whose namespace is not told',
    yaml: cart() + policy(),
    finds: [],
  },
  {
    about: 'a Service that is not there',
    yaml: sidecars + policy(),
    finds: [],
  },
  {
    about: 'a headless Service, whose waypoint is never found',
    yaml:
      ambient +
      cart(uses).replace('clusterIP: 10.0.0.1', 'clusterIP: None') +
      waypoint() +
      http,
    finds: ['AuthorizationPolicy p spec.targetRefs[0]'],
    says: 'is headless',
  },
  {
    about: 'a Service whose waypoint is not there',
    yaml: ambient + cart(uses) + http,
    finds: ['AuthorizationPolicy p spec.targetRefs[0]'],
  },
];

export const MESHI0107: Example[] = [
  {
    about: 'a waypoint for workloads',
    yaml: ambient + cart(uses) + forWorkloads,
    finds: ['Service cart metadata.labels'],
    says: 'is for workload',
  },
  {
    about: 'a waypoint of another namespace that keeps to its own',
    yaml:
      ambient +
      cart(`${uses}, istio.io/use-waypoint-namespace: data`) +
      waypoint().replace('namespace: shop', 'namespace: data'),
    finds: ['Service cart metadata.labels'],
    says: 'does not let',
  },
  {
    about: 'a waypoint for Services',
    yaml: ambient + cart(uses) + waypoint(),
    finds: [],
  },
  {
    about: 'a waypoint for workloads that the namespace names',
    yaml:
      namespace('shop', `istio.io/dataplane-mode: ambient, ${uses}`) +
      cart() +
      forWorkloads,
    finds: [],
  },
  {
    about: 'a waypoint that is not there',
    yaml: ambient + cart(uses),
    finds: [],
  },
];

const ambientPods = pod('cart', { mode: 'ambient' });
const selected = (action: string, more = '') =>
  istio(
    'AuthorizationPolicy',
    'p',
    `{ selector: { matchLabels: { app: cart } }, action: ${action} ${more} }`,
  );
const asks = ', provider: { name: opa }, rules: [{}]';

export const MESHI0108: Example[] = [
  {
    about: 'CUSTOM for pods in ambient mode',
    yaml: ambient + ambientPods + selected('CUSTOM', asks),
    finds: ['AuthorizationPolicy p spec.action'],
    says: 'CUSTOM',
  },
  {
    about: 'AUDIT for pods in ambient mode',
    yaml: ambient + ambientPods + selected('AUDIT', ', rules: [{}]'),
    finds: ['AuthorizationPolicy p spec.action'],
  },
  {
    about: 'CUSTOM for all of a namespace, some of which has sidecars',
    yaml:
      ambient +
      ambientPods +
      pod('front') +
      istio(
        'AuthorizationPolicy',
        'p',
        '{ action: CUSTOM, provider: { name: opa }, rules: [{}] }',
      ),
    finds: ['AuthorizationPolicy p spec.action'],
    says: '1 of 2',
  },
  {
    about: 'DENY for pods in ambient mode',
    yaml: ambient + ambientPods + selected('DENY', ', rules: [{}]'),
    finds: [],
  },
  {
    about: 'CUSTOM for pods with sidecars',
    yaml: sidecars + pod('cart') + selected('CUSTOM', asks),
    finds: [],
  },
  {
    about: 'CUSTOM by targetRefs',
    yaml:
      ambient +
      ambientPods +
      istio(
        'AuthorizationPolicy',
        'p',
        '{ targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: waypoint }], action: CUSTOM, provider: { name: opa }, rules: [{}] }',
      ),
    finds: [],
  },
];
