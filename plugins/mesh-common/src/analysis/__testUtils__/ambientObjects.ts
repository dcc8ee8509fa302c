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
const TO_CART = 'targetRefs: [{ kind: Service, name: cart }]';
const SELECTOR = 'selector: { matchLabels: { app: cart } }';
const authentication = (spec = '') =>
  istio('RequestAuthentication', 'o', `{ ${spec} }`);
const plugin = (spec = '') =>
  istio('WasmPlugin', 'o', `{ ${spec} }`).replace(
    'networking.istio.io/v1',
    'extensions.istio.io/v1alpha1',
  );
const extension = (spec = '') =>
  plugin(spec).replace('WasmPlugin', 'TrafficExtension');
const telemetry = (spec: string) =>
  istio('Telemetry', 'o', `{ ${spec} }`).replace('networking', 'telemetry');
const routes = (host = 'cart.shop.svc.cluster.local', place = 'shop') =>
  istio(
    'VirtualService',
    'o',
    `{ hosts: ['${host}'], http: [{ route: [{ destination: { host: cart } }] }] }`,
    { namespace: place },
  );

/** What is found of an object without a waypoint, and is not with one or where there are sidecars. */
function withoutWaypoint(
  kind: string,
  object: (spec?: string) => string,
): Example[] {
  return [
    {
      about: 'a namespace without a waypoint',
      yaml: AMBIENT + object(),
      finds: [`${kind} o spec`],
      says: 'Namespace shop',
    },
    {
      about: 'a pod that opts out',
      yaml:
        USING +
        pod('cart', { labels: 'istio.io/use-waypoint: none' }) +
        object(SELECTOR),
      finds: [`${kind} o spec`],
      says: 'Pod shop/cart-1',
    },
    {
      about: 'a Service that is not there',
      yaml: AMBIENT + object(TO_CART),
      finds: [`${kind} o spec`],
      says: 'Namespace shop',
    },
    {
      about: 'a namespace with a waypoint',
      yaml: USING + object(),
      finds: [],
    },
    { about: 'sidecars', yaml: namespace('shop') + object(), finds: [] },
  ];
}

/** What is found of an object without target, and is not with one or where there are sidecars. */
function withoutTarget(
  kind: string,
  object: (spec?: string) => string,
): Example[] {
  return [
    {
      about: 'a selector',
      yaml: USING + object(SELECTOR),
      finds: [`${kind} o spec`],
      says: 'spec.targetRefs',
    },
    { about: 'a target', yaml: USING + object(TO_CART), finds: [] },
    {
      about: 'sidecars',
      yaml: namespace('shop') + object(SELECTOR),
      finds: [],
    },
  ];
}

const traced = (spec = '') => telemetry(`tracing: [{}]${spec && `, ${spec}`}`);
const ABOUT_CONNECTIONS: Example = {
  about: 'connections alone',
  yaml: AMBIENT + telemetry('metrics: [{}]'),
  finds: [],
};

export const KIA1110 = withoutWaypoint('RequestAuthentication', authentication);
export const KIA1111 = [
  ...withoutWaypoint('WasmPlugin', plugin),
  ...withoutWaypoint('TrafficExtension', extension),
];
export const KIA1112 = [
  ...withoutWaypoint('Telemetry', traced),
  ABOUT_CONNECTIONS,
  {
    about: 'metrics of requests, and the access log',
    yaml:
      AMBIENT +
      telemetry('metrics: [{ overrides: [{}] }]') +
      telemetry('accessLogging: [{}]').replace('name: o', 'name: log'),
    finds: ['Telemetry o spec', 'Telemetry log spec'],
  },
];
export const KIA1115 = withoutTarget('RequestAuthentication', authentication);
export const KIA1116 = [
  ...withoutTarget('WasmPlugin', plugin),
  ...withoutTarget('TrafficExtension', extension),
];
export const KIA1117 = [
  ...withoutTarget('Telemetry', traced),
  ABOUT_CONNECTIONS,
];

export const KIA1109: Example[] = [
  {
    about: 'hosts that no Service has, in a namespace without a waypoint',
    yaml: AMBIENT + routes('cart.org'),
    finds: ['VirtualService o spec.hosts'],
  },
  {
    about: 'a Service, which is KIA1113',
    yaml: AMBIENT + service('cart') + routes(),
    finds: [],
  },
  {
    about: 'a namespace with a waypoint',
    yaml: USING + routes('cart.org'),
    finds: [],
  },
];

export const KIA1113: Example[] = [
  {
    about: 'a Service without a waypoint',
    yaml: AMBIENT + service('cart') + routes(),
    finds: ['VirtualService o spec.hosts[0]'],
    says: 'Service shop/cart',
  },
  {
    about: 'a Service with one',
    yaml:
      AMBIENT +
      service('cart', { labels: 'istio.io/use-waypoint: w' }) +
      routes(),
    finds: [],
  },
  {
    about: 'routes of a gateway alone',
    yaml:
      AMBIENT +
      service('cart') +
      routes().replace('{ hosts', '{ gateways: [edge], hosts'),
    finds: [],
  },
];

export const KIA1114: Example[] = [
  {
    about: 'routes of the caller’s namespace',
    yaml: USING + service('cart') + routes(undefined, 'web'),
    finds: ['VirtualService o spec.hosts[0]'],
  },
  {
    about: 'routes of the Service’s namespace',
    yaml: USING + service('cart') + routes(),
    finds: [],
  },
];

const routeOf = (kind: 'HTTPRoute' | 'GRPCRoute') => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: o, namespace: shop }
spec: { parentRefs: [{ name: edge }, { group: "", kind: Service, name: cart }], rules: [{}] }
`;

export const MESHI0104: Example[] = [
  {
    about: 'a Service without a waypoint',
    yaml: AMBIENT + service('cart') + routeOf('HTTPRoute'),
    finds: ['HTTPRoute o spec.parentRefs[1]'],
    says: 'Service shop/cart',
  },
  {
    about: 'the same for gRPC',
    yaml: AMBIENT + service('cart') + routeOf('GRPCRoute'),
    finds: ['GRPCRoute o spec.parentRefs[1]'],
  },
  {
    about: 'a Service that uses one',
    yaml: USING + service('cart') + routeOf('HTTPRoute'),
    finds: [],
  },
  {
    about: 'clients with sidecars',
    yaml: namespace('shop') + service('cart') + routeOf('HTTPRoute'),
    finds: [],
  },
];
