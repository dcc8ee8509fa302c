import {
  istio,
  namespace,
  pod,
  service,
} from '../../istio/__testUtils__/istio';
import { Example } from './example';

const AMBIENT = namespace('shop', 'istio.io/dataplane-mode: ambient');
const USING = namespace(
  'shop',
  'istio.io/dataplane-mode: ambient, istio.io/use-waypoint: w',
);
const policy = (spec = '', rule = 'to: [{ operation: { methods: [GET] } }]') =>
  istio('AuthorizationPolicy', 'p', `{ rules: [{ ${rule} }]${spec} }`);
const SELECTOR = ', selector: { matchLabels: { app: cart } }';
const toTarget = (kind: string, name: string) =>
  `, targetRefs: [{ kind: ${kind}, name: ${name} }]`;
const rule = (place = 'shop', host = 'cart.shop.svc.cluster.local') =>
  istio(
    'DestinationRule',
    'cart',
    `{ host: '${host}', trafficPolicy: { outlierDetection: { interval: 1s } } }`,
    { namespace: place },
  );
const METHODS = 'AuthorizationPolicy p spec.rules[0].to[0].operation.methods';
const DETECTION = 'DestinationRule cart spec.trafficPolicy.outlierDetection';

export const KIA0109: Example[] = [
  {
    about: 'a namespace without a waypoint',
    yaml: AMBIENT + policy(),
    finds: [METHODS],
    says: 'Namespace shop',
  },
  {
    about: 'a pod that opts out of its namespace’s',
    yaml:
      USING +
      pod('cart', { labels: 'istio.io/use-waypoint: none' }) +
      policy(SELECTOR),
    finds: [METHODS],
    says: 'Pod shop/cart-1',
  },
  {
    about: 'a Service without one, and what a JWT says',
    yaml:
      AMBIENT +
      service('cart') +
      policy(
        toTarget('Service', 'cart'),
        'from: [{ source: { requestPrincipals: ["*"] } }]',
      ),
    finds: [
      'AuthorizationPolicy p spec.rules[0].from[0].source.requestPrincipals',
    ],
    says: 'Service shop/cart',
  },
  {
    about: 'a Service that is not there, in a namespace without a waypoint',
    yaml: AMBIENT + policy(toTarget('Service', 'gone')),
    finds: [METHODS],
    says: 'Namespace shop',
  },
  {
    about: 'a Service that is not there, in a namespace with one',
    yaml: USING + policy(toTarget('Service', 'gone')),
    finds: [],
  },
  {
    about: 'a waypoint that nothing uses',
    yaml: AMBIENT + service('cart') + policy(toTarget('Gateway', 'w')),
    finds: [METHODS],
  },
  {
    about: 'a waypoint that a Service uses',
    yaml:
      AMBIENT +
      service('cart', { labels: 'istio.io/use-waypoint: w' }) +
      policy(toTarget('Gateway', 'w')),
    finds: [],
  },
  {
    about: 'a rule that ztunnel enforces',
    yaml: AMBIENT + policy('', 'to: [{ operation: { ports: ["80"] } }]'),
    finds: [],
  },
  { about: 'sidecars', yaml: namespace('shop') + policy(), finds: [] },
];

export const KIA0110: Example[] = [
  {
    about: 'a selector',
    yaml:
      USING +
      policy(SELECTOR, 'when: [{ key: "request.headers[x]", values: [y] }]'),
    finds: ['AuthorizationPolicy p spec.rules[0].when[0].key'],
    says: 'spec.targetRefs',
  },
  {
    about: 'a Service',
    yaml: USING + policy(toTarget('Service', 'cart')),
    finds: [],
  },
  { about: 'sidecars', yaml: namespace('shop') + policy(SELECTOR), finds: [] },
];

export const KIA0210: Example[] = [
  {
    about: 'all Services of a namespace without a waypoint',
    yaml: AMBIENT + rule('shop', '*.shop.svc.cluster.local'),
    finds: [DETECTION],
  },
  {
    about: 'a Service, which is KIA0211',
    yaml: AMBIENT + service('cart') + rule(),
    finds: [],
  },
  {
    about: 'a namespace with a waypoint',
    yaml: USING + rule('shop', '*.shop.svc.cluster.local'),
    finds: [],
  },
];

export const KIA0211: Example[] = [
  {
    about: 'a Service that uses no waypoint',
    yaml: AMBIENT + service('cart') + rule(),
    finds: [DETECTION],
    says: 'Service shop/cart',
  },
  {
    about: 'a Service whose namespace uses one',
    yaml: USING + service('cart') + rule(),
    finds: [],
  },
  {
    about: 'a rule about connections',
    yaml:
      AMBIENT +
      service('cart') +
      istio(
        'DestinationRule',
        'cart',
        '{ host: cart, trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } } }',
      ),
    finds: [],
  },
];

export const KIA0212: Example[] = [
  {
    about: 'a rule of the caller’s namespace',
    yaml: USING + service('cart') + rule('web'),
    finds: ['DestinationRule cart spec.host'],
  },
  {
    about: 'a rule of the Service’s namespace',
    yaml: USING + service('cart') + rule(),
    finds: [],
  },
  {
    about: 'a Service that clients’ sidecars call',
    yaml: namespace('shop') + service('cart') + rule('web'),
    finds: [],
  },
];
