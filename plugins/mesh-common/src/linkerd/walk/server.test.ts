import {
  service,
  plainPod,
  route,
  DENY,
  allow,
  WEB,
  CART,
  WEB_IDENTITY,
  Question,
  seen,
} from './__testUtils__/walked';

describe('who is let in', () => {
  it.each<[string, string, Question, string]>([
    ['everybody, by default', WEB + CART, {}, 'delivered'],
    [
      'whom an authorization names',
      WEB + CART + DENY + allow(WEB_IDENTITY),
      {},
      'delivered',
    ],
    [
      'nobody else',
      WEB + CART + DENY + allow('other.example'),
      {},
      'denied 403',
    ],
    [
      'nobody without an identity',
      plainPod('web', '10.1.0.1') + CART + DENY + allow(WEB_IDENTITY),
      {},
      'denied 403',
    ],
    [
      'no connection either',
      WEB + CART + DENY,
      { protocol: 'tcp' },
      'denied closed',
    ],
    [
      'those without a proxy, by a server without one',
      plainPod('web', '10.1.0.1') +
        plainPod('cart', '10.1.0.2') +
        service('cart'),
      {},
      'delivered',
    ],
  ])('is %s', (_, yaml, question, expected) => {
    expect(seen(yaml, question)).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['set', 'set: [{ name: X-Env, value: prod }]', 'delivered'],
    [
      'set over what is added',
      'set: [{ name: X-Env, value: prod }], add: [{ name: x-env, value: test }]',
      'delivered',
    ],
    [
      'removed over what is set',
      'set: [{ name: X-Env, value: prod }], remove: [x-env]',
      'denied 404',
    ],
  ])('goes by the header that a backend has %s', (_, changes, expected) => {
    const server = '{ group: policy.linkerd.io, kind: Server, name: cart }';
    const inbound = route(
      '{ matches: [{ headers: [{ name: x-env, value: prod }] }] }',
      { parent: server },
    );
    const outbound = route(
      `{ backendRefs: [{ name: cart, port: 80, filters: [
        { type: RequestHeaderModifier, requestHeaderModifier: { ${changes} } }] }] }`,
    ).replace(
      'name: cart, namespace: shop, annotations',
      'name: out, namespace: shop, annotations',
    );
    const yaml = WEB + CART + DENY + allow(WEB_IDENTITY) + inbound;
    expect(seen(yaml)).toBe('denied 404');
    expect(seen(yaml + outbound)).toBe(expected);
  });

  it('goes by the path that routes of the Server take', () => {
    const server = `{ group: policy.linkerd.io, kind: Server, name: cart }`;
    const yaml =
      WEB +
      CART +
      DENY +
      allow(WEB_IDENTITY) +
      route('{ matches: [{ path: { value: /cart } }] }', { parent: server });
    expect(seen(yaml, { path: '/cart/1' })).toBe('delivered');
    expect(seen(yaml, { path: '/other' })).toBe('denied 404');
  });
});
