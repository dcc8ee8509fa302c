import { createTestWorld, definition } from '../../world/testWorld';
import type { LinkerdFlow } from './flow';
import { walkLinkerdCall } from './walk';

const POLICY = 'policy.linkerd.io';
const GATEWAY = 'gateway.networking.k8s.io';
const BASE = `${definition(POLICY, 'Server', 'servers', 'v1beta3')}
${definition(
  POLICY,
  'AuthorizationPolicy',
  'authorizationpolicies',
  'v1alpha1',
)}
${definition(
  POLICY,
  'MeshTLSAuthentication',
  'meshtlsauthentications',
  'v1alpha1',
)}
${definition(
  POLICY,
  'NetworkAuthentication',
  'networkauthentications',
  'v1alpha1',
)}
${definition(POLICY, 'HTTPRoute', 'httproutes', 'v1beta3')}
${definition(GATEWAY, 'HTTPRoute', 'httproutes')}
${definition('linkerd.io', 'ServiceProfile', 'serviceprofiles', 'v1alpha2')}
apiVersion: v1
kind: Namespace
metadata: { name: linkerd }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-config, namespace: linkerd }
data:
  values: |
    linkerdVersion: edge-26.8.2
    clusterNetworks: 10.0.0.0/8
    proxy: { image: { name: proxy }, opaquePorts: '6379' }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: linkerd }
webhooks:
  - name: linkerd-proxy-injector.linkerd.io
    clientConfig: { service: { name: linkerd-proxy-injector, namespace: linkerd } }
    sideEffects: None
    admissionReviewVersions: [v1]
---
`;

interface Options {
  /** Annotations of the pods. */
  client?: Record<string, string>;
  server?: Record<string, string>;
  appProtocol?: string;
  method?: string;
  path?: string;
  meshed?: boolean;
  protocol?: string;
}

function workload(name: string, version: string, annotations: object = {}) {
  return `${JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${name}${version}`, namespace: 'poll' },
    spec: {
      selector: { matchLabels: { app: name, version: `v${version}` } },
      template: {
        metadata: {
          labels: { app: name, version: `v${version}` },
          annotations,
        },
        spec: {
          serviceAccountName: name,
          containers: [
            {
              name,
              image: 'app',
              ports: [{ name: 'http', containerPort: 8080 }],
            },
          ],
        },
      },
    },
  })}\n---\n`;
}

function service(name: string, version: string, appProtocol?: string) {
  return `${JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'poll' },
    spec: {
      selector: { app: 'server', version: `v${version}` },
      ports: [
        {
          name: 'http',
          port: 80,
          targetPort: 8080,
          ...(appProtocol && { appProtocol }),
        },
      ],
    },
  })}\n---\n`;
}

function walk(yaml: string, options: Options = {}): string[] {
  const inject = { 'linkerd.io/inject': 'enabled' };
  const world = createTestWorld(BASE);
  world.apply(
    `{ apiVersion: v1, kind: Namespace, metadata: { name: poll } }\n---\n${
      workload(
        'client',
        '1',
        options.meshed === false ? {} : { ...inject, ...options.client },
      ) +
      workload('server', '1', { ...inject, ...options.server }) +
      workload('server', '2', { ...inject, ...options.server }) +
      service('server', '1', options.appProtocol) +
      service('server-v2', '2')
    }${yaml}`,
  );
  expect(world.reports).toEqual([]);
  return walkLinkerdCall(
    world.store,
    { calls: [], servers: [] },
    {
      from: { namespace: 'poll', deployment: 'client1' },
      to: `${options.protocol ?? 'http'}://server`,
      rate: 100,
      requests: [
        {
          share: 1,
          method: options.method ?? 'GET',
          path: options.path ?? '/',
          headers: {},
        },
      ],
    },
  )
    .map(describeFlow)
    .sort();
}

/** `v1 100 tls out(default/http) in(all-unauthenticated: allow) 200` */
function describeFlow(flow: LinkerdFlow): string {
  const { server, rate, tls, opaque, outbound, inbound, outcome } = flow;
  const route = outbound?.profileRoute ?? outbound?.route?.name ?? '';
  return [
    server ? server.labels.version : 'nowhere',
    Math.round(rate),
    tls ? 'tls' : 'plain',
    opaque ? 'opaque' : '',
    outbound ? `out(${route})` : '',
    inbound
      ? `in(${inbound.server.name} ${inbound.verdict} ${
          inbound.authorization?.name ?? '-'
        })`
      : '',
    outcome.code,
  ]
    .filter(part => part !== '')
    .join(' ');
}

