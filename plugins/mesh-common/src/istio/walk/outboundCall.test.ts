import { service } from '../__testUtils__/istio';
import { answer, asked, inShort, routes } from './__testUtils__/outbound';

describe('outboundCall', () => {
  describe('by the Host header', () => {
    it.each([
      ['cart.shop', 'web', 'route cart.shop:80'],
      ['cart.shop.svc', 'web', 'route cart.shop:80'],
      ['cart.shop.svc.cluster.local', 'web', 'route cart.shop:80'],
      ['cart.shop.svc.cluster.local.', 'web', 'route cart.shop:80'],
      ['CART.Shop', 'web', 'route cart.shop:80'],
      ['10.0.0.1', 'web', 'route cart.shop:80'],
      ['cart', 'shop', 'route cart.shop:80'],
      ['cart', 'web', 'passthrough'],
      ['other.example.com', 'web', 'passthrough'],
    ])('%s from %s: %s', (host, from, expected) => {
      expect(inShort('', { host }, { from })).toBe(expected);
    });

    it('does not look at the port in it', () => {
      expect(inShort('', { headers: { Host: 'cart.shop:1234' } })).toBe(
        'route cart.shop:80',
      );
    });

    it('has the default retries for a service without rules, and no rule', () => {
      expect(answer('', {})).toMatchObject({
        retries: { attempts: 2, isDefault: true },
        reasons: [{ text: expect.stringContaining('to the service itself') }],
      });
      expect(answer('', {}).by).toBeUndefined();
    });
  });

  describe('by VirtualServices', () => {
    const TWO = `
hosts: [cart]
http:
  - name: test
    match: [{ headers: { x-user: { exact: ann } }, name: ann }]
    route: [{ destination: { host: cart, subset: v2 } }]
  - match: [{ uri: { prefix: /api } }]
    route: [{ destination: { host: cart } }]
    timeout: 2s
`;

    it('takes the first rule that the request meets, and names it', () => {
      const { by, destinations } = answer(routes(TWO), {
        path: '/api',
        headers: { 'x-user': 'ann' },
      });
      expect(destinations).toMatchObject([{ subset: 'v2', missing: {} }]);
      expect(by).toMatchObject({
        kind: 'networking.istio.io/VirtualService',
        object: { metadata: { name: 'cart' } },
        field: 'spec.http[0]',
        rule: 0,
        route: 'test.ann',
      });
      expect(answer(routes(TWO), { path: '/api/x' })).toMatchObject({
        timeoutMs: 2000,
        by: { rule: 1 },
      });
    });

    it('looks at the path without its dots, as the destination does', () => {
      expect(answer(routes(TWO), { path: '/x/../api/y?z' })).toMatchObject({
        by: { rule: 1 },
        rewrite: { path: '/api/y' },
      });
      expect(answer('', { path: '/a/..' }).rewrite).toEqual({ path: '/' });
    });

    it('answers 404 to what none matches', () => {
      expect(answer(routes(TWO), { path: '/' })).toMatchObject({
        outcome: 'no-route',
        reasons: [
          { text: expect.stringContaining('cart.shop') },
          { object: { name: 'cart' } },
        ],
      });
    });

    it('takes a rule for other clients for none at all', () => {
      const other = routes(`
hosts: [cart]
http:
  - match: [{ sourceLabels: { app: mobile } }]
    redirect: { uri: / }
`);
      expect(inShort(other, {})).toBe('route cart.shop:80');
      expect(answer(other, {}, { labels: { app: 'mobile' } }).redirect).toEqual(
        { code: 301, path: '/' },
      );
    });

    const ELSEWHERE = `
hosts: [shop.example.com, '*.wild.example.com']
http: [{ route: [{ destination: { host: cart, port: { number: 80 } } }] }]
`;
    it.each([
      ['shop.example.com', 80, 'route cart.shop:80'],
      ['a.b.wild.example.com', 80, 'route cart.shop:80'],
      ['wild.example.com', 80, 'passthrough'],
      ['shop.example.com', 9000, 'passthrough'],
    ])('routes %s on port %i, which is no service', (host, port, expected) => {
      expect(inShort(routes(ELSEWHERE), { host, port })).toBe(expected);
    });

    it('routes such a host on the ports of the services beside it', () => {
      const both = routes(`
hosts: [cart, shop.example.com]
http: [{ route: [{ destination: { host: cart } }] }]
`);
      expect(
        inShort(both, {
          host: 'shop.example.com',
          port: 9000,
          address: '203.0.113.9',
        }),
      ).toBe('passthrough');
      const http = service('cart-http', {
        ports: '{ name: http, port: 9000 }',
      });
      expect(
        inShort(both + http, {
          host: 'shop.example.com',
          port: 9000,
          address: '203.0.113.9',
        }),
      ).toBe('route cart.shop:9000');
    });

    it('takes a name that is only a part of the host for another host', () => {
      const partial = routes(`
hosts: [cart.shop]
http: [{ directResponse: { status: 418 } }]
`);
      expect(inShort(partial, { host: 'cart.shop' })).toBe('direct-response');
      expect(inShort(partial, { host: 'cart.shop.svc.cluster.local' })).toBe(
        'route cart.shop:80',
      );
    });

    it('says that it does not know what an expression does that is none', () => {
      expect(
        asked(
          routes(
            "{ hosts: [cart], http: [{ match: [{ uri: { regex: '(' } }], redirect: { uri: / } }] }",
          ),
          {},
        ),
      ).toMatchObject({ value: 'unknown', cause: 'malformed' });
    });
  });
});
