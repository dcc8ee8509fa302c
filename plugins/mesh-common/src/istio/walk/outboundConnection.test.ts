import fc from 'fast-check';
import { KindId } from '../../kubernetes/kinds';
import { istio, meshSettings, service } from '../__testUtils__/istio';
import { answer, asked, inShort, routes } from './__testUtils__/outbound';
import { OutboundCall } from './call';

describe('outboundCall, by what is spoken and what is known', () => {
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

  it.each([
    ['http', 80, 'HTTP', 503],
    ['tcp', 5432, 'TCP', undefined],
  ] as const)(
    'has no cluster for %s to hosts that are looked up and have no name',
    (protocol, port, written, status) => {
      const entry = (more: string) =>
        istio(
          'ServiceEntry',
          'outside',
          `{ hosts: [outside.example], addresses: [240.0.0.9], resolution: DNS, ports: [{ number: ${port}, name: p, protocol: ${written} }]${more} }`,
        );
      const call = {
        protocol,
        host: 'outside.example',
        port,
        address: '240.0.0.9',
      };
      const none = answer(
        entry(', workloadSelector: { labels: { app: nowhere } }'),
        call,
      );
      expect(none.destinations[0].missing).toEqual({
        ...(status && { status }),
        reason: expect.objectContaining({
          text: expect.stringContaining('no name that could be looked up'),
        }),
      });
      expect(answer(entry(''), call).destinations[0].missing).toBeUndefined();
    },
  );

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

    it('names the ServiceEntry that is not for the namespace of the client', () => {
      const kept = istio(
        'ServiceEntry',
        'api',
        '{ hosts: [api.example.com], exportTo: ["."], resolution: DNS, ports: [{ number: 80, name: http, protocol: HTTP }] }',
      );
      expect(
        answer(kept, { host: 'api.example.com' }, { settings: REGISTRY_ONLY })
          .reasons[0],
      ).toMatchObject({
        object: { kind: 'networking.istio.io/ServiceEntry', name: 'api' },
        field: 'spec.exportTo',
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
        reasons: [
          { field: 'spec.egress' },
          {},
          { object: { kind: 'networking.istio.io/Sidecar' } },
        ],
      });
    });
  });

  it('does not know what a Sidecar does that is an HTTP proxy', () => {
    const proxy = istio(
      'Sidecar',
      'default',
      '{ egress: [{ port: { number: 3128, protocol: HTTP_PROXY }, hosts: ["*/*"] }, { hosts: ["*/*"] }] }',
      { namespace: 'web' },
    );
    expect(asked(proxy, { port: 3128 })).toMatchObject({
      value: 'unknown',
      cause: 'not-modelled',
    });
    expect(inShort(proxy, {})).toBe('route cart.shop:80');
  });

  it('does not know what a rule beside the Service does that cannot be read', () => {
    const broken = routes('{ hosts: [cart], http: 7 }');
    expect(asked(broken, {})).toMatchObject({
      value: 'unknown',
      cause: 'malformed',
    });
    expect(asked(broken, { host: 'other' })).toMatchObject({
      outcome: 'passthrough',
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

  it('answers whatever is called', () => {
    const rules =
      routes(
        '{ hosts: [cart, "*.example.com"], http: [{ match: [{ uri: { regex: "/a+" }, queryParams: { q: {} } }], rewrite: { uri: /x }, route: [{ destination: { host: cart } }] }] }',
      ) +
      istio(
        'ServiceEntry',
        'range',
        '{ hosts: ["*.wild.com"], addresses: [192.0.2.0/24], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: NONE }',
      );
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('cart', 'a.wild.com', '192.0.2.7', '::1', '__proto__'),
    );
    fc.assert(
      fc.property(
        fc.record({
          protocol: fc.constantFrom<OutboundCall['protocol'][]>(
            'http',
            'tls',
            'tcp',
          ),
          host: text,
          port: fc.constantFrom(0, 80, 443, 5432, 9000, 65536),
          path: text,
          headers: fc.dictionary(text, text),
          sni: text,
          address: fc.option(text, { nil: undefined }),
        }),
        ({ address, ...call }) => {
          const found = asked(rules, {
            ...call,
            ...(address !== undefined && { address }),
          });
          expect('value' in found ? found.reasons : found.outcome).toBeTruthy();
        },
      ),
      { numRuns: 50 },
    );
  });
});