function object(kind: string, name: string, spec: object, group = POLICY) {
  const versions: Record<string, string> = {
    Server: 'v1beta3',
    HTTPRoute: group === POLICY ? 'v1beta3' : 'v1',
    ServiceProfile: 'v1alpha2',
  };
  return `${JSON.stringify({
    apiVersion: `${group}/${versions[kind] ?? 'v1alpha1'}`,
    kind,
    metadata: { name, namespace: 'poll' },
    spec,
  })}\n---\n`;
}

const DEFAULT = 'all-unauthenticated';
const split = (rules: object[], parent = 'server') =>
  object(
    'HTTPRoute',
    'split',
    {
      parentRefs: [{ group: '', kind: 'Service', name: parent, port: 80 }],
      rules,
    },
    GATEWAY,
  );
const backends = (v1: number, v2: number) => [
  { name: 'server', port: 80, weight: v1 },
  { name: 'server-v2', port: 80, weight: v2 },
];

describe('outbound', () => {
  it.each<[string, string, string[], Options?]>([
    [
      'no route',
      '',
      [`v1 100 tls out(http) in(${DEFAULT} allow ${DEFAULT}) 200`],
    ],
    [
      'weights',
      split([{ backendRefs: backends(80, 20) }]),
      [
        `v1 80 tls out(split) in(${DEFAULT} allow ${DEFAULT}) 200`,
        `v2 20 tls out(split) in(${DEFAULT} allow ${DEFAULT}) 200`,
      ],
    ],
    [
      'a route that matches nothing',
      split([
        {
          matches: [{ path: { type: 'PathPrefix', value: '/v1' } }],
          backendRefs: backends(1, 0),
        },
      ]),
      ['nowhere 100 plain out() 404'],
      { path: '/v2' },
    ],
    [
      'a backend that is gone',
      split([
        {
          backendRefs: [
            ...backends(1, 0),
            { name: 'gone', port: 80, weight: 1 },
          ],
        },
      ]),
      [
        'nowhere 50 plain out(split) 500',
        `v1 50 tls out(split) in(${DEFAULT} allow ${DEFAULT}) 200`,
      ],
    ],
    [
      'a route whose parent is gone is not accepted',
      split([{ backendRefs: backends(0, 1) }], 'gone'),
      [`v1 100 tls out(http) in(${DEFAULT} allow ${DEFAULT}) 200`],
    ],
    [
      'a ServiceProfile takes the place of routes',
      split([{ backendRefs: backends(0, 1) }]) +
        object(
          'ServiceProfile',
          'server.poll.svc.cluster.local',
          { routes: [{ name: 'all', condition: { pathRegex: '/.*' } }] },
          'linkerd.io',
        ),
      [`v1 100 tls out(all) in(${DEFAULT} allow ${DEFAULT}) 200`],
    ],
    [
      'an unknown appProtocol',
      '',
      [`v1 100 tls opaque out() in(${DEFAULT} allow ${DEFAULT}) 200`],
      { appProtocol: 'grpc' },
    ],
    [
      'a known appProtocol',
      '',
      [`v1 100 tls out(http) in(${DEFAULT} allow ${DEFAULT}) 200`],
      { appProtocol: 'kubernetes.io/h2c' },
    ],
    [
      'TCP',
      '',
      [`v1 100 tls opaque out() in(${DEFAULT} allow ${DEFAULT}) 200`],
      { protocol: 'tcp' },
    ],
    [
      'around its own proxy',
      '',
      [`v1 100 plain in(${DEFAULT} allow ${DEFAULT}) 200`],
      { client: { 'config.linkerd.io/skip-outbound-ports': '80-90' } },
    ],
    [
      "around the server's proxy",
      '',
      ['v1 100 plain out(http) 200'],
      { server: { 'config.linkerd.io/skip-inbound-ports': '25,8080' } },
    ],
    [
      'from outside of the mesh',
      '',
      [`v1 100 plain in(${DEFAULT} allow ${DEFAULT}) 200`],
      { meshed: false },
    ],
  ])('%s', (...[, yaml, expected, options]) => {
    expect(walk(yaml, options)).toEqual(expected);
  });
});

