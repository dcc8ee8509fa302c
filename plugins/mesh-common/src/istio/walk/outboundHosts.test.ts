import { clusterOf } from '../../__testUtils__/cluster';
import { istio, ISTIO, pod, service } from '../__testUtils__/istio';
import { OutboundCall } from './call';
import { outboundCall } from './outboundCall';

const SERVICES =
  service('cart') +
  pod('peers', { ip: '10.1.0.1' }) +
  service('peers').replace('clusterIP: 10.0.0.1', 'clusterIP: None') +
  service('basket', {
    spec: 'type: ExternalName\n  externalName: cart.shop.svc.cluster.local',
  });

const HOSTS = istio(
  'ServiceEntry',
  'hosts',
  `{ hosts: ['*.example.com', one.example.com], ports: [{ number: 80, name: http, protocol: HTTP }] }`,
);

/** A route of the Gateway API for the Service `cart`. */
function httpRoute(
  name: string,
  namespace: string,
  rules: string,
  parent = "{ group: '', kind: Service, name: cart, namespace: shop, port: 80 }",
): string {
  return `
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  parentRefs: [${parent}]
  rules: ${rules}
`;
}

/** What answers a request: the object and the rule, or the service itself; else the outcome. */
function answered(
  yaml: string,
  call: Partial<OutboundCall>,
  from = 'web',
): string {
  const answer = outboundCall(
    clusterOf(ISTIO + SERVICES + yaml, { origin: 'files' }),
    { proxy: 'sidecar', namespace: from, labels: { app: 'web' } },
    { protocol: 'http', host: 'cart.shop', port: 80, ...call },
  );
  if ('value' in answer) {
    return answer.value;
  }
  const { by, destinations, outcome } = answer;
  if (by) {
    return `${by.object.kind} ${by.object.metadata.name} ${by.field}`;
  }
  return destinations[0]?.host ?? outcome;
}

const redirect = (name: string, hosts: string, created?: string) =>
  istio(
    'VirtualService',
    name,
    `{ hosts: [${hosts}], http: [{ redirect: { uri: / } }] }`,
    created ? { created } : {},
  );

