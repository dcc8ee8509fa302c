import {
  service,
  serviceParent,
  egressParent,
  route,
  tcp,
  tls,
  grpc,
  policyHttp,
  egress,
  OUTSIDE,
  ask,
  summary,
  ruleOf,
} from './__testUtils__/policies';

describe('of a Service', () => {
  it.each<[string, string, string]>([
    ['no routes', '', 'detect [http]'],
    ['an HTTPRoute', route('a'), 'detect a'],
    [
      'both groups, by age',
      route('b') + policyHttp('c', { created: '2025-01-01' }),
      'detect c b',
    ],
    ['equal ages, by name', route('b') + policyHttp('a'), 'detect a b'],
    ['a GRPCRoute, which wins', route('a') + grpc('g'), 'grpc g'],
    ['HTTP before TLS', route('a') + tls('t'), 'detect a'],
    ['TLS before TCP', tls('t') + tcp('c'), 'tls t'],
    [
      'of TCPRoutes the oldest',
      tcp('b') + tcp('a', { created: '2027-01-01' }),
      'opaque b',
    ],
    [
      'a route for another port',
      route('a', { parent: serviceParent(443) }),
      'detect [http]',
    ],
    [
      'a route for all ports',
      route('a', { parent: serviceParent() }),
      'detect a',
    ],
    [
      'accepted for another port',
      route('a', { accepted: serviceParent(443) }),
      'detect [http]',
    ],
    [
      'for all ports, accepted for one of them',
      route('a', { parent: serviceParent(), accepted: serviceParent(443) }),
      'detect a',
    ],
    [
      'accepted for all ports',
      route('a', { accepted: serviceParent() }),
      'detect a',
    ],
    [
      'accepted by another controller',
      route('a', { controller: 'example.com/other' }),
      'detect a',
    ],
    [
      'a TLSRoute with two rules',
      tls('t', { rules: '{}, {}' }),
      'detect [http]',
    ],
    [
      'a filter that Linkerd has not',
      route('a', {
        rules: '{ filters: [{ type: URLRewrite, urlRewrite: {} }] }',
      }),
      'detect [http]',
    ],
    [
      'a header that cannot be sent',
      route('a', {
        rules:
          '{ filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { remove: ["a b"] } }] }',
      }),
      'detect [http]',
    ],
    [
      'an invalid annotation',
      route('a', { annotations: { 'timeout.linkerd.io/idle': '-1s' } }),
      'detect [http]',
    ],
  ])('takes %s', (_, routes, expected) => {
    expect(summary(ask(service('cart') + routes))).toBe(expected);
  });

  it.each<[string, string, string, string]>([
    ['http', route('a') + grpc('g'), 'http1 a', ''],
    ['HTTP', '', 'http1 [http]', ''],
    ['kubernetes.io/h2c', route('a'), 'http2 a', ''],
    ['kubernetes.io/h2c', route('a') + grpc('g'), 'grpc g', ''],
    ['linkerd.io/opaque', route('a'), 'opaque [opaq]', ''],
    ['linkerd.io/tcp', tcp('t'), 'opaque t', ''],
    ['mysql', tls('t'), 'opaque [opaq]', ''],
    ['http', '', 'http1 [http]', '80'],
  ])('heeds appProtocol %s', (appProtocol, routes, expected, opaque) => {
    const yaml = service('cart', {
      ports: `{ port: 80, appProtocol: ${appProtocol} }`,
      annotations: opaque ? { 'config.linkerd.io/opaque-ports': opaque } : {},
    });
    expect(summary(ask(yaml + routes))).toBe(expected);
  });

  it.each([
    ['{ port: 80, appProtocol: http }, { port: 80, protocol: UDP }', 'http1'],
    ['{ port: 80 }, { port: 80, protocol: UDP, appProtocol: dns }', 'opaque'],
    [
      '{ port: 80, appProtocol: mysql }, { port: 80, protocol: UDP, appProtocol: http }',
      'http1',
    ],
    ['{ port: 80, appProtocol: constructor }', 'opaque'],
  ])('reads the ports %s as %s', (ports, protocol) => {
    expect(ask(service('cart', { ports }))?.protocol).toBe(protocol);
  });

  it.each([
    [80, '80', 'opaque [opaq]'],
    [80, '70-90', 'opaque [opaq]'],
    [80, '81', 'detect [http]'],
    [80, '80,web', 'detect [http]'],
  ])('reads port %i with opaque ports %s', (port, ports, expected) => {
    const annotations = { 'config.linkerd.io/opaque-ports': ports };
    expect(summary(ask(service('cart', { annotations }), { port }))).toBe(
      expected,
    );
  });

  it('has the default opaque ports of the control plane', () => {
    expect(summary(ask(service('cart'), { port: 3306 }))).toBe('opaque [opaq]');
  });

  it.each([
    ['shop', 'detect own'],
    ['pay', 'detect own theirs'],
  ])('gives clients of %s their routes', (from, expected) => {
    const yaml =
      service('cart') + route('own') + route('theirs', { namespace: 'pay' });
    expect(summary(ask(yaml, { from }))).toBe(expected);
  });

  it('is found by its address, on the ports that it has', () => {
    const target = { address: '10.9.0.1' };
    const yaml = service('cart') + route('a', { parent: serviceParent() });
    expect(summary(ask(yaml, { target }))).toBe('detect a');
    expect(summary(ask(yaml, { target, port: 81 }))).toBe(
      'opaque [undefined-port!]',
    );
    expect(summary(ask(yaml, { port: 81 }))).toBe('detect a');
    expect(ask(yaml, { target })?.parent).toMatchObject({ name: 'cart' });
  });

  it('need not exist where it is named, if something of its namespace is known', () => {
    expect(summary(ask(''))).toBe('not found');
    expect(summary(ask(service('other')))).toBe('detect [http]');
    expect(summary(ask(egress()))).toBe('detect [http]');
    expect(summary(ask(route('a')))).toBe('detect a');
  });
});

