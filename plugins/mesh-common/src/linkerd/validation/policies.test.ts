import { refusedFields } from './__testUtils__/refusedFields';

const REFS = 'spec.requiredAuthenticationRefs';
const auth = (kind: string, name = 'a') =>
  `{ group: policy.linkerd.io, kind: ${kind}, name: ${name} }`;
const ACCOUNT = '{ kind: ServiceAccount, name: web }';
const policy = (target: string, refs: string) =>
  `{ targetRef: { ${target} }, requiredAuthenticationRefs: [${refs}] }`;
const SERVER = 'group: policy.linkerd.io, kind: server, name: http';
const limits = (text: string) =>
  `{ targetRef: { group: policy.linkerd.io, kind: Server, name: http }, ${text} }`;

describe('what the policy webhook refuses of policies', () => {
  it.each<[kind: string, spec: string, fields: string[]]>([
    ['AuthorizationPolicy', policy(SERVER, ''), []],
    ['AuthorizationPolicy', policy(SERVER, ACCOUNT), []],
    ['AuthorizationPolicy', policy('kind: Namespace, name: shop', ''), []],
    [
      'AuthorizationPolicy',
      policy('kind: Namespace, name: other', ''),
      ['spec.targetRef.name'],
    ],
    [
      'AuthorizationPolicy',
      policy('kind: Deployment, name: web', ''),
      ['spec.targetRef'],
    ],
    [
      'AuthorizationPolicy',
      policy(SERVER, `${auth('MeshTLSAuthentication')}, ${ACCOUNT}`),
      [REFS],
    ],
    [
      'AuthorizationPolicy',
      policy(
        SERVER,
        `${auth('NetworkAuthentication')}, ${auth(
          'NetworkAuthentication',
          'b',
        )}`,
      ),
      [REFS],
    ],
    ['AuthorizationPolicy', policy(SERVER, auth('Server')), [`${REFS}[0]`]],
    ['AuthorizationPolicy', `{ targetRef: { ${SERVER} } }`, [REFS]],
    [
      'AuthorizationPolicy',
      policy('group: Policy.linkerd.io, kind: Server, name: ""', ''),
      ['spec.targetRef.group', 'spec.targetRef.name'],
    ],
    [
      'AuthorizationPolicy',
      policy(SERVER, '{ kind: ServiceAccount }'),
      [`${REFS}[0].name`],
    ],
    ['MeshTLSAuthentication', '{ identities: ["*.shop.local"] }', []],
    ['MeshTLSAuthentication', '{ identities: ["spiffe://root/a/b"] }', []],
    ['MeshTLSAuthentication', '{}', ['spec']],
    ['MeshTLSAuthentication', '{ identities: [] }', ['spec.identities']],
    ...[
      'Web.shop',
      'a.*.b',
      '*.',
      'spiffe://',
      'spiffe://UPPER/a',
      'spiffe://root/',
      'spiffe://root//a',
      'spiffe://root/../a',
      'spiffe://root/a?b',
      'https://root/a',
    ].map((identity): [string, string, string[]] => [
      'MeshTLSAuthentication',
      `{ identities: ["${identity}"] }`,
      ['spec.identities[0]'],
    ]),
    [
      'MeshTLSAuthentication',
      '{ identityRefs: [{ kind: Namespace, name: a, namespace: b }] }',
      ['spec.identityRefs[0].namespace'],
    ],
    [
      'MeshTLSAuthentication',
      '{ identityRefs: [{ kind: Service, name: a }] }',
      ['spec.identityRefs[0].kind'],
    ],
    [
      'NetworkAuthentication',
      '{ networks: [{ cidr: 10.2.0.0/16, except: [10.2.3.4] }, { cidr: "fd00::/8" }] }',
      [],
    ],
    ['NetworkAuthentication', '{ networks: [] }', ['spec.networks']],
    [
      'NetworkAuthentication',
      '{ networks: [{ cidr: 10.2.0.0/40 }, { cidr: 10.2.0.0/16, except: [nowhere, 10.0.0.0/8, 10.3.0.1] }] }',
      [
        'spec.networks[0].cidr',
        'spec.networks[1].except[0]',
        'spec.networks[1].except[1]',
        'spec.networks[1].except[2]',
      ],
    ],
    [
      'NetworkAuthentication',
      '{ networks: [{ cidr: 10.0/8 }, { cidr: "010.0.0.1" }, { cidr: "0xa.0.0.1" }, { cidr: 10.0.0.1 }, { cidr: "fd00::1" }] }',
      [
        'spec.networks[0].cidr',
        'spec.networks[1].cidr',
        'spec.networks[2].cidr',
      ],
    ],
    [
      'NetworkAuthentication',
      '{ networks: [{ cidr: 010.0.0.0/08 }, { cidr: "fe80::1%eth0" }] }',
      ['spec.networks[1].cidr'],
    ],
    ['EgressNetwork', '{ trafficPolicy: Allow }', []],
    ['EgressNetwork', '{ trafficPolicy: Maybe }', ['spec.trafficPolicy']],
    [
      'EgressNetwork',
      '{ trafficPolicy: Deny, networks: [] }',
      ['spec.networks'],
    ],
    ['Server', '{ podSelector: {}, port: http, proxyProtocol: gRPC }', []],
    ['Server', '{ podSelector: {} }', ['spec.port']],
    ['Server', '{ port: 80 }', ['spec']],
    ['Server', '{ podSelector: {}, port: true }', ['spec.port']],
    [
      'Server',
      '{ podSelector: { matchExpressions: [{ key: a, operator: In }, { operator: Is }] }, port: 80 }',
      [
        'spec.podSelector.matchExpressions[1].key',
        'spec.podSelector.matchExpressions[1].operator',
      ],
    ],
    [
      'Server',
      '{ podSelector: {}, port: 70000, proxyProtocol: http, accessPolicy: open }',
      ['spec.port', 'spec.proxyProtocol', 'spec.accessPolicy'],
    ],
    [
      'ServerAuthorization',
      '{ server: { selector: { matchLabels: { tier: 1 } } }, client: { unauthenticated: yes please } }',
      ['spec.server.selector.matchLabels.tier', 'spec.client.unauthenticated'],
    ],
    [
      'ServerAuthorization',
      '{ server: { name: a }, client: { meshTLS: { unauthenticatedTLS: 1 } } }',
      ['spec.client.meshTLS.unauthenticatedTLS'],
    ],
    [
      'ServerAuthorization',
      '{ server: { name: a }, client: { unauthenticated: true } }',
      [],
    ],
    [
      'ServerAuthorization',
      '{ server: { name: a, selector: {} }, client: { unauthenticated: true, meshTLS: {} } }',
      ['spec.server', 'spec.client.unauthenticated'],
    ],
    [
      'ServerAuthorization',
      '{ server: { name: a }, client: { meshTLS: { unauthenticatedTLS: true, serviceAccounts: [{ name: b }] } } }',
      ['spec.client.meshTLS.unauthenticatedTLS'],
    ],
    [
      'ServerAuthorization',
      '{ server: { selector: { matchExpressions: [{ key: a, operator: in }] } } }',
      ['spec.server.selector.matchExpressions[0].operator', 'spec.client'],
    ],
    [
      'ServerAuthorization',
      '{ server: { name: a }, client: { meshTLS: { unauthenticatedTLS: true, identities: [], serviceAccounts: [] } } }',
      [],
    ],
    [
      'ServerAuthorization',
      '{ server: { name: a }, client: { meshTLS: { identities: ["*", "spiffe://root/a"], serviceAccounts: [{}] } } }',
      [
        'spec.client.meshTLS.identities[1]',
        'spec.client.meshTLS.serviceAccounts[0].name',
      ],
    ],
    [
      'HTTPLocalRateLimitPolicy',
      limits('total: {}, overrides: [{ requestsPerSecond: 9 }]'),
      ['spec.total.requestsPerSecond', 'spec.overrides[0].clientRefs'],
    ],
    [
      'HTTPLocalRateLimitPolicy',
      limits(
        'total: { requestsPerSecond: 9 }, identity: { requestsPerSecond: 9 }',
      ),
      [],
    ],
    [
      'HTTPLocalRateLimitPolicy',
      limits(
        'total: { requestsPerSecond: 9 }, identity: { requestsPerSecond: 10 }, overrides: [{ requestsPerSecond: 0, clientRefs: [{ kind: Namespace, name: a }] }]',
      ),
      [
        'spec.identity.requestsPerSecond',
        'spec.overrides[0].requestsPerSecond',
        'spec.overrides[0].clientRefs[0]',
      ],
    ],
    [
      'HTTPLocalRateLimitPolicy',
      '{ targetRef: { kind: Service, name: a }, total: { requestsPerSecond: 1.5 } }',
      ['spec.targetRef', 'spec.total.requestsPerSecond'],
    ],
  ])('%s %s', (kind, spec, fields) => {
    expect(refusedFields(kind, spec)).toEqual(fields);
  });
});
