import { meshedPod } from '../__testUtils__/cluster';
import {
  service,
  route,
  WEB,
  CART,
  Question,
  walked,
  seen,
  branches,
  plainPod,
} from './__testUtils__/walked';

describe('where it goes', () => {
  const v2 = meshedPod('v2', { ip: '10.1.0.3' }) + service('v2');
  const backends = (text: string) => route(`{ backendRefs: [${text}] }`);

  it.each<[string, string, Question, string]>([
    ['a Service without routes', WEB + CART, {}, 'delivered'],
    [
      'by its full name',
      WEB + CART,
      { host: 'cart.shop.svc.cluster.local' },
      'delivered',
    ],
    ['by its address', WEB + CART, { host: '10.9.0.4' }, 'delivered'],
    ['to a pod', WEB + CART, { host: '10.1.0.2', port: 8080 }, 'delivered'],
    ['no name of the cluster', WEB + CART, { host: 'basket' }, 'failed closed'],
    ['no port of the Service', WEB + CART, { port: 81 }, 'failed closed'],
    ['no endpoint', WEB + service('cart'), {}, 'failed 503'],
    [
      'no endpoint for a connection',
      WEB + service('cart'),
      { protocol: 'tcp' },
      'failed closed',
    ],
    [
      'no rule',
      WEB + CART + route('{ matches: [{ method: POST }] }'),
      {},
      'no-route 404',
    ],
    [
      'past the routes, as it is no HTTP',
      WEB + CART + route('{ matches: [{ method: POST }] }'),
      { protocol: 'tcp' },
      'delivered',
    ],
    [
      'to another Service',
      WEB + CART + v2 + backends('{ name: v2, port: 80 }'),
      {},
      'delivered',
    ],
    [
      'to a port that only its pods have',
      WEB + CART + v2 + backends('{ name: v2, port: 8080 }'),
      {},
      'delivered',
    ],
    [
      'to none that is there',
      WEB + CART + backends('{ name: v3, port: 80 }'),
      {},
      'failed 500',
    ],
    [
      'to none with a part that is there',
      WEB + CART + backends('{ name: cart, port: 80 }, { name: v3, port: 80 }'),
      {},
      'depends',
    ],
    [
      'to backends without weight',
      WEB + CART + backends('{ name: cart, port: 80, weight: 0 }'),
      {},
      'failed 500',
    ],
    ['outside', WEB, { host: 'example.com' }, 'unmeshed'],
  ])('is %s', (_, yaml, question, expected) => {
    expect(seen(yaml, question)).toBe(expected);
  });

  it('is shared by weight', () => {
    const answer = walked(
      WEB +
        CART +
        v2 +
        backends(
          '{ name: cart, port: 80, weight: 3 }, { name: v2, port: 80, weight: 1 }',
        ),
    );
    expect(branches(answer)).toEqual([
      '75 cart delivered mtls',
      '25 v2 delivered mtls',
    ]);
  });

  it('is the port of the pods where the Service does not have it', () => {
    const answer = walked(
      WEB + CART + v2 + backends('{ name: v2, port: 9090 }'),
    );
    expect(answer.branches[0]).toMatchObject({
      port: 9090,
      endpoints: { ready: 1, total: 1 },
    });
  });

  it('is past the routes of a Service without an address', () => {
    const yaml =
      WEB +
      meshedPod('cart', { ip: '10.1.0.2' }) +
      service('cart', { spec: 'clusterIP: None' }) +
      route('{ matches: [{ method: POST }] }');
    expect(seen(yaml, { port: 8080 })).toBe('delivered');
  });
});

describe('another name', () => {
  const alias = (name: string, target: string) =>
    service(name, { spec: `type: ExternalName\n  externalName: ${target}` });
  const denying = `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: out, namespace: shop }
spec: { trafficPolicy: Deny }
status: { conditions: [{ type: Accepted, status: 'True' }] }
`;

  it.each<[string, string, string]>([
    [
      'of a Service',
      alias('other', 'cart.shop.svc.cluster.local'),
      'no-route 404',
    ],
    [
      'of another name',
      alias('other', 'basket.shop.svc.cluster.local') +
        alias('basket', 'cart.shop.svc.cluster.local.'),
      'no-route 404',
    ],
    ['of what is outside', alias('other', 'api.example.com'), 'denied 403'],
    ['of what looks like a Service', alias('other', 'cart.shop'), 'denied 403'],
    [
      'of no Service',
      alias('other', 'ghost.shop.svc.cluster.local'),
      'failed closed',
    ],
  ])('is that %s', (_, yaml, expected) => {
    const routed = WEB + CART + route('{ matches: [{ method: POST }] }');
    expect(seen(routed + denying + yaml, { host: 'other' })).toBe(expected);
  });

  it('names what is dialled', () => {
    const answer = walked(WEB + alias('other', 'api.example.com'), {
      host: 'other',
    });
    expect(branches(answer)).toEqual(['100 api unmeshed plaintext']);
    expect(answer.branches[0].host).toBe('api.example.com');
    expect(answer.steps[0].reasons[0].text).toBe(
      'Service shop/other is another name for api.example.com',
    );
  });

  it('does not go round in circles', () => {
    const yaml =
      alias('other', 'basket.shop.svc.cluster.local') +
      alias('basket', 'other.shop.svc.cluster.local');
    expect(seen(WEB + yaml, { host: 'other' })).toBe('failed closed');
  });

  it('holds for clients without a proxy', () => {
    const yaml = alias('other', 'cart.shop.svc.cluster.local');
    expect(
      seen(plainPod('web', '10.1.0.1') + CART + yaml, { host: 'other' }),
    ).toBe('delivered');
  });
});

