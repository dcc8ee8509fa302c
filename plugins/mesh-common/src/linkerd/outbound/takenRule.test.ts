import { clusterOf, CONTROL_PLANE } from '../__testUtils__/cluster';
import { outboundPolicy } from './outboundPolicy';
import { OutboundRequest, takenOutboundRule } from './takenRule';

const SERVICE = `
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { clusterIP: 10.9.0.1, ports: [{ port: 80 }] }
`;

const egress = (trafficPolicy: string) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: out, namespace: shop }
spec: { trafficPolicy: ${trafficPolicy} }
status: { conditions: [{ type: Accepted, status: 'True' }] }
`;

const route = (
  name: string,
  spec: string,
  options: { kind?: string; parent?: string } = {},
) => {
  const { kind = 'HTTPRoute' } = options;
  const parent =
    options.parent ?? '{ group: "", kind: Service, name: cart, port: 80 }';
  const version = ['TLSRoute', 'TCPRoute'].includes(kind) ? 'v1alpha2' : 'v1';
  return `
---
apiVersion: gateway.networking.k8s.io/${version}
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec:
  parentRefs: [${parent}]
  ${spec}
status:
  parents:
    - parentRef: ${parent}
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: 'True' }]
`;
};

function ask(
  yaml: string,
  request: Partial<OutboundRequest>,
  address?: string,
): string {
  const policy = outboundPolicy(clusterOf(CONTROL_PLANE + yaml), {
    clientNamespace: 'shop',
    target: address
      ? { address }
      : { kind: 'Service', namespace: 'shop', name: 'cart' },
    port: 80,
  });
  if (!policy) {
    throw new Error('There is no policy');
  }
  const taken = takenOutboundRule(policy, {
    protocol: 'http',
    host: 'cart',
    method: 'GET',
    path: '/',
    headers: {},
    ...request,
  });
  switch (taken.by) {
    case 'route':
      return `${taken.route.route.route.metadata.name}[${taken.index}]`;
    case 'default':
      return taken.route.name;
    default:
      return taken.by;
  }
}

const PATHS = `rules:
    - matches: [{ path: { type: PathPrefix, value: /cart } }]
    - matches: [{ path: { type: Exact, value: /cart/1 } }, { headers: [{ name: X-Canary, value: "yes" }] }]`;

it.each<[string, Partial<OutboundRequest>, string]>([
  ['a prefix', { path: '/cart/2?q=1' }, 'a[0]'],
  ['the longer match', { path: '/cart/1' }, 'a[1]'],
  ['a header', { path: '/', headers: { 'x-canary': 'yes' } }, 'a[1]'],
  ['nothing', { path: '/other' }, 'nothing'],
  ['bytes that are no HTTP', { protocol: 'tcp' }, 'opaq'],
])('takes a request by %s', (_, request, expected) => {
  expect(ask(SERVICE + route('a', PATHS), request)).toBe(expected);
});

it('takes a request by its host first', () => {
  const yaml =
    SERVICE +
    route('any', 'rules: [{ matches: [{ method: GET }] }]') +
    route('named', 'hostnames: [cart.example]\n  rules: [{}]');
  expect(ask(yaml, { host: 'cart.example' })).toBe('named[0]');
  expect(ask(yaml, { host: 'cart' })).toBe('any[0]');
});

it.each<[string, string, Partial<OutboundRequest>, string]>([
  [
    'a parameter that is there twice',
    'matches: [{ queryParams: [{ name: a, value: "2?3" }] }]',
    { path: '/?a=1&a=2?3' },
    'a[0]',
  ],
  [
    'a parameter whose name begins with the question mark',
    'matches: [{ queryParams: [{ name: "?a", value: "1" }] }]',
    { path: '/??a=1' },
    'a[0]',
  ],
  [
    'an expression whose first alternative is a part only',
    'matches: [{ path: { type: RegularExpression, value: /a|/ab } }]',
    { path: '/ab' },
    'nothing',
  ],
  [
    'a prefix with slashes at its end',
    'matches: [{ path: { type: PathPrefix, value: /cart// } }]',
    { path: '/cart' },
    'a[0]',
  ],
])('takes a request by %s', (_, rule, request, expected) => {
  const yaml = SERVICE + route('a', `rules: [{ ${rule} }]`);
  expect(ask(yaml, request)).toBe(expected);
});

it.each([
  ['a.Example', 'wide[0]'],
  ['cart.example.:80', 'named[0]'],
])('takes a request by the host %s', (host, expected) => {
  const yaml =
    SERVICE +
    route('named', 'hostnames: [cart.example]\n  rules: [{}]') +
    route('wide', 'hostnames: ["*.example"]\n  rules: [{}]');
  expect(ask(yaml, { host })).toBe(expected);
});

it('prefers a prefix that is the whole path and asks for more to an expression', () => {
  const yaml =
    SERVICE +
    route(
      'a',
      `rules:
    - matches: [{ path: { type: RegularExpression, value: "/cart.*" } }]
    - matches: [{ path: { value: /cart }, headers: [{ name: x, value: y }] }]`,
    );
  const headers = { x: 'y' };
  expect(ask(yaml, { path: '/cart', headers })).toBe('a[1]');
  expect(ask(yaml, { path: '/cart/1', headers })).toBe('a[0]');
});

it('takes a request by its gRPC method', () => {
  const yaml =
    SERVICE +
    route('g', 'rules: [{ matches: [{ method: { service: shop.Cart } }] }]', {
      kind: 'GRPCRoute',
    });
  expect(ask(yaml, { path: '/shop.Cart/Add', method: 'POST' })).toBe('g[0]');
  expect(ask(yaml, { path: '/shop.Pay/Add', method: 'POST' })).toBe('nothing');
  expect(ask(yaml, { path: '/shop.Cart/Add' })).toBe('nothing');
  expect(ask(yaml, { path: '/shop.Cart', method: 'POST' })).toBe('nothing');
  expect(ask(yaml, { protocol: 'tcp' })).toBe('nothing');
});

it('takes a request that is no call by a GRPCRoute without matches', () => {
  const yaml = SERVICE + route('g', 'rules: [{}]', { kind: 'GRPCRoute' });
  expect(ask(yaml, { path: '/cart' })).toBe('g[0]');
});

it('forwards what no object routes', () => {
  expect(ask(SERVICE, {})).toBe('http');
});

describe('connections', () => {
  const routes =
    SERVICE +
    route('wide', 'hostnames: ["*.example"]\n  rules: [{}]', {
      kind: 'TLSRoute',
    }) +
    route('exact', 'hostnames: [a.example]\n  rules: [{}]', {
      kind: 'TLSRoute',
    });

  it.each([
    ['a.example', 'exact[0]'],
    ['b.example', 'wide[0]'],
    ['b.test', 'nothing'],
  ])('are taken by their server name %s', (sni, expected) => {
    expect(ask(routes, { protocol: 'tls', sni })).toBe(expected);
  });

  it('are all taken by a TCPRoute', () => {
    const yaml = SERVICE + route('t', 'rules: [{}]', { kind: 'TCPRoute' });
    expect(ask(yaml, { protocol: 'tcp' })).toBe('t[0]');
    expect(ask(yaml, {})).toBe('t[0]');
  });
});

describe('what leaves the cluster', () => {
  const parent =
    '{ group: policy.linkerd.io, kind: EgressNetwork, name: out, port: 80 }';

  it.each<[string, Partial<OutboundRequest>, string]>([
    ['Allow', { path: '/get' }, 'a[0]'],
    ['Allow', { path: '/ip' }, 'http-egress-allow'],
    ['Deny', { path: '/get' }, 'a[0]'],
    ['Deny', { path: '/ip' }, 'refusal'],
    ['Deny', { protocol: 'tls' }, 'refusal'],
    ['Allow', { protocol: 'tls' }, 'http-egress-allow'],
  ])('by %s and %j is taken by %s', (policy, request, expected) => {
    const yaml =
      egress(policy) +
      route(
        'a',
        'rules: [{ matches: [{ path: { type: Exact, value: /get } }] }]',
        { parent },
      );
    expect(ask(yaml, request, '203.0.113.7')).toBe(expected);
  });
});
