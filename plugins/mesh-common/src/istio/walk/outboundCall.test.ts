import { clusterOf } from '../../__testUtils__/cluster';
import { KindId } from '../../kubernetes/kinds';
import {
  istio,
  ISTIO,
  meshSettings,
  namespace,
  pod,
  service,
} from '../__testUtils__/istio';
import { OutboundAnswer, OutboundCall } from './call';
import { outboundCall } from './outboundCall';

const SERVICES =
  namespace('shop') +
  namespace('web') +
  pod('cart', { ip: '10.1.0.1' }) +
  service('cart', {
    ports:
      '{ name: http, port: 80, targetPort: 8080 }, { name: tcp-db, port: 5432 }, { name: https, port: 443 }, { port: 9000 }',
  });

interface Question {
  settings?: string;
  from?: string;
  labels?: Record<string, string>;
  forbidden?: KindId[];
}

function asked(
  yaml: string,
  call: Partial<OutboundCall>,
  question: Question = {},
) {
  const { settings = ISTIO, from = 'web', labels, forbidden } = question;
  return outboundCall(
    clusterOf(settings + SERVICES + yaml, { forbidden, origin: 'files' }),
    { proxy: 'sidecar', namespace: from, labels: labels ?? { app: 'web' } },
    { protocol: 'http', host: 'cart.shop', port: 80, ...call },
  );
}

function answer(...args: Parameters<typeof asked>): OutboundAnswer {
  const found = asked(...args);
  if ('value' in found) {
    throw new TypeError(`It is not known: ${JSON.stringify(found)}`);
  }
  return found;
}

/** The outcome, and where the call goes with which share. */
function inShort(...args: Parameters<typeof asked>): string {
  const { outcome, destinations } = answer(...args);
  return [
    outcome,
    ...destinations.map(({ host, port, subset, weight, missing }) =>
      [
        `${host?.replace('.svc.cluster.local', '')}:${port}`,
        subset,
        weight === 100 ? undefined : weight,
        missing && 'missing',
      ]
        .filter(part => part !== undefined)
        .join(' '),
    ),
  ].join(' ');
}

const routes = (spec: string, options = {}) =>
  istio('VirtualService', 'cart', spec.replace(/\n/g, '\n  '), options);

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

  describe('by what is spoken', () => {
    it.each<[string, Partial<OutboundCall>, string]>([
      [
        'TCP to the address',
        { protocol: 'tcp', port: 5432 },
        'route cart.shop:5432',
      ],
      [
        'TCP to another address',
        { protocol: 'tcp', port: 5432, address: '203.0.113.9' },
        'passthrough',
      ],
      ['HTTP on a TCP port', { port: 5432 }, 'route cart.shop:5432'],
      [
        'TLS on an HTTPS port',
        { protocol: 'tls', port: 443 },
        'route cart.shop:443',
      ],
      [
        'TLS for another name there',
        { protocol: 'tls', port: 443, sni: 'other' },
        'route cart.shop:443',
      ],
      ['other bytes on an HTTP port', { protocol: 'tcp' }, 'passthrough'],
      ['HTTP where it is looked', { port: 9000 }, 'route cart.shop:9000'],
      [
        'HTTP for any host there',
        { port: 9000, headers: { host: 'other' } },
        'route cart.shop:9000',
      ],
      [
        'other bytes where it is looked',
        { protocol: 'tcp', port: 9000 },
        'route cart.shop:9000',
      ],
      ['a port that is none', { port: 81 }, 'passthrough'],
    ])('%s', (_, call, expected) => {
      expect(inShort('', call)).toBe(expected);
    });
  });

  it('keeps Services apart that have no address yet', () => {
    const two = ['a', 'b']
      .map(name =>
        service(name, { ports: '{ name: tcp, port: 7000 }' }).replace(
          'clusterIP: 10.0.0.1',
          '',
        ),
      )
      .join('');
    const to = (host: string) =>
      inShort(two, { protocol: 'tcp', port: 7000, host });
    expect(to('a.shop')).toBe('route a.shop:7000');
    expect(to('b.shop')).toBe('route b.shop:7000');
  });

  it('does not know where a headless Service is whose pods are not known', () => {
    const headless = service('db', {
      ports: '{ name: tcp, port: 7000 }',
    }).replace('10.0.0.1', 'None');
    const call = { protocol: 'tcp', port: 7000, host: 'db.shop' } as const;
    expect(asked(headless, call, { forbidden: ['Pod'] })).toMatchObject({
      value: 'unknown',
    });
    expect(
      inShort(headless, { ...call, host: 'other' }, { forbidden: ['Pod'] }),
    ).toBe('passthrough');
  });

  describe('for what it does not know', () => {
    const REGISTRY_ONLY = meshSettings(
      'outboundTrafficPolicy: { mode: REGISTRY_ONLY }',
    );

    it('refuses it where the mesh says so', () => {
      expect(
        answer('', { host: 'other' }, { settings: REGISTRY_ONLY }),
      ).toMatchObject({
        outcome: 'blackhole',
        reasons: [
          { text: expect.stringContaining('not other') },
          { text: expect.stringContaining('REGISTRY_ONLY') },
        ],
      });
    });

    it('passes it through where the Sidecar says so', () => {
      const sidecar = istio(
        'Sidecar',
        'default',
        '{ outboundTrafficPolicy: { mode: ALLOW_ANY }, egress: [{ hosts: [./*] }] }',
        { namespace: 'web' },
      );
      expect(answer(sidecar, {}, { settings: REGISTRY_ONLY })).toMatchObject({
        outcome: 'passthrough',
        reasons: [{}, { object: { kind: 'networking.istio.io/Sidecar' } }],
      });
    });
  });

  it.each<KindId>([
    'Service',
    'networking.istio.io/VirtualService',
    'networking.istio.io/Sidecar',
    'gateway.networking.k8s.io/HTTPRoute',
  ])('does not know what happens where %s cannot be read', kind => {
    expect(asked('', {}, { forbidden: [kind] })).toMatchObject({
      value: 'unknown',
      cause: 'forbidden',
    });
  });
});
