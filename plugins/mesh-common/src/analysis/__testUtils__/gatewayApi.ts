import { namespace, service } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const object = (
  kind: string,
  name: string,
  spec: string,
  { place = 'shop', status = '' } = {},
) => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${place} }
spec: { ${spec} }
${status && `status: { ${status} }`}
`;
const listener = (extra = '', name = 'http') =>
  `{ name: ${name}, port: 80, protocol: HTTP, ${extra} }`;
const gateway = (name: string, ...listeners: string[]) =>
  object(
    'Gateway',
    name,
    `gatewayClassName: istio, listeners: [${listeners.join(', ')}]`,
  );
const route = (
  spec: string,
  options: { place?: string; status?: string } = {},
  kind = 'HTTPRoute',
) => object(kind, 'cart', spec, options);
const refused = (type: string, parent = 'name: web, namespace: shop') =>
  `parents: [{ parentRef: { ${parent} }, controllerName: istio.io/gateway-controller, conditions: [{ type: ${type}, status: "False", reason: No }] }]`;
const allowed = (namespaces: string) =>
  listener(`allowedRoutes: { namespaces: { ${namespaces} } }`);
const OTHER = namespace('other', 'team: a');
const TO_WEB = 'parentRefs: [{ name: web, namespace: shop }]';

export const KIA1401: Example[] = [
  {
    about: 'no such Gateway',
    yaml: route('parentRefs: [{ name: web }]', {}, 'GRPCRoute'),
    finds: ['GRPCRoute cart spec.parentRefs[0]'],
    says: 'Gateway shop/web, which does not exist',
  },
  {
    about: 'a Gateway for routes of its own namespace, and of some',
    yaml:
      OTHER +
      gateway(
        'web',
        listener(),
        allowed('from: Selector, selector: { matchLabels: { team: b } }'),
      ) +
      route(TO_WEB, { place: 'other' }),
    finds: ['HTTPRoute cart spec.parentRefs[0]'],
    says: 'takes no routes of Namespace other',
  },
  {
    about: 'Gateways that take it',
    yaml:
      OTHER +
      gateway(
        'web',
        allowed('from: Selector, selector: { matchLabels: { team: a } }'),
      ) +
      gateway('own') +
      route(TO_WEB, { place: 'other' }) +
      route(
        'parentRefs: [{ name: own }, { kind: Service, group: "", name: cart }]',
      ),
    finds: [],
  },
  {
    about: 'a Gateway whose controller says so',
    yaml:
      OTHER +
      gateway('web', listener()) +
      route(TO_WEB, { place: 'other', status: refused('Accepted') }),
    finds: [],
  },
];

const send = (backend: string) => `rules: [{ backendRefs: [{ ${backend} }] }]`;
const grant = (from: string, to = 'group: "", kind: Service') =>
  object(
    'ReferenceGrant',
    'grant',
    `from: [{ group: gateway.networking.k8s.io, ${from} }], to: [{ ${to} }]`,
  );

export const KIA1402: Example[] = [
  {
    about: 'Services that do not exist',
    yaml: route(
      `parentRefs: [{ kind: Service, group: "", name: crat }], ${send(
        'name: crat, port: 80',
      )}`,
    ),
    finds: [
      'HTTPRoute cart spec.parentRefs[0]',
      'HTTPRoute cart spec.rules[0].backendRefs[0]',
    ],
    says: 'Service shop/crat, which does not exist',
  },
  {
    about: 'a Service of another namespace, granted to other routes',
    yaml:
      service('cart') +
      grant('kind: HTTPRoute, namespace: other') +
      route(
        send('name: cart, namespace: shop'),
        { place: 'other' },
        'GRPCRoute',
      ),
    finds: ['GRPCRoute cart spec.rules[0].backendRefs[0]'],
    says: 'lets a GRPCRoute of Namespace other',
  },
  {
    about: 'Services that it may use, and what is no Service',
    yaml:
      service('cart') +
      grant('kind: HTTPRoute, namespace: other') +
      route(
        `parentRefs: [{ kind: Service, group: "", name: cart, namespace: shop }], ${send(
          'name: cart, namespace: shop',
        )}`,
        { place: 'other' },
      ) +
      route(send('kind: Hostname, group: networking.istio.io, name: a.org')),
    finds: [],
  },
  {
    about: 'a route whose controller says so',
    yaml: route(send('name: crat'), { status: refused('ResolvedRefs') }),
    finds: [],
  },
];

const FOR_A = listener('hostname: a.org');
const address = (name: string, value: string) =>
  object(
    'Gateway',
    name,
    `gatewayClassName: istio, addresses: [{ value: ${value} }]`,
  );

export const KIA1501: Example[] = [
  {
    about: 'one host in two Gateways',
    yaml: gateway('one', FOR_A) + gateway('two', listener(), FOR_A),
    finds: [
      'Gateway one spec.listeners[0].hostname',
      'Gateway two spec.listeners[1].hostname',
    ],
    says: 'HTTP port 80 for a.org',
  },
  {
    about: 'all hosts in two Gateways',
    yaml: gateway('one', listener()) + gateway('two', listener()),
    finds: [],
  },
];

export const KIA1502: Example[] = [
  {
    about: 'one address for two Gateways',
    yaml: address('one', '10.0.0.1') + address('two', '10.0.0.1'),
    finds: ['Gateway one spec.addresses[0]', 'Gateway two spec.addresses[0]'],
    says: '10.0.0.1',
  },
  {
    about: 'two addresses',
    yaml: address('one', '10.0.0.1') + address('two', '10.0.0.2'),
    finds: [],
  },
];

export const KIA1503: Example[] = [
  {
    about: 'a listener twice',
    yaml: gateway('one', FOR_A, listener('hostname: a.org', 'again')),
    finds: ['Gateway one spec.listeners[1]'],
    says: 'twice',
  },
  {
    about: 'two hosts',
    yaml: gateway('one', FOR_A, listener('hostname: b.org', 'b')),
    finds: [],
  },
];

const OF_CLASS = object('Gateway', 'web', 'gatewayClassName: mine');

export const KIA1504: Example[] = [
  {
    about: 'a class that does not exist',
    yaml: OF_CLASS,
    finds: ['Gateway web spec.gatewayClassName'],
    says: 'GatewayClass mine',
  },
  {
    about: 'one that does, and one of istiod’s',
    yaml: `${OF_CLASS}${gateway('own')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: mine }
