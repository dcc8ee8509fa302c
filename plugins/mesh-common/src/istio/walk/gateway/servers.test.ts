import { istio } from '../../__testUtils__/istio';
import { OutboundCall } from '../call';
import {
  answer,
  gateway,
  http,
  INGRESS,
  inShort,
  routes,
  to,
} from './__testUtils__/gateways';

const OLD = '2025-01-01T00:00:00Z';
const NEW = '2026-01-01T00:00:00Z';

/** A server on port 443. */
function https(name: string, hosts: string, mode = 'SIMPLE'): string {
  return `{ port: { number: 443, name: ${name}, protocol: HTTPS }, hosts: [${hosts}], tls: { mode: ${mode}, credentialName: c } }`;
}

const ALL = routes(
  'all',
  `hosts: ['*'], gateways: [edge/one, edge/two], ${to('cart')}`,
);

describe('servers of a gateway', () => {
  describe('on one port', () => {
    const one = (server: string) => gateway('one', server, { created: OLD });
    const two = (server: string) => gateway('two', server, { created: NEW });
    const HTTP =
      '{ port: { number: 80, name: h, protocol: HTTP }, hosts: [a.example.com] }';
    const HTTP2 =
      '{ port: { number: 80, name: h, protocol: HTTP2 }, hosts: [b.example.com] }';
    const TCP =
      "{ port: { number: 80, name: t, protocol: TCP }, hosts: ['*'] }";
    const TLS =
      '{ port: { number: 80, name: t, protocol: TLS }, hosts: [b.example.com], tls: { mode: PASSTHROUGH } }';
    const OTHER =
      '{ port: { number: 80, name: h, protocol: HTTP }, hosts: [b.example.com], bind: 10.9.9.9 }';

    it.each([
      [
        'HTTP goes with HTTP of other Gateways',
        one(HTTP) + two(HTTP2),
        {},
        'route, cart.shop 80, by all spec.http[0]',
      ],
      [
        'TCP does not come in where HTTP is',
        one(HTTP) + two(TCP),
        { protocol: 'tcp' },
        'blackhole',
      ],
      [
        'HTTP does not come in where TCP is',
        one(TCP) + two(HTTP2),
        {},
        'no-listener',
      ],
      [
        'TLS does not come in where HTTP is',
        one(HTTP) + two(TLS),
        { protocol: 'tls' },
        'blackhole',
      ],
      [
        'an address of its own is not reached on others',
        one(HTTP) + two(OTHER),
        {},
        'no-route',
      ],
      [
        'but on that',
        one(HTTP) + two(OTHER),
        { address: '10.9.9.9' },
        'route, cart.shop 80, by all spec.http[0]',
      ],
    ] as [string, string, Partial<OutboundCall>, string][])(
      '%s',
      (_, yaml, call, expected) => {
        expect(
          inShort(INGRESS + yaml + ALL, { host: 'b.example.com', ...call }),
        ).toBe(expected);
      },
    );

    it('the older Gateway counts, and what it leaves out is said', () => {
      const { reasons } = answer(INGRESS + two(HTTP) + one(TCP) + ALL, {});
      expect(reasons.map(({ text }) => text)).toContain(
        'Gateway edge/two servers[0] is left out: an earlier server has the port for TCP',
      );
    });
  });

  describe('with TLS', () => {
    const both =
      INGRESS +
      gateway('one', https('a', 'a.example.com'), { created: OLD }) +
      gateway('two', https('b', "'*.example.com'"), { created: NEW }) +
      routes(
        'a',
        `hosts: ['*.example.com'], gateways: [edge/one], ${to('cart')}`,
      ) +
      routes(
        'b',
        `hosts: ['*.example.com'], gateways: [edge/two], ${to('orders')}`,
      );

    it.each([
      ['a.example.com', 'tls', 'route, cart.shop 80, by a spec.http[0]'],
      ['b.example.com', 'tls', 'route, orders.shop 8000, by b spec.http[0]'],
      ['a.org', 'tls', 'blackhole'],
      ['a.example.com', 'http', 'blackhole'],
      ['a.example.com', 'tcp', 'blackhole'],
    ] as const)('%s by %s', (host, protocol, expected) => {
      expect(inShort(both, { host, protocol, port: 8443 })).toBe(expected);
    });

    it('looks for the Host header among the routes of the server that the server name has chosen', () => {
      expect(
        inShort(both, {
          protocol: 'tls',
          port: 8443,
          sni: 'a.example.com',
          host: 'b.example.com',
        }),
      ).toBe('no-route');
    });

    it('leaves out a server one of whose hosts an earlier one has', () => {
      const { reasons } = answer(
        INGRESS +
          gateway('one', https('a', 'a.example.com'), { created: OLD }) +
          gateway('two', https('b', 'b.example.com, a.example.com'), {
            created: NEW,
          }) +
          ALL,
        { protocol: 'tls', host: 'a.example.com', port: 8443 },
      );
      expect(reasons.map(({ text }) => text)).toContain(
        'Gateway edge/two servers[0] is left out: an earlier server with TLS has a.example.com already',
      );
    });

    it('knows that a redirect to the port of the request is one of HTTPS', () => {
      const rule =
        'http: [{ redirect: { uri: /new, derivePort: FROM_PROTOCOL_DEFAULT } }]';
      const { redirect } = answer(
        INGRESS +
          gateway('one', https('a', 'a.example.com')) +
          routes('a', `hosts: [a.example.com], gateways: [edge/one], ${rule}`),
        { protocol: 'tls', port: 8443, path: '/old?q' },
      );
      expect(redirect).toMatchObject({ code: 301, path: '/new' });
    });
  });

  it('answers 400 to TLS where it speaks HTTP', () => {
    const { outcome, reasons } = answer(
      INGRESS + gateway('one', http("'*'")) + ALL,
      { protocol: 'tls' },
    );
    expect(outcome).toBe('blackhole');
    expect(reasons.at(-1)?.text).toContain('400');
  });

  describe('with httpsRedirect', () => {
    const redirecting =
      INGRESS +
      gateway(
        'one',
        http("'*.example.com'", ', tls: { httpsRedirect: true }'),
      ) +
      gateway('two', http('a.org')) +
      ALL;
    it.each([
      ['a.example.com', 'redirect'],
      ['a.org', 'route, cart.shop 80, by all spec.http[0]'],
    ])('%s', (host, expected) => {
      expect(inShort(redirecting, { host })).toBe(expected);
    });

    it('sends on to HTTPS also where no route is bound', () => {
      expect(
        answer(
          INGRESS +
            gateway(
              'x',
              http('a.example.com', ', tls: { httpsRedirect: true }'),
            ),
          { path: '/p?q=1' },
        ).redirect,
      ).toEqual({ code: 301, path: '/p', scheme: 'https' });
    });
  });

  describe('for connections', () => {
    const TCP =
      "{ port: { number: 80, name: t, protocol: TCP }, hosts: ['*'] }";
    const rule = (match: string, host: string) =>
      `{ ${match} route: [{ destination: { host: ${host}, port: { number: 80 } } }] }`;
    const tcp = (...rules: string[]) =>
      INGRESS +
      gateway('one', TCP) +
      routes(
        'r',
        `hosts: ['*'], gateways: [edge/one], tcp: [${rules.join(', ')}]`,
      );

    it.each([
      [
        'the first rule',
        tcp(rule('', 'cart'), rule('', 'orders')),
        'route, cart.shop 80, by r spec.tcp[0]',
      ],
      [
        'that is for the port',
        tcp(
          rule('match: [{ port: 81 }],', 'orders'),
          rule('match: [{ port: 80 }],', 'cart'),
        ),
        'route, cart.shop 80, by r spec.tcp[1]',
      ],
      [
        'and for the Gateway',
        tcp(
          rule('match: [{ gateways: [edge/two] }],', 'orders'),
          rule('match: [{ gateways: [edge/one] }],', 'cart'),
        ),
        'route, cart.shop 80, by r spec.tcp[1]',
      ],
      [
        'whatever it says of the client',
        tcp(rule('match: [{ sourceLabels: { app: web } }],', 'cart')),
        'route, cart.shop 80, by r spec.tcp[0]',
      ],
      [
        'none: nothing listens',
        tcp(rule('match: [{ port: 81 }],', 'cart')),
        'no-listener',
      ],
    ])('takes %s', (_, yaml, expected) => {
      expect(inShort(yaml, { protocol: 'tcp' })).toBe(expected);
      // Not looked into, so that HTTP is no different.
      expect(inShort(yaml, { protocol: 'http' })).toBe(expected);
    });

    it('shares them by weight', () => {
      const yaml = tcp(
        '{ route: [{ destination: { host: cart, port: { number: 80 } }, weight: 1 }, { destination: { host: nowhere }, weight: 3 }] }',
      );
      expect(inShort(yaml, { protocol: 'tcp' })).toBe(
        'route, cart.shop 80 1, nowhere.shop 80 3 missing closed, by r spec.tcp[0]',
      );
    });

    it('ends TLS before, where it is told to', () => {
      const yaml =
        INGRESS +
        gateway(
          'one',
          "{ port: { number: 80, name: t, protocol: TLS }, hosts: ['*.example.com'], tls: { mode: SIMPLE, credentialName: c } }",
        ) +
        routes(
          'r',
          `hosts: ['*'], gateways: [edge/one], tcp: [${rule('', 'cart')}]`,
        );
      expect(inShort(yaml, { protocol: 'tls' })).toBe(
        'route, cart.shop 80, by r spec.tcp[0]',
      );
      expect(inShort(yaml, { protocol: 'tls', host: 'a.org' })).toBe(
        'blackhole',
      );
      expect(inShort(yaml, { protocol: 'tcp' })).toBe('blackhole');
    });
  });

  describe('that let TLS pass through', () => {
    const PASS =
      "{ port: { number: 443, name: t, protocol: TLS }, hosts: ['*'], tls: { mode: PASSTHROUGH } }";
    const tls = (sni: string, host: string) =>
      `{ match: [{ sniHosts: [${sni}] }], route: [{ destination: { host: ${host}, port: { number: 80 } } }] }`;
    const yaml =
      INGRESS +
      gateway('one', PASS) +
      routes(
        'old',
        `hosts: ['*.example.com'], gateways: [edge/one], tls: [${tls(
          "'*.example.com'",
          'orders',
        )}, ${tls('a.example.com', 'cart')}]`,
        { created: OLD },
      ) +
      routes(
        'new',
        `hosts: ['*'], gateways: [edge/one], tls: [${tls(
          'a.example.com, c.org',
          'orders',
        )}, ${tls('d.org', 'cart')}]`,
        { created: NEW },
      );

    it.each([
      ['a.example.com', 'tls', 'route, cart.shop 80, by old spec.tls[1]'],
      [
        'b.example.com',
        'tls',
        'route, orders.shop 80 missing closed, by old spec.tls[0]',
      ],
      ['d.org', 'tls', 'route, cart.shop 80, by new spec.tls[1]'],
      // Beside a name that another rule has, c.org is lost.
      ['c.org', 'tls', 'blackhole'],
      ['a.example.com', 'http', 'blackhole'],
    ] as const)('%s by %s', (host, protocol, expected) => {
      expect(inShort(yaml, { host, protocol, port: 8443 })).toBe(expected);
    });
  });

  describe('that let everything through to what the server name spells', () => {
    const yaml =
      INGRESS +
      gateway(
        'one',
        "{ port: { number: 443, name: t, protocol: TLS }, hosts: ['*.cluster.local'], tls: { mode: AUTO_PASSTHROUGH } }",
      ) +
      istio(
        'DestinationRule',
        'cart',
        '{ host: cart.shop.svc.cluster.local, subsets: [{ name: v1, labels: { v: "1" } }] }',
        { namespace: 'shop' },
      );

    it.each([
      ['outbound_.80_._.cart.shop.svc.cluster.local', 'route, cart.shop 80'],
      [
        'outbound_.80_.v1_.cart.shop.svc.cluster.local',
        'route, cart.shop 80 v1',
      ],
      ['outbound_.80_.v2_.cart.shop.svc.cluster.local', 'blackhole'],
      ['outbound_.81_._.cart.shop.svc.cluster.local', 'blackhole'],
      ['outbound_.80_._.nowhere.shop.svc.cluster.local', 'blackhole'],
      ['cart.shop.svc.cluster.local', 'blackhole'],
    ])('%s', (sni, expected) => {
      expect(inShort(yaml, { protocol: 'tls', sni, port: 8443 })).toBe(
        expected,
      );
    });

    it('lets other names to the servers beside it', () => {
      const beside =
        yaml +
        gateway('two', https('b', "'*'"), { created: NEW }) +
        routes('b', `hosts: ['*'], gateways: [edge/two], ${to('orders')}`);
      const at = (sni: string) =>
        inShort(beside, { protocol: 'tls', sni, port: 8443 });
      expect(at('a.example.com')).toBe(
        'route, orders.shop 8000, by b spec.http[0]',
      );
      expect(at('outbound_.80_._.cart.shop.svc.cluster.local')).toBe(
        'route, cart.shop 80',
      );
    });

    it('does not listen where there is nothing to spell', () => {
      const server = (hosts: string) =>
        inShort(
          INGRESS +
            gateway(
              'one',
              `{ port: { number: 443, name: t, protocol: TLS }, hosts: [${hosts}], tls: { mode: AUTO_PASSTHROUGH } }`,
            ),
          { protocol: 'tls', port: 8443 },
        );
      expect(server("'*.example.com'")).toBe('no-listener');
      expect(server("'*.local'")).toBe('blackhole');
    });
  });
});
