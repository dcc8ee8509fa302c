import { meshSettings } from '../__testUtils__/istio';
import { answer, applied, CART } from './__testUtils__/appliedRule';
import { RoutedRequest } from './matchRequest';

const ROUTE = `route: [{ destination: { host: ${CART} } }]`;

describe('appliedRule', () => {
  it.each([
    ['{ uri: /new }', '{ uri: { prefix: /shop } }', { path: '/new/items' }],
    ['{ uri: /new }', '{ uri: { prefix: /shop/ } }', { path: '/newitems' }],
    ['{ uri: /new }', '{ uri: { exact: /shop/items } }', { path: '/new' }],
    ['{ uri: /new }', '{ uri: { regex: "/.*s" } }', { path: '/new' }],
    ['{ uri: /new }', '{}', { path: '/newshop/items' }],
    ['{ uri: /shop }', '{ uri: { prefix: /shop } }', undefined],
    ['{ authority: other }', '{}', { authority: 'other' }],
    ['{ authority: cart }', '{}', undefined],
    [
      '{ uriRegexRewrite: { match: "^/([^/]+)/(.*)$", rewrite: "/\\\\2/of-\\\\1" } }',
      '{}',
      { path: '/items/of-shop' },
    ],
    [
      '{ uriRegexRewrite: { match: "s", rewrite: "$1\\\\\\\\" } }',
      '{}',
      { path: '/$1\\hop/item$1\\' },
    ],
    [
      '{ uriRegexRewrite: { match: "/cart.*", rewrite: "/" } }',
      '{}',
      undefined,
    ],
  ])('rewrites by %s what matched %s', (rewrite, match, expected) => {
    expect(
      applied(`{ rewrite: ${rewrite}, ${ROUTE} }`, { match }).rewrite,
    ).toEqual(expected);
  });

  it.each([
    ['/', '/shop', '/items'],
    ['/', '/shop/items', '/'],
    ['/', '/', undefined],
    ['/new', '/shop', '/new/items'],
  ])(
    'puts %s in place of the prefix %s in the Gateway API',
    (uri, prefix, path) => {
      expect(
        applied(`{ rewrite: { uri: ${uri} }, ${ROUTE} }`, {
          gatewayApi: true,
          match: `{ uri: { prefix: ${prefix} } }`,
        }).rewrite?.path,
      ).toBe(path);
    },
  );

  const PREFLIGHT = {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://app.example',
      'Access-Control-Request-Method': 'PUT',
    },
  };

  it.each<[string, string, Partial<RoutedRequest>, string]>([
    ['nobody’s', '', PREFLIGHT, 'route'],
    [
      'its origin',
      'allowOrigins: [{ exact: "https://app.example" }]',
      PREFLIGHT,
      'direct-response',
    ],
    [
      'all origins',
      'allowOrigins: [{ exact: "*" }]',
      PREFLIGHT,
      'direct-response',
    ],
    [
      'origins by expression',
      'allowOrigins: [{ regex: "https://[a-z]+.example" }]',
      PREFLIGHT,
      'direct-response',
    ],
    [
      'its origin, in the old field',
      'allowOrigin: ["https://app.example"]',
      PREFLIGHT,
      'direct-response',
    ],
    [
      'another origin',
      'allowOrigins: [{ prefix: "https://other" }]',
      PREFLIGHT,
      'route',
    ],
    [
      'another origin, and ignores the rest',
      'allowOrigins: [{ exact: other }], unmatchedPreflights: IGNORE',
      PREFLIGHT,
      'direct-response',
    ],
    [
      'its origin, but it is no preflight',
      'allowOrigins: [{ exact: "https://app.example" }]',
      { ...PREFLIGHT, method: 'PUT' },
      'route',
    ],
    [
      'its origin, but OPTIONS asks for no method',
      'allowOrigins: [{ exact: "https://app.example" }]',
      { method: 'OPTIONS', headers: { origin: 'https://app.example' } },
      'route',
    ],
  ])(
    'answers a preflight itself where it allows %s',
    (_, cors, request, outcome) => {
      expect(
        applied(`{ corsPolicy: { ${cors} }, ${ROUTE} }`, { request }),
      ).toMatchObject({ outcome });
    },
  );

  it('does not know of a preflight where an expression for origins is none', () => {
    expect(
      answer(`{ corsPolicy: { allowOrigins: [{ regex: "(" }] }, ${ROUTE} }`, {
        request: PREFLIGHT,
      }),
    ).toBe('unknown');
  });

  it('says that it does not know what an expression does that is none', () => {
    expect(
      answer(
        `{ rewrite: { uriRegexRewrite: { match: "(", rewrite: a } }, ${ROUTE} }`,
        {},
      ),
    ).toBe('unknown');
  });

  it('takes an operation on the Host header for a rewrite of it', () => {
    const { rewrite, requestHeaders } = applied(`
headers: { request: { set: { Host: inner, x-a: '1' }, remove: [':path', x-b] } }
route:
  - destination: { host: ${CART} }
    headers: { request: { add: { x-a: '2' } }, response: { set: { x-r: '1' } } }
`);
    expect(rewrite).toEqual({ authority: 'inner' });
    expect(requestHeaders).toEqual({
      set: { 'x-a': '1' },
      add: { 'x-a': '2' },
      remove: ['x-b'],
    });
  });

  it('leaves the header operations of several destinations to each', () => {
    const { destinations, responseHeaders, requestHeaders } = applied(`
headers: { response: { remove: [x-all] } }
route:
  - destination: { host: ${CART}, subset: v1 }
    weight: 30
    headers: { request: { set: { x-leg: one, host: leg } } }
  - { destination: { host: ${CART}, subset: v2 }, weight: 10 }
  - { destination: { host: ${CART}, subset: v3 }, weight: 0 }
`);
    expect(destinations).toEqual([
      {
        host: CART,
        port: 80,
        subset: 'v1',
        weight: 30,
        headers: { request: { set: { 'x-leg': 'one' } } },
        authority: 'leg',
      },
      { host: CART, port: 80, subset: 'v2', weight: 10 },
    ]);
    expect(responseHeaders).toEqual({ remove: ['x-all'] });
    expect(requestHeaders).toBeUndefined();
  });

  it('gives everything to a single destination, whatever its weight', () => {
    expect(
      applied(`route: [{ destination: { host: ${CART} }, weight: 0 }]`)
        .destinations,
    ).toEqual([{ host: CART, port: 80, weight: 100 }]);
  });

  it.each([
    [false, 503],
    [true, 500],
  ])(
    'answers for what is missing (Gateway API: %s) %i',
    (gatewayApi, status) => {
      const { destinations } = applied(
        `route: [{ destination: { host: ${CART}, subset: v9 } }]`,
        { gatewayApi },
      );
      expect(destinations[0].missing).toMatchObject({
        status,
        reason: { text: expect.stringContaining('no subset v9') },
      });
    },
  );

  it.each([
    ['host', `{ host: gone.shop.svc.cluster.local }`],
    ['port.number', `{ host: ${CART}, port: { number: 81 } }`],
    ['subset', `{ host: ${CART}, subset: v9 }`],
  ])('names the %s where that is missing', (part, destination) => {
    const { destinations } = applied(
      `route: [{ destination: { host: ${CART} }, weight: 1 }, { destination: ${destination}, weight: 1 }]`,
    );
    expect(destinations[1].missing?.reason.field).toMatch(
      new RegExp(`\\.route\\[1\\]\\.destination\\.${part}$`),
    );
  });

  it('has no name for a backend that cannot be used at all', () => {
    const { destinations } = applied(`route: [{ destination: { host: '' } }]`, {
      gatewayApi: true,
      invalid: new Map([[0, 'it is not permitted']]),
    });
    expect(destinations).toEqual([
      {
        weight: 100,
        missing: {
          status: 500,
          reason: expect.objectContaining({
            text: expect.stringContaining('it is not permitted'),
          }),
        },
      },
    ]);
  });

  it.each([
    [`{ host: ${CART} }`, ['cookie:sid']],
    [`{ host: ${CART}, port: { number: 80 } }`, ['sourceIP']],
    [`{ host: ${CART}, subset: v2, port: { number: 80 } }`, ['header:x-user']],
    ['{ host: other.example.com }', undefined],
  ])('hashes for %s by %s', (destination, expected) => {
    expect(
      applied(`route: [{ destination: ${destination} }]`).hashPolicies,
    ).toEqual(expected);
  });

  const DEFAULT = [
    'connect-failure',
    'refused-stream',
    'unavailable',
    'cancelled',
    'retriable-status-codes',
  ];
  // The fixture's DestinationRule hashes.
  const SAME =
    'a retry goes to the same endpoint again, which a hash of the request picks';
  it.each([
    [
      '',
      {
        attempts: 2,
        on: DEFAULT,
        codes: [],
        isDefault: true,
        places: [SAME],
      },
    ],
    ['retries: { attempts: 0 },', undefined],
    [
      'retries: { attempts: 3, perTryTimeout: 2s },',
      {
        attempts: 3,
        perTryTimeoutMs: 2000,
        on: DEFAULT,
        codes: [],
        isDefault: false,
        places: [SAME],
      },
    ],
    [
      "retries: { attempts: 1, retryOn: 'reset, 503,599' },",
      {
        attempts: 1,
        on: ['reset', '599', 'retriable-status-codes'],
        codes: [503],
        isDefault: false,
        places: [SAME],
      },
    ],
    [
      'retries: { attempts: 1, retryIgnorePreviousHosts: false, retryRemoteLocalities: true },',
      {
        attempts: 1,
        on: DEFAULT,
        codes: [],
        isDefault: false,
        places: [SAME, 'retries go on to endpoints of other localities'],
      },
    ],
  ])('retries by `%s`', (retries, expected) => {
    expect(applied(`{ ${retries} ${ROUTE} }`).retries).toEqual(expected);
  });

  it('retries as the mesh does', () => {
    expect(
      applied(ROUTE, {
        settings: meshSettings('defaultHttpRetryPolicy: { attempts: 5 }'),
      }).retries,
    ).toMatchObject({ attempts: 5, isDefault: false });
  });

  it.each([
    ['{ uri: /moved }', { code: 301, path: '/moved' }],
    [
      '{ authority: other }',
      { code: 301, path: '/shop/items', authority: 'other' },
    ],
    [
      '{ scheme: https, port: 8443, redirectCode: 308 }',
      { code: 308, path: '/shop/items', scheme: 'https', port: 8443 },
    ],
    [
      '{ derivePort: FROM_REQUEST_PORT, prefixRewrite: /new }',
      { code: 301, path: '/new/items', port: 8080 },
    ],
  ])('redirects by %s', (redirect, expected) => {
    expect(
      applied(`{ redirect: ${redirect} }`, {
        match: '{ uri: { prefix: /shop } }',
      }),
    ).toEqual({
      outcome: 'redirect',
      redirect: expected,
      destinations: [],
      mirrors: [],
    });
  });

  it('answers itself, with faults and headers all the same', () => {
    expect(
      applied(`
directResponse: { status: 418, body: { string: closed } }
fault: { abort: { httpStatus: 503, percentage: { value: 10 } } }
headers: { response: { set: { x-a: '1' } } }
`),
    ).toEqual({
      outcome: 'direct-response',
      directResponse: { status: 418, body: 'closed' },
      fault: { abort: { httpStatus: 503, percent: 10 } },
      responseHeaders: { set: { 'x-a': '1' } },
      destinations: [],
      mirrors: [],
    });
  });

  it('has no fault of an abort that says no status', () => {
    expect(
      applied(
        `route: [{ destination: { host: ${CART} } }]\nfault: { abort: { percentage: { value: 10 } } }`,
      ).fault,
    ).toBeUndefined();
  });

  it('has the timeout and the mirrors', () => {
    expect(
      applied(`
timeout: 1.5s
mirror: { host: ${CART}, subset: v1 }
mirrorPercentage: { value: 5 }
mirrors: [{ destination: { host: gone.shop.svc.cluster.local } }]
${ROUTE}
`),
    ).toMatchObject({
      outcome: 'route',
      timeoutMs: 1500,
      mirrors: [
        { host: CART, subset: 'v1', port: 80, percent: 5 },
        { host: 'gone.shop.svc.cluster.local', percent: 100, missing: {} },
      ],
    });
  });
});
