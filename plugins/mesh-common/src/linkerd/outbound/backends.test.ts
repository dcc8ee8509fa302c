import {
  service,
  RouteOptions,
  route,
  tcp,
  grpc,
  policyHttp,
  egress,
  ask,
  ruleOf,
} from './__testUtils__/policies';

describe('backends', () => {
  const of = (refs: string, options: RouteOptions = {}, make = route) =>
    ruleOf(
      ask(
        service('cart') +
          service('v2') +
          egress() +
          make('a', {
            rules: `{ backendRefs: [${refs}] }`,
            namespace: 'pay',
            ...options,
          }),
        { from: 'pay' },
      ),
    );

  it('go to the Service itself where none is named', () => {
    expect(of('')).toMatchObject({
      distribution: 'firstAvailable',
      backends: [
        {
          target: {
            kind: 'Service',
            namespace: 'shop',
            name: 'cart',
            port: 80,
          },
        },
      ],
    });
  });

  it.each<[string, string, object]>([
    [
      'of the namespace of the parent',
      '{ name: v2, port: 90 }',
      { target: { namespace: 'shop', name: 'v2', port: 90 }, weight: 1 },
    ],
    ['with a weight', '{ name: v2, port: 80, weight: 0 }', { weight: 0 }],
    [
      'with filters',
      '{ name: v2, port: 80, filters: [{ type: ResponseHeaderModifier, responseHeaderModifier: { remove: [X-Debug] } }] }',
      {
        filters: [
          { responseHeaders: { set: [], add: [], remove: ['x-debug'] } },
        ],
      },
    ],
    [
      'that does not exist',
      '{ name: v3, port: 80 }',
      { target: { name: 'v3' }, invalid: { message: 'Service not found v3' } },
    ],
    [
      'without port',
      '{ name: v2 }',
      { invalid: { message: 'missing port for backend Service v2' } },
    ],
    [
      'of another kind',
      '{ group: example.com, kind: Bucket, name: b }',
      { invalid: { message: 'unsupported backend type example.com Bucket' } },
    ],
    [
      'with a filter that Linkerd has not',
      '{ name: v2, port: 80, filters: [{ type: URLRewrite }] }',
      {
        invalid: {
          message:
            'unsupported backend filter: URLRewrite filter is not supported',
        },
      },
    ],
    [
      'with a filter that cannot be',
      '{ name: v2, port: 80, filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: "a b", value: c }] } }] }',
      {
        invalid: {
          message: 'unsupported backend filter: invalid HTTP header name',
        },
      },
    ],
    [
      'that is an EgressNetwork',
      '{ group: policy.linkerd.io, kind: EgressNetwork, name: out }',
      {
        target: { kind: 'EgressNetwork', name: 'out', port: 80 },
        invalid: {
          message:
            'EgressNetwork backends attach to EgressNetwork parents only',
        },
      },
    ],
    [
      'that is an EgressNetwork and does not exist',
      '{ group: policy.linkerd.io, kind: EgressNetwork, name: in }',
      { invalid: { message: 'EgressNetwork not found in' } },
    ],
  ])('are %s', (_, ref, expected) => {
    const rule = of(ref);
    expect(rule.distribution).toBe('randomAvailable');
    expect(rule.backends).toMatchObject([expected]);
    expect('invalid' in rule.backends[0]).toBe('invalid' in expected);
  });

  it('change the headers of gRPC requests, and nothing else of them', () => {
    const filters = `
      { type: ResponseHeaderModifier, responseHeaderModifier: { remove: [X-Debug] } },
      { type: RequestHeaderModifier, requestHeaderModifier: { remove: [X-Trace] } }`;
    const { backends } = of(
      `{ name: v2, port: 80, filters: [${filters}] }`,
      {},
      grpc,
    );
    expect(backends[0].filters).toEqual([
      { requestHeaders: { set: [], add: [], remove: ['x-trace'] } },
    ]);
  });

  it('of connections are the same', () => {
    expect(of('{ name: v3, port: 80 }', {}, tcp).backends).toMatchObject([
      { invalid: { message: 'Service not found v3' } },
    ]);
  });
});

it('applies filters as the controller converts them', () => {
  const rules = `
    { filters: [
      { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: X-A, value: "1" }] } },
      { type: ResponseHeaderModifier, responseHeaderModifier: { remove: [X-B] } } ] }`;
  const request = {
    requestHeaders: { set: [['x-a', '1']], add: [], remove: [] },
  };
  const changes = { set: [], add: [], remove: ['x-b'] };
  const of = (make: typeof route) =>
    ruleOf(ask(service('cart') + make('a', { rules }))).filters;
  expect(of(route)).toEqual([request, { responseHeaders: changes }]);
  expect(of(policyHttp)).toEqual([request, { requestHeaders: changes }]);
  expect(of(grpc)).toEqual([request]);
});
