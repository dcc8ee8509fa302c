import { istio, pod, service } from '../__testUtils__/istio';
import {
  cart,
  denyShop,
  Question,
  seen,
  strict,
  walked,
} from './__testUtils__/walked';

describe('walk through a gateway', () => {
  const front =
    pod('front', {
      mode: 'gateway',
      ip: '10.1.0.9',
      ports: '{ containerPort: 8080 }',
    }) +
    service('front') +
    istio(
      'Gateway',
      'front',
      '{ selector: { app: front }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }',
    ) +
    istio(
      'VirtualService',
      'front',
      '{ hosts: [shop.example], gateways: [front], http: [{ match: [{ uri: { prefix: /cart } }], route: [{ destination: { host: cart } }] }, { match: [{ uri: { prefix: /old } }], redirect: { uri: /cart } }] }',
    );
  const asked: Question = {
    gateway: 'front',
    host: 'shop.example',
    path: '/cart',
  };
  const guard = istio(
    'AuthorizationPolicy',
    'guard',
    '{ selector: { matchLabels: { app: front } }, rules: [{ to: [{ operation: { paths: ["/cart*"] } }] }] }',
  );

  it.each<[string, string, Question, string]>([
    ['a route', front + cart, asked, 'delivered'],
    [
      'mutual TLS to a STRICT server',
      front + cart + strict,
      asked,
      'delivered',
    ],
    [
      'no route for the path',
      front + cart,
      { ...asked, path: '/x' },
      'no-route 404 NR',
    ],
    [
      'no route for the host',
      front + cart,
      { ...asked, host: 'other.example' },
      'no-route 404 NR',
    ],
    [
      'a port where it does not listen',
      front + cart,
      { ...asked, port: 8443 },
      'failed closed',
    ],
    [
      'a policy of its own',
      front + cart + guard,
      { ...asked, path: '/old' },
      'denied 403',
    ],
    ['a policy that allows', front + cart + guard, asked, 'delivered'],
    [
      'a policy before no route',
      front + cart + guard,
      { ...asked, path: '/x' },
      'denied 403',
    ],
    [
      'a redirect',
      front + cart,
      { ...asked, path: '/old?a=b' },
      'redirect 301',
    ],
    ['no endpoint behind it', front + service('cart'), asked, 'failed 503 UH'],
  ])('%s', (_name, yaml, question, expected) => {
    expect(seen(yaml, question)).toBe(expected);
  });

  it('says where a redirect leads, and as whom the server sees the gateway', () => {
    expect(
      walked(front + cart, { ...asked, path: '/old?a=b' }).redirect,
    ).toEqual({ status: 301, location: 'http://shop.example/cart?a=b' });
    // The gateway is a workload of the namespace to whom it calls; who comes to it has no identity.
    const [branch] = walked(front + cart + denyShop, asked).branches;
    expect(branch.outcome).toBe('denied');
  });

  it('refuses a Gateway that there is not', () => {
    expect(() => walked(cart, { gateway: 'nobody' })).toThrow(
      'There is no Gateway shop/nobody on the cluster test',
    );
  });
});
