import { refusedFields } from './__testUtils__/refusedFields';

const SERVICE = '{ group: core, kind: Service, name: web, port: 80 }';
const SERVER = '{ group: policy.linkerd.io, kind: Server, name: http }';
const EGRESS = '{ group: policy.linkerd.io, kind: EgressNetwork, name: out }';
const route = (parent: string, rule = '') =>
  `{ parentRefs: [${parent}], rules: [{ ${rule} }] }`;
const RULE = 'spec.rules[0]';

describe('what the policy webhook refuses of routes', () => {
  it.each<[kind: string, spec: string, fields: string[]]>([
    ['HTTPRoute', route(SERVICE), []],
    ['HTTPRoute', 'null', ['spec']],
    ['HTTPRoute', route(EGRESS), ['spec.parentRefs[0]']],
    [
      'HTTPRoute',
      route(
        SERVER,
        'matches: [{ path: { value: a } }, { path: { type: RegularExpression, value: "(" } }, { headers: [{ name: "a b", value: x }] }, { queryParams: [{ type: RegularExpression, name: a, value: "[" }] }]',
      ),
      [
        `${RULE}.matches[0].path.value`,
        `${RULE}.matches[1].path.value`,
        `${RULE}.matches[2].headers[0].name`,
        `${RULE}.matches[3].queryParams[0].value`,
      ],
    ],
    [
      'HTTPRoute',
      route(
        SERVER,
        'filters: [{ type: RequestRedirect, requestRedirect: { path: { replacePrefixMatch: a } } }, { type: RequestRedirect, requestRedirect: { path: { type: ReplaceFullPath } } }, { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: "", value: x }] } }]',
      ),
      [
        `${RULE}.filters[0].requestRedirect.path.replacePrefixMatch`,
        `${RULE}.filters[1].requestRedirect.path`,
        `${RULE}.filters[2].requestHeaderModifier.set[0].name`,
      ],
    ],
    [
      'HTTPRoute',
      route(SERVICE, 'timeouts: { request: 1s, backendRequest: 2s }'),
      [`${RULE}.timeouts.backendRequest`],
    ],
    [
      'HTTPRoute',
      route(SERVICE, 'timeouts: { request: -1s, backendRequest: soon }'),
      [`${RULE}.timeouts.request`, `${RULE}.timeouts.backendRequest`],
    ],
    [
      'HTTPRoute',
      route(SERVICE, 'timeouts: { request: 0s, backendRequest: 2s }'),
      [`${RULE}.timeouts.backendRequest`],
    ],
    [
      'HTTPRoute',
      route(
        SERVICE,
        'matches: [{ method: get }, { path: { type: Prefix, value: /a } }, { headers: [{ type: Prefix, name: a, value: b }] }], filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { remove: ["a b"] } }]',
      ),
      [
        `${RULE}.matches[0].method`,
        `${RULE}.matches[1].path.type`,
        `${RULE}.matches[2].headers[0].type`,
        `${RULE}.filters[0].requestHeaderModifier.remove[0]`,
      ],
    ],
    [
      'HTTPRoute',
      route(SERVICE, 'timeouts: { request: "-0" }'),
      [`${RULE}.timeouts.request`],
    ],
    [
      'HTTPRoute',
      route(SERVICE, 'timeouts: { request: 5 }'),
      [`${RULE}.timeouts.request`],
    ],
    [
      'HTTPRoute',
      route(
        SERVICE,
        'matches: [{ headers: [{ name: a }], queryParams: [{ name: a }, { value: b }] }]',
      ),
      [
        `${RULE}.matches[0].headers[0].value`,
        `${RULE}.matches[0].queryParams[0].value`,
        `${RULE}.matches[0].queryParams[1].name`,
      ],
    ],
    [
      'HTTPRoute',
      route(
        SERVICE,
        'filters: [{ type: URLRewrite, urlRewrite: {} }, {}, { type: RequestRedirect }, { type: RequestRedirect, requestRedirect: { scheme: ftp, statusCode: 99 } }, { type: RequestHeaderModifier, requestHeaderModifier: { add: [{ name: a }] } }]',
      ),
      [
        `${RULE}.filters[3].requestRedirect.scheme`,
        `${RULE}.filters[3].requestRedirect.statusCode`,
        `${RULE}.filters[4].requestHeaderModifier.add[0].value`,
        `${RULE}.filters[0].type`,
        `${RULE}.filters[1].type`,
        `${RULE}.filters[2].requestRedirect`,
      ],
    ],
    [
      'HTTPRoute',
      route('{ kind: EgressNetwork, name: out }'),
      ['spec.parentRefs[0]'],
    ],
    ['HTTPRoute', route(SERVICE, 'backendRefs: [{ name: web }]'), []],
    [
      'GRPCRoute',
      route(
        SERVICE,
        'matches: [{ method: {} }, { method: { service: a } }], backendRefs: [{ group: example.com, name: web }, { name: web, port: 0 }]',
      ),
      [`${RULE}.matches[0].method`, `${RULE}.backendRefs[1]`],
    ],
    [
      'GRPCRoute',
      route(
        SERVICE,
        'matches: [{ method: { type: RegularExpression, service: a } }], backendRefs: [{ name: web }]',
      ),
      [`${RULE}.matches[0].method.type`, `${RULE}.backendRefs[0]`],
    ],
    ['TLSRoute', route(SERVICE), []],
    [
      'TCPRoute',
      `{ parentRefs: [${EGRESS}], rules: [{}, {}] }`,
      ['spec.parentRefs[0]', 'spec.rules'],
    ],
  ])('%s %s', (kind, spec, fields) => {
    expect(refusedFields(kind, spec)).toEqual(fields);
  });

  it('asks a port of backends in an HTTPRoute of the Gateway API', () => {
    const spec = route(SERVICE, 'backendRefs: [{ name: web }]');
    const apiVersion = 'gateway.networking.k8s.io/v1';
    expect(refusedFields('HTTPRoute', spec, { apiVersion })).toEqual([
      `${RULE}.backendRefs[0]`,
    ]);
  });

  it.each<[kind: string, parent: string, key: string, value: string, boolean]>([
    ['HTTPRoute', SERVICE, 'retry.linkerd.io/http', '5xx,404-410', false],
    ['HTTPRoute', SERVICE, 'retry.linkerd.io/http', '4xx', true],
    ['HTTPRoute', SERVICE, 'retry.linkerd.io/grpc', 'nonsense', false],
    ['HTTPRoute', SERVICE, 'timeout.linkerd.io/idle', '1.5s', true],
    ['HTTPRoute', SERVER, 'timeout.linkerd.io/idle', '1.5s', false],
    ['GRPCRoute', SERVICE, 'retry.linkerd.io/grpc', 'nonsense', true],
    ['GRPCRoute', SERVICE, 'retry.linkerd.io/limit', '-1', true],
    ['GRPCRoute', SERVICE, 'balancer.linkerd.io/failure-accrual', 'no', true],
    ['HTTPRoute', SERVER, 'balancer.linkerd.io/failure-accrual', 'no', false],
  ])('%s on %s with %s: %s', (kind, parent, key, value, isRefused) => {
    expect(
      refusedFields(kind, route(parent), { annotations: { [key]: value } }),
    ).toEqual(isRefused ? [`metadata.annotations.${key}`] : []);
  });
});