spec: { controllerName: a.org/b }
`,
    finds: [],
  },
];

export const KIA1601: Example[] = [
  {
    about: 'a namespace that does not exist',
    yaml: OTHER + grant('kind: HTTPRoute, namespace: otter'),
    finds: ['ReferenceGrant grant spec.from[0].namespace'],
    says: 'otter',
  },
  {
    about: 'one that does',
    yaml: OTHER + grant('kind: HTTPRoute, namespace: other'),
    finds: [],
  },
];

const status = (text: string) =>
  object('Gateway', 'web', 'gatewayClassName: istio', { status: text });

export const GWAPI: Example[] = [
  {
    about: 'a listener that is not programmed, and one in conflict',
    yaml: status(
      'listeners: [{ name: http, conditions: [{ type: Programmed, status: "False", reason: Invalid }] }, { name: web, conditions: [{ type: Conflicted, status: "True" }] }]',
    ),
    finds: [
      'Gateway web status.listeners[0].conditions',
      'Gateway web status.listeners[1].conditions',
    ],
    says: 'Listener',
  },
  {
    about: 'a condition of the first versions',
    yaml: status('conditions: [{ type: Ready, status: "False" }]'),
    finds: ['Gateway web status.conditions'],
  },
  {
    about: 'what passes, of whatever type',
    yaml: status(
      'conditions: [{ type: Scheduled, status: "False", reason: ListenerSetsNotValid }], listeners: [{ name: http, conditions: [{ type: Accepted, status: "False", reason: ListenersNotValid }, { type: ResolvedRefs, status: "False", reason: Pending }] }]',
    ),
    finds: [],
  },
  {
    about: 'what passes, what is good, and what istioctl tells',
    yaml: status(
      'conditions: [{ type: Accepted, status: "False" }], listeners: [{ name: http, conditions: [{ type: Programmed, status: "False", reason: Pending }, { type: Conflicted, status: "False" }] }]',
    ),
    finds: [],
  },
];
