import { istio, pod, service } from '../__testUtils__/istio';
import {
  cart,
  denyShop,
  front as bareFront,
  Question,
  seen,
  strict,
  walked,
} from './__testUtils__/walked';

describe('walk through a gateway', () => {
  const front =
    bareFront +
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

  const allowing = istio(
    'VirtualService',
    'cors',
    '{ hosts: [cors.example], gateways: [front], http: [{ corsPolicy: { allowOrigins: [{ exact: "https://app.example" }] }, route: [{ destination: { host: cart } }] }] }',
  );
  const preflight: Question = {
    method: 'OPTIONS',
    headers: {
      origin: 'https://app.example',
      'access-control-request-method': 'PUT',
    },
  };

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
    [
      'a CORS preflight that the route answers',
      front + allowing + cart,
      { ...asked, host: 'cors.example', ...preflight },
      'direct-response 200',
    ],
    [
      'a policy before that',
      front + allowing + cart + guard,
      { ...asked, path: '/x', host: 'cors.example', ...preflight },
      'denied 403',
    ],
    ['no endpoint behind it', front + service('cart'), asked, 'failed 503 UH'],
  ])('%s', (_name, yaml, question, expected) => {
    expect(seen(yaml, question)).toBe(expected);
  });

  describe('by the claims of a token', () => {
    const byGroup = istio(
      'VirtualService',
      'beta',
      '{ hosts: [beta.example], gateways: [front], http: [{ match: [{ headers: { "@request.auth.claims.group": { exact: beta } } }], route: [{ destination: { host: cart } }] }] }',
    );
    const accepts = istio(
      'RequestAuthentication',
      'front',
      '{ selector: { matchLabels: { app: front } }, jwtRules: [{ issuer: login }] }',
    );
    const beta: Question = {
      gateway: 'front',
      host: 'beta.example',
      jwt: { iss: 'login', group: 'beta' },
    };

    it.each<[string, string, Question, string]>([
      ['that the gateway accepts', accepts, beta, 'delivered'],
      [
        'of another group',
        accepts,
        { ...beta, jwt: { iss: 'login', group: 'x' } },
        'no-route 404 NR',
      ],
      ['that nobody reads', '', beta, 'no-route 404 NR'],
      [
        'that is not sent',
        accepts,
        { ...beta, jwt: undefined },
        'no-route 404 NR',
      ],
      [
        'that is not told',
        accepts,
        { ...beta, jwt: undefined, headers: { authorization: 'Bearer a.b.c' } },
        'unknown',
      ],
    ])('%s', (_name, yaml, question, expected) => {
      expect(seen(front + cart + byGroup + yaml, question)).toBe(expected);
    });
  });

  it.each<[string, string, [string, string][]]>([
    [
      'is kept from the gateway',
      '{ hosts: [lost.example], gateways: [shop/front], exportTo: ["."], http: [{ route: [{ destination: { host: cart } }] }] }',
      [['lost', 'spec.exportTo']],
    ],
    [
      'delegates to nobody',
      '{ hosts: [lost.example], gateways: [shop/front], http: [{ delegate: { name: none } }] }',
      [['lost', 'spec.http[0].delegate']],
    ],
    [
      'has no such host there',
      '{ hosts: [lost.example], gateways: [shop/narrow], http: [{ route: [{ destination: { host: cart } }] }] }',
      [['lost', 'spec.hosts']],
    ],
  ])('names the routes for a host of which one %s', (_, spec, expected) => {
    const narrow = istio(
      'Gateway',
      'narrow',
      '{ selector: { app: front }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["./*"] }] }',
    );
    const lost = istio('VirtualService', 'lost', spec, { namespace: 'web' });
    const { outcome } = walked(front + narrow + cart + lost, {
      gateway: 'front',
      host: 'lost.example',
    });
    expect(outcome.value).toBe('no-route');
    expect(
      outcome.reasons.flatMap(({ object, field }) =>
        object?.kind.endsWith('VirtualService') ? [[object.name, field]] : [],
      ),
    ).toEqual(expected);
  });

  describe('behind a load balancer', () => {
    const trusting = (proxies: number) =>
      pod('front', {
        mode: 'gateway',
        ip: '10.1.0.9',
        ports: '{ containerPort: 8080 }',
        annotations: `proxy.istio.io/config: '{ gatewayTopology: { numTrustedProxies: ${proxies} } }'`,
      }) +
      service('front') +
      istio(
        'VirtualService',
        'front',
        '{ hosts: [shop.example], gateways: [front], http: [{ route: [{ destination: { host: cart } }] }] }',
      );
    const gateway = (tls = '') =>
      istio(
        'Gateway',
        'front',
        `{ selector: { app: front }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] ${tls} }] }`,
      );
    const office = istio(
      'AuthorizationPolicy',
      'office',
      '{ selector: { matchLabels: { app: front } }, rules: [{ from: [{ source: { remoteIpBlocks: [203.0.113.0/24] } }] }] }',
    );
    const redirects = gateway(', tls: { httpsRedirect: true }');
    const from = (address: string): Question => ({
      ...asked,
      headers: { 'x-forwarded-for': address },
    });
    const https: Question = {
      ...asked,
      headers: { 'x-forwarded-proto': 'https' },
    };

    it.each<[string, string, Question, string]>([
      [
        'of the office',
        trusting(1) + gateway() + office,
        from('203.0.113.7'),
        'delivered',
      ],
      [
        'of elsewhere, which claims to be of the office',
        trusting(1) + gateway() + office,
        from('203.0.113.7, 198.51.100.9'),
        'denied 403',
      ],
      [
        'of anybody, where none is trusted',
        trusting(0) + gateway() + office,
        from('203.0.113.7'),
        'depends',
      ],
      [
        'that ends TLS and is trusted',
        trusting(1) + redirects,
        https,
        'delivered',
      ],
      [
        'that ends TLS and is not trusted',
        trusting(0) + redirects,
        https,
        'redirect 301',
      ],
    ])('%s', (_name, yaml, question, expected) => {
      expect(seen(cart + yaml, question)).toBe(expected);
    });
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