describe('of what is outside the cluster', () => {
  it.each<[string, string, string, number]>([
    ['no EgressNetwork', '', 'detect [egress-fallback]', 80],
    ['one that lets out', egress(), 'detect [http-egress-allow]', 80],
    [
      'one that does not',
      egress({ policy: 'Deny' }),
      'detect [http-egress-deny!]',
      80,
    ],
    [
      'an opaque port',
      egress({
        policy: 'Deny',
        annotations: { 'config.linkerd.io/opaque-ports': '80' },
      }),
      'opaque [tcp-egress-deny!]',
      80,
    ],
    [
      'a port that is opaque by default',
      egress(),
      'opaque [tcp-egress-allow]',
      3306,
    ],
    [
      'an HTTPRoute',
      egress() + route('a', { parent: egressParent(80) }),
      'detect a [http-egress-allow]',
      80,
    ],
    [
      'a GRPCRoute',
      egress({ policy: 'Deny' }) + grpc('g', { parent: egressParent(80) }),
      'grpc g [grpc-egress-deny!]',
      80,
    ],
    [
      'a TLSRoute',
      egress() + tls('t', { parent: egressParent(80) }),
      'tls t [tls-egress-allow]',
      80,
    ],
    [
      'a TCPRoute',
      egress() + tcp('t', { parent: egressParent(80) }),
      'opaque t',
      80,
    ],
    [
      'a route without a port',
      egress() + route('a', { parent: egressParent() }),
      'detect [http-egress-allow]',
      80,
    ],
  ])('has %s', (_, yaml, expected, port) => {
    expect(summary(ask(yaml, { target: OUTSIDE, port }))).toBe(expected);
  });

  it('refuses what is not HTTP, too', () => {
    const of = (policy: string) =>
      ask(egress({ policy }), { target: OUTSIDE })?.opaqueForbidden;
    expect([of('Allow'), of('Deny')]).toEqual([false, true]);
  });

  it('is a backend of routes on itself', () => {
    const ref = '{ group: policy.linkerd.io, kind: EgressNetwork, name: out }';
    const yaml =
      egress() +
      route('a', {
        parent: egressParent(80),
        rules: `{ backendRefs: [${ref}] }`,
      });
    expect(ruleOf(ask(yaml, { target: OUTSIDE })).backends).toEqual([
      {
        target: {
          kind: 'EgressNetwork',
          namespace: 'shop',
          name: 'out',
          port: 80,
        },
        weight: 1,
        ref: 0,
        filters: [],
      },
    ]);
  });

  it('is not an address of the cluster', () => {
    expect(ask(egress(), { target: { address: '10.1.2.3' } })).toBeUndefined();
  });
});

it('says why routes have no effect', () => {
  const yaml =
    service('cart') +
    grpc('g') +
    route('a') +
    route('b', { accepted: serviceParent(443) }) +
    route('c', { namespace: 'pay' });
  expect(
    ask(yaml)
      ?.ignored.map(({ text }) => text)
      .sort(),
  ).toEqual([
    'HTTPRoute pay/c is not used: it is not in the namespace of the Service, so it counts for clients of pay only, and the client is in shop',
    'HTTPRoute shop/a is not used: the parent has a GRPCRoute, which wins',
    'HTTPRoute shop/b is not used: the controller has not accepted it',
  ]);
});