describe('who answers for a host', () => {
  it.each([
    ['one.example.com', 'one.example.com'],
    ['two.example.com', '*.example.com'],
    ['a.two.example.com', '*.example.com'],
    ['example.com', 'passthrough'],
    ['peers.shop', 'peers.shop.svc.cluster.local'],
    ['peers-1.peers.shop', 'peers.shop.svc.cluster.local'],
    ['peers-1.peers.shop.svc.cluster.local', 'peers.shop.svc.cluster.local'],
    ['a.cart.shop', 'passthrough'],
    ['basket.shop', 'cart.shop.svc.cluster.local'],
    ['basket.shop.svc.cluster.local', 'cart.shop.svc.cluster.local'],
  ])('%s: %s', (host, expected) => {
    expect(answered(HOSTS, { host })).toBe(expected);
  });

  it('is a service of just that host before one that could be called so', () => {
    const entry = istio(
      'ServiceEntry',
      'short',
      `{ hosts: [cart.shop], ports: [{ number: 80, name: http, protocol: HTTP }] }`,
    );
    expect(answered(entry, {})).toBe('cart.shop');
    expect(answered(entry, { host: 'cart.shop.svc' })).toBe(
      'cart.shop.svc.cluster.local',
    );
  });

  it('is the oldest of VirtualServices, a host before a wildcard', () => {
    const yaml =
      redirect('all', '"*.shop.svc.cluster.local"', '2020-01-01T00:00:00Z') +
      redirect('young', 'cart', '2026-06-01T00:00:00Z') +
      redirect('old', 'cart', '2026-05-01T00:00:00Z');
    expect(answered(yaml, {})).toBe('VirtualService old spec.http[0]');
    expect(answered(yaml, { host: 'peers.shop' })).toBe(
      'VirtualService all spec.http[0]',
    );
  });

  it('is a VirtualService for a name for another host, before that host', () => {
    const yaml = redirect('basket', 'basket');
    expect(answered(yaml, { host: 'basket.shop' })).toBe(
      'VirtualService basket spec.http[0]',
    );
    expect(answered(yaml, {})).toBe('cart.shop.svc.cluster.local');
  });

  it('is no VirtualService whose wildcard covers services of others', () => {
    const wild = redirect('wild', '"*.example.com"');
    expect(answered(wild, { host: 'two.example.com' })).toBe(
      'VirtualService wild spec.http[0]',
    );
    const covered =
      wild +
      istio(
        'ServiceEntry',
        'one',
        `{ hosts: [one.example.com], ports: [{ number: 80, name: http, protocol: HTTP }] }`,
      );
    expect(answered(covered, { host: 'one.example.com' })).toBe(
      'VirtualService wild spec.http[0]',
    );
    expect(answered(covered, { host: 'two.example.com' })).toBe('passthrough');
  });

  it('is the route of the client before that of the service', () => {
    const rules = '[{ matches: [{ path: { value: /api } }] }]';
    const yaml =
      httpRoute('producer', 'shop', rules) +
      httpRoute('consumer', 'web', rules) +
      httpRoute('stranger', 'other', rules);
    const call = { path: '/api/x' };
    expect(answered(yaml, call)).toBe('HTTPRoute consumer spec.rules[0]');
    expect(answered(yaml, call, 'shop')).toBe(
      'HTTPRoute producer spec.rules[0]',
    );
    expect(answered(yaml, { path: '/apis' })).toBe('no-route');
  });

  it('is a route for a ServiceEntry, for each of its hosts', () => {
    const yaml =
      HOSTS +
      httpRoute(
        'outside',
        'shop',
        '[{}]',
        '{ group: networking.istio.io, kind: ServiceEntry, name: hosts }',
      );
    expect(answered(yaml, { host: 'one.example.com' })).toBe(
      'HTTPRoute outside spec.rules[0]',
    );
    expect(answered(yaml, {})).toBe('cart.shop.svc.cluster.local');
  });

  it('is of equally old routes the one that istiod names first', () => {
    const rules = '[{}]';
    const created = (route: string) =>
      route.replace(
        /namespace: (\w+) }\nspec/,
        "namespace: $1, creationTimestamp: '2026-01-01T00:00:00Z' }\nspec",
      );
    expect(
      answered(
        created(httpRoute('a', 'shop', rules)) +
          created(httpRoute('ab', 'shop', rules)),
        {},
      ),
    ).toBe('HTTPRoute ab spec.rules[0]');
    expect(
      answered(
        created(httpRoute('b', 'shop', rules)) +
          created(httpRoute('a', 'shop', rules)),
        {},
      ),
    ).toBe('HTTPRoute a spec.rules[0]');
  });

  it('is a service of the namespace that the host is looked up in, whatever its ports', () => {
    const entry = (namespace: string, number: number, created: string) =>
      istio(
        'ServiceEntry',
        'api',
        `{ hosts: [api.example.com], ports: [{ number: ${number}, name: http, protocol: HTTP }], resolution: DNS }`,
        { namespace, created },
      );
    const both =
      entry('shop', 80, '2026-01-01T00:00:00Z') +
      entry('web', 8080, '2026-02-01T00:00:00Z');
    const call = { host: 'api.example.com' };
    expect(answered(both, call)).toBe('passthrough');
    expect(answered(both, call, 'other')).toBe('api.example.com');
    expect(answered(both, { ...call, port: 8080 })).toBe('api.example.com');
    // A listener of one port looks for services that have it.
    const sidecar = istio(
      'Sidecar',
      'web',
      '{ egress: [{ port: { number: 80, protocol: HTTP, name: http }, hosts: ["*/*"] }] }',
      { namespace: 'web' },
    );
    expect(answered(both + sidecar, call)).toBe('api.example.com');
  });

  it('is the last of the services of a namespace that have it', () => {
    const entry = (name: string, protocol: string, created: string) =>
      istio(
        'ServiceEntry',
        name,
        `{ hosts: [api.example.com], ports: [{ number: 80, name: p, protocol: ${protocol} }], resolution: DNS }`,
        { created },
      );
    const http = entry('a', 'HTTP', '2026-01-01T00:00:00Z');
    const call = { host: 'api.example.com' };
    expect(answered(http, call)).toBe('api.example.com');
    expect(
      answered(http + entry('b', 'TLS', '2026-02-01T00:00:00Z'), call),
    ).toBe('passthrough');
    expect(
      answered(http + entry('b', 'TLS', '2025-02-01T00:00:00Z'), call),
    ).toBe('api.example.com');
  });

  it('is the root of what is delegated', () => {
    const yaml =
      istio(
        'VirtualService',
        'root',
        '{ hosts: [cart], http: [{ redirect: { uri: / }, match: [{ uri: { exact: / } }] }, { delegate: { name: leaf } }] }',
      ) +
      istio(
        'VirtualService',
        'leaf',
        '{ http: [{ directResponse: { status: 200 } }] }',
      );
    expect(answered(yaml, { path: '/x' })).toBe(
      'VirtualService root spec.http[1]',
    );
  });

  it('is what the Sidecar imports', () => {
    const sidecar = istio(
      'Sidecar',
      'web',
      `{ egress: [{ port: { number: 80, protocol: HTTP, name: http }, hosts: [shop/cart.shop.svc.cluster.local] }, { hosts: ['~/*'] }] }`,
      { namespace: 'web' },
    );
    expect(answered(sidecar, {})).toBe('cart.shop.svc.cluster.local');
    expect(answered(sidecar, { host: 'peers.shop' })).toBe('passthrough');
  });
});
