import { meshSettings } from '../../__testUtils__/istio';
import {
  answer,
  asked,
  gateway,
  http,
  INGRESS,
  inShort,
  routes,
  rule,
  to,
} from './__testUtils__/gateways';

const EVERYTHING = gateway('main', http("'*'"));
const BOUND = 'hosts: [a.example.com], gateways: [edge/main]';

describe('gatewayCall at an Istio Gateway', () => {
  it('goes by the routes that are bound to the Gateway', () => {
    expect(
      inShort(
        INGRESS + EVERYTHING + routes('r', `${BOUND}, ${to('cart')}`),
        {},
      ),
    ).toBe('route, cart.shop 80, by r spec.http[0]');
  });

  describe('listens', () => {
    const bound = routes(
      'r',
      `hosts: [a.example.com], gateways: [edge/main, shop/main], ${to('cart')}`,
    );
    it.each([
      [
        'on the port of the container that the Service leads to',
        INGRESS + EVERYTHING,
        8080,
        true,
      ],
      ['not on the port of the Service', INGRESS + EVERYTHING, 80, false],
      ['on the port itself without a Service for it', EVERYTHING, 80, true],
      [
        'for Gateways of other namespaces',
        INGRESS + gateway('main', http("'*'"), { namespace: 'shop' }),
        8080,
        true,
      ],
      [
        'not for those of other pods',
        INGRESS + gateway('main', http("'*'"), { selector: 'istio: egress' }),
        8080,
        false,
      ],
      [
        'for those that select nobody in particular',
        INGRESS + gateway('main', http("'*'"), { selector: '' }),
        8080,
        true,
      ],
    ])('%s', (_, yaml, port, listens) => {
      const { outcome } = answer(yaml + bound, { port });
      expect(outcome === 'no-listener').toBe(!listens);
    });

    it('for Gateways of its own namespace only where istiod is told so', () => {
      const istiod = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec: { containers: [{ name: discovery, image: "pilot:1.31.0", env: [{ name: PILOT_SCOPE_GATEWAY_TO_NAMESPACE, value: "true" }] }] }
`;
      const other = gateway('main', http("'*'"), { namespace: 'shop' });
      expect(inShort(istiod + INGRESS + other + bound, {})).toBe('no-listener');
      expect(inShort(istiod + INGRESS + EVERYTHING + bound, {})).toContain(
        'route',
      );
    });
  });

  describe('by the name of the Gateway', () => {
    it.each([
      ['edge/main', 'shop', true],
      ['main', 'edge', true],
      ['main', 'shop', false],
      ['./main', 'edge', true],
      ['main.edge.svc.cluster.local', 'shop', true],
      ['edge/other', 'shop', false],
      ['mesh', 'edge', false],
    ])('%s of a VirtualService in %s: %s', (name, namespace, bound) => {
      const { outcome } = answer(
        INGRESS +
          EVERYTHING +
          routes(
            'r',
            `hosts: ['*.com'], gateways: ['${name}'], ${to('cart')}`,
            {
              namespace,
            },
          ),
        {},
      );
      expect(outcome).toBe(bound ? 'route' : 'no-route');
    });
  });

  describe('for hosts that the server and the routes have in common', () => {
    it.each([
      ["'*'", 'a.example.com', 'a.example.com', true],
      ["'*.example.com'", 'a.example.com', 'a.example.com', true],
      ["'*.example.com'", "'*'", 'a.example.com', true],
      ["'*.example.com'", "'*'", 'a.org', false],
      ['a.example.com', "'*.example.com'", 'b.example.com', false],
      ['a.example.com', "'*.example.com'", 'A.Example.com', true],
      ['shop/a.example.com', 'a.example.com', 'a.example.com', true],
      ['pay/a.example.com', 'a.example.com', 'a.example.com', false],
      ['./a.example.com', 'a.example.com', 'a.example.com', false],
      ["'*/*'", 'a.example.com', 'a.example.com', true],
      ["'*/*.example.com'", 'a.example.com', 'a.example.com:8080', true],
      ['b.example.com', 'a.example.com', 'a.example.com', false],
    ])(
      'server %s, routes %s, asked for %s: %s',
      (server, host, called, found) => {
        const { outcome } = answer(
          INGRESS +
            gateway('main', http(server)) +
            routes(
              'r',
              `hosts: [${host}], gateways: [edge/main], ${to('cart')}`,
            ),
          { headers: { Host: called } },
        );
        expect(outcome).toBe(found ? 'route' : 'no-route');
      },
    );
  });

  it('takes no routes that are not exported to its namespace', () => {
    const only = (target: string) =>
      inShort(
        INGRESS +
          EVERYTHING +
          routes('r', `${BOUND}, exportTo: ['${target}'], ${to('cart')}`),
        {},
      );
    expect(only('.')).toBe('no-route');
    expect(only('pay')).toBe('no-route');
    expect(only('edge')).toContain('route, cart.shop 80');
    expect(only('*')).toContain('route, cart.shop 80');
  });

  describe('merges the routes of a host', () => {
    const OLD = '2025-01-01T00:00:00Z';
    const NEW = '2026-01-01T00:00:00Z';
    const TWO =
      INGRESS +
      EVERYTHING +
      routes(
        'young',
        `${BOUND}, ${to(
          'bill.pay.svc.cluster.local',
          rule('{ uri: { prefix: /a } }', 'orders'),
        )}`,
        { created: NEW },
      ) +
      routes(
        'old',
        `${BOUND}, ${to(
          'cart',
          rule(
            "{ uri: { prefix: / }, headers: { x: { exact: '1' } } }",
            'cart',
          ),
        )}`,
        { created: OLD },
      );

    it.each([
      ['/a', {}, 'route, orders.shop 8000, by young spec.http[0]'],
      // Not the youngest's own catch-all: the oldest comes first.
      ['/b', {}, 'route, cart.shop 80, by old spec.http[1]'],
      // A condition beside the path keeps a rule in its place.
      ['/a', { x: '1' }, 'route, cart.shop 80, by old spec.http[0]'],
    ])('%s with %j', (path, headers, expected) => {
      expect(inShort(TWO, { path, headers })).toBe(expected);
    });

    it('up to what takes everything in each', () => {
      const rules = `http: [{ match: [{ uri: { prefix: / } }], route: [{ destination: { host: cart } }] }, ${rule(
        '{ uri: { prefix: /a } }',
        'orders',
      )}]`;
      expect(
        inShort(INGRESS + EVERYTHING + routes('r', `${BOUND}, ${rules}`), {
          path: '/a',
        }),
      ).toBe('route, cart.shop 80, by r spec.http[0]');
    });

    it('but answers 404 to what none of them matches', () => {
      const { outcome, reasons } = answer(
        INGRESS +
          EVERYTHING +
          routes(
            'r',
            `${BOUND}, http: [${rule('{ uri: { exact: /a } }', 'cart')}]`,
          ),
        { path: '/b' },
      );
      expect(outcome).toBe('no-route');
      expect(reasons.at(-1)?.text).toContain(
        'Written in VirtualService shop/r',
      );
    });
  });

  it('takes the closest host', () => {
    const all =
      INGRESS +
      EVERYTHING +
      routes('any', `hosts: ['*'], gateways: [edge/main], ${to('cart')}`) +
      routes(
        'wide',
        `hosts: ['*.example.com'], gateways: [edge/main], ${to('orders')}`,
      ) +
      routes(
        'exact',
        `hosts: [a.example.com], gateways: [edge/main], http: [${rule(
          '{ uri: { exact: /x } }',
          'cart',
        )}]`,
      );
    expect(inShort(all, { host: 'a.org' })).toContain('by any');
    expect(inShort(all, { host: 'b.example.com' })).toContain('by wide');
    // Nothing falls through to another host.
    expect(inShort(all, { path: '/y' })).toBe('no-route');
  });

  describe('conditions that are decided beforehand', () => {
    const one = (match: string) =>
      inShort(
        INGRESS +
          EVERYTHING +
          routes(
            'r',
            `hosts: [a.example.com], gateways: [edge/main, mesh], http: [${rule(
              match,
              'cart',
            )}]`,
          ),
        {},
      );
    it.each([
      ['{ gateways: [edge/main] }', true],
      ['{ gateways: [mesh] }', false],
      ['{ gateways: [main] }', false],
      ['{ port: 80 }', true],
      ['{ port: 8080 }', false],
      ['{ sourceLabels: { istio: ingress } }', true],
      ['{ sourceLabels: { app: web } }', false],
      ['{ sourceNamespace: edge }', true],
      ['{ sourceNamespace: shop }', false],
    ])('%s: %s', (match, applies) => {
      expect(one(match)).toBe(
        applies ? 'route, cart.shop 80, by r spec.http[0]' : 'no-route',
      );
    });
  });

  it('decides conditions for all servers of a Gateway by the port of the first that has routes', () => {
    const servers = (...ports: number[]) =>
      gateway(
        'main',
        ports
          .map(
            (port, index) =>
              `{ port: { number: ${port}, name: h${port}, protocol: HTTP }, hosts: [${
                index === 0 ? 'a.example.com' : "'*.com'"
              }] }`,
          )
          .join(', '),
      );
    const found = (yaml: string, rest: string) =>
      inShort(
        INGRESS +
          yaml +
          routes(
            'r',
            `hosts: ['*'], gateways: [edge/main], http: [${rule(
              '{ port: 80 }',
              'orders',
            )}${rest}]`,
          ),
        { host: 'b.com' },
      );
    const REST = ', { route: [{ destination: { host: cart } }] }';
    expect(found(servers(8080, 80), REST)).toBe(
      'route, cart.shop 80, by r spec.http[1]',
    );
    expect(found(servers(80, 8080), REST)).toContain('by r spec.http[0]');
    // The first has none at all.
    expect(found(servers(8080, 80), '')).toContain('by r spec.http[0]');
  });

  it('follows a delegate, with the names of each in its own namespace', () => {
    const root = routes(
      'root',
      'hosts: [a.example.com], gateways: [main], http: [{ match: [{ uri: { prefix: /a }, gateways: [main] }], delegate: { name: leaf, namespace: shop } }]',
      { namespace: 'edge' },
    );
    const leaf = routes('leaf', to('cart'));
    expect(inShort(INGRESS + EVERYTHING + root + leaf, { path: '/a' })).toBe(
      'route, cart.shop 80, by root spec.http[0]',
    );
    expect(inShort(INGRESS + EVERYTHING + root + leaf, { path: '/b' })).toBe(
      'no-route',
    );
  });

  it('sends to the only port of a service, else to the one that it came in by', () => {
    const sent = (host: string) =>
      inShort(INGRESS + EVERYTHING + routes('r', `${BOUND}, ${to(host)}`), {});
    expect(sent('orders')).toContain('orders.shop 8000');
    expect(sent('nowhere')).toContain('nowhere.shop 80 missing 503');
  });

  it('is unknown where an input could not be read', () => {
    expect(
      asked(
        INGRESS + EVERYTHING,
        {},
        {
          forbidden: ['networking.istio.io/Gateway'],
        },
      ),
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
    expect(
      asked(
        INGRESS,
        {},
        {
          forbidden: ['gateway.networking.k8s.io/ReferenceGrant'],
        },
      ),
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });

  it('keeps to what the mesh exports by default', () => {
    expect(
      inShort(
        INGRESS + EVERYTHING + routes('r', `${BOUND}, ${to('cart')}`),
        {},
        {
          settings: meshSettings("defaultVirtualServiceExportTo: ['.']"),
        },
      ),
    ).toBe('no-route');
  });
});