describe('inbound', () => {
  const server = (more: object = {}) =>
    object('Server', 'http', {
      podSelector: { matchLabels: { app: 'server' } },
      port: 'http',
      proxyProtocol: 'HTTP/1',
      ...more,
    });
  const allow = (
    kind: string,
    name: string,
    target = 'Server',
    targetName = 'http',
  ) =>
    object('AuthorizationPolicy', 'allow', {
      targetRef: { group: POLICY, kind: target, name: targetName },
      requiredAuthenticationRefs: [{ group: POLICY, kind, name }],
    });
  const identities = (...names: string[]) =>
    object('MeshTLSAuthentication', 'clients', { identities: names });
  const CLIENT = 'client.poll.serviceaccount.identity.linkerd.cluster.local';
  const denied = (tls: string, name = 'http') =>
    `v1 100 ${
      tls === 'tls' ? 'tls out(http)' : 'plain'
    } in(${name} deny -) 403`;
  const allowed = (name: string, by: string, tls = 'tls out(http)') =>
    `v1 100 ${tls} in(${name} allow ${by}) 200`;

  it.each<[string, string, string, Options?]>([
    ['a Server without authorizations', server(), denied('tls')],
    [
      'a Server whose port name matches nothing',
      server({ port: 'admin' }),
      allowed(DEFAULT, DEFAULT),
    ],
    ['a port by number', server({ port: 8080 }), denied('tls')],
    ['another port', server({ port: 9090 }), allowed(DEFAULT, DEFAULT)],
    [
      'an access policy',
      server({ accessPolicy: 'all-unauthenticated' }),
      allowed('http', DEFAULT),
    ],
    [
      'an identity',
      server() + identities(CLIENT) + allow('MeshTLSAuthentication', 'clients'),
      allowed('http', 'allow'),
    ],
    [
      'any identity',
      server() + identities('*') + allow('MeshTLSAuthentication', 'clients'),
      allowed('http', 'allow'),
    ],
    [
      'any identity, but plaintext',
      server() + identities('*') + allow('MeshTLSAuthentication', 'clients'),
      denied('plain'),
      { meshed: false },
    ],
    [
      'another identity',
      server() +
        identities('other.poll.serviceaccount.identity.linkerd.cluster.local') +
        allow('MeshTLSAuthentication', 'clients'),
      denied('tls'),
    ],
    [
      'a dangling reference',
      server() + allow('MeshTLSAuthentication', 'gone'),
      denied('tls'),
    ],
    [
      'the namespace as target',
      server() +
        identities(CLIENT) +
        allow('MeshTLSAuthentication', 'clients', 'Namespace', 'poll'),
      allowed('http', 'allow'),
    ],
    [
      'a network',
      server() +
        object('NetworkAuthentication', 'net', {
          networks: [{ cidr: '10.0.0.0/8' }],
        }) +
        allow('NetworkAuthentication', 'net'),
      allowed('http', 'allow', 'plain'),
      { meshed: false },
    ],
    [
      'a network without the client',
      server() +
        object('NetworkAuthentication', 'net', {
          networks: [{ cidr: '10.0.0.0/8', except: ['10.244.0.0/16'] }],
        }) +
        allow('NetworkAuthentication', 'net'),
      denied('plain'),
      { meshed: false },
    ],
    [
      'the default policy of the pod',
      '',
      denied('tls', 'deny'),
      { server: { 'config.linkerd.io/default-inbound-policy': 'deny' } },
    ],
    [
      'all-authenticated',
      '',
      allowed('all-authenticated', 'all-authenticated'),
      {
        server: {
          'config.linkerd.io/default-inbound-policy': 'all-authenticated',
        },
      },
    ],
    [
      'all-authenticated, plaintext',
      '',
      denied('plain', 'all-authenticated'),
      {
        meshed: false,
        server: {
          'config.linkerd.io/default-inbound-policy': 'all-authenticated',
        },
      },
    ],
    [
      'cluster-unauthenticated',
      '',
      allowed('cluster-unauthenticated', 'cluster-unauthenticated', 'plain'),
      {
        meshed: false,
        server: {
          'config.linkerd.io/default-inbound-policy': 'cluster-unauthenticated',
        },
      },
    ],
    ['audit', server({ accessPolicy: 'audit' }), allowed('http', 'audit')],
  ])('%s', (...[, yaml, expected, options]) => {
    expect(walk(yaml, options)).toEqual([expected]);
  });

  const route =
    server() +
    object('HTTPRoute', 'read', {
      parentRefs: [{ group: POLICY, kind: 'Server', name: 'http' }],
      rules: [{ matches: [{ method: 'GET' }] }],
    }) +
    identities(CLIENT) +
    allow('MeshTLSAuthentication', 'clients', 'HTTPRoute', 'read');

  it('authorizes by route, and knows only its routes', () => {
    expect(walk(route)).toEqual([allowed('http', 'allow')]);
    expect(walk(route, { method: 'POST' })).toEqual([
      'v1 100 tls out(http) in(http no route -) 404',
    ]);
  });
});