describe('a ServiceProfile', () => {
  const profile = `
---
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec:
  routes:
    - { name: get, condition: { method: GET, pathRegex: '/cart/.*' }, timeout: 300ms }
`;

  it('wins over routes', () => {
    const yaml =
      WEB + CART + profile + route('{ matches: [{ method: POST }] }');
    const answer = walked(yaml, { path: '/cart/1' });
    expect(answer.outcome.value).toBe('delivered');
    expect(answer.timeoutMs).toBe(300);
    expect(answer.steps[1].reasons.map(({ text }) => text)).toContain(
      'HTTPRoute shop/cart is not used: ServiceProfile shop/cart.shop.svc.cluster.local wins over it',
    );
    expect(walked(yaml, { path: '/other' }).timeoutMs).toBeUndefined();
  });

  it.each<[expression: string, path: string, isTaken: boolean]>([
    ['/cart/.*', '/cart/1', true],
    ['/cart', '/cart/1', false],
    ['/cart', '/my/cart', false],
    [' /cart ', '/cart', true],
    ['^/cart$', '/cart', true],
    ['/a|/ab', '/ab', true],
    ['/a|/b', '/a/x', true],
    ['/a|/b', '/x/b', true],
    ['/a|/b', '/x/a', false],
    ['(/a|/b)', '/a/x', false],
    ['(?i)/CART', '/cart', true],
    // What does not compile is dropped, and the method is left.
    ['/a)|(/b', '/c', true],
  ])('takes by %j the path %s: %s', (expression, path, isTaken) => {
    const yaml = WEB + CART + profile.replace('/cart/.*', expression);
    expect(walked(yaml, { path }).timeoutMs).toBe(isTaken ? 300 : undefined);
  });
});

describe('a ServiceProfile that overrides destinations', () => {
  const v2 = meshedPod('v2', { ip: '10.1.0.3' }) + service('v2');
  const overriding = (overrides: string) => `
---
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec: { dstOverrides: [${overrides}] }
`;
  const V2 = '{ authority: "v2.shop.svc.cluster.local:80", weight: 1 }';
  const NONE = '{ authority: "v2.shop.svc.cluster.local:80", weight: 0 }';
  const opaque =
    meshedPod('cart', { ip: '10.1.0.2' }) +
    service('cart', {
      annotations: { 'config.linkerd.io/opaque-ports': '80' },
    });

  it.each<[string, string, Question, string]>([
    ['requests', CART + overriding(V2), {}, 'v2'],
    ['connections', CART + overriding(V2), { protocol: 'tcp' }, 'v2'],
    ['what comes to an opaque port', opaque + overriding(V2), {}, 'v2'],
    ['none without weight', CART + overriding(NONE), {}, 'cart'],
    ['none beside another', CART + overriding(`${NONE}, ${V2}`), {}, 'v2'],
  ])('takes %s', (_, yaml, question, expected) => {
    expect(branches(walked(WEB + v2 + yaml, question))).toEqual([
      `100 ${expected} delivered mtls`,
    ]);
  });

  it('leaves connections to the policy where it has but routes', () => {
    const yaml =
      WEB +
      CART +
      overriding('').replace(
        'dstOverrides: []',
        'routes: [{ name: all, condition: { method: GET } }]',
      );
    const { steps } = walked(yaml, { protocol: 'tcp' });
    expect(steps[1].text).toContain('No rule decides');
  });

  it('has no say if its routes are dropped', () => {
    const yaml =
      WEB +
      CART +
      route('{ matches: [{ method: POST }] }') +
      overriding('').replace(
        'dstOverrides: []',
        'routes: [{ name: all, condition: { pathRegex: "/(?!a)" } }]',
      );
    expect(seen(yaml)).toBe('no-route 404');
  });
});

describe('an EgressNetwork', () => {
  const egress = (policy: string) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: out, namespace: shop }
spec: { trafficPolicy: ${policy} }
status: { conditions: [{ type: Accepted, status: 'True' }] }
`;

  it.each<[string, Question, string]>([
    ['Allow', {}, 'unmeshed'],
    ['Deny', {}, 'denied 403'],
    ['Deny', { protocol: 'tls', port: 443 }, 'denied closed'],
  ])('with the policy %s', (policy, question, expected) => {
    const yaml = WEB + egress(policy);
    expect(seen(yaml, { host: '203.0.113.7', ...question })).toBe(expected);
    expect(seen(yaml, { host: 'example.com', ...question })).toBe(expected);
  });

  it('is gone through by its routes', () => {
    const parent =
      '{ group: policy.linkerd.io, kind: EgressNetwork, name: out, port: 80 }';
    const yaml =
      WEB +
      egress('Deny') +
      route('{ matches: [{ path: { value: /get } }] }', { parent });
    const get = walked(yaml, { host: '203.0.113.7', path: '/get' });
    expect(branches(get)).toEqual(['100 203 unmeshed plaintext']);
    expect(seen(yaml, { host: '203.0.113.7', path: '/ip' })).toBe('denied 403');
  });

  it('says that a name may have another address', () => {
    const { outcome } = walked(WEB + egress('Deny'), { host: 'example.com' });
    expect(outcome.mayDiffer?.map(({ text }) => text)).toEqual([
      expect.stringContaining('Which EgressNetwork counts'),
    ]);
  });
});
