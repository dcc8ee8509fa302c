import { createTestWorld, definition } from '../../world/testWorld';
import type { IstioFlow } from './flow';
import { walkIstioCall } from './walk';

const N = 'networking.istio.io';
const BASE = `${definition(N, 'VirtualService', 'virtualservices')}
${definition(N, 'DestinationRule', 'destinationrules')}
${definition('security.istio.io', 'PeerAuthentication', 'peerauthentications')}
${definition(
  'security.istio.io',
  'AuthorizationPolicy',
  'authorizationpolicies',
)}
${definition(
  'gateway.networking.k8s.io',
  'GatewayClass',
  'gatewayclasses',
  'v1',
  'Cluster',
)}
${definition('gateway.networking.k8s.io', 'HTTPRoute', 'httproutes')}
${definition('gateway.networking.k8s.io', 'Gateway', 'gateways')}
apiVersion: v1
kind: Namespace
metadata: { name: istio-system }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data: { values: '{"global": {"hub": "istio", "tag": "1"}}' }
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio }
webhooks:
  - name: namespace.sidecar-injector.istio.io
    clientConfig: { service: { name: istiod, namespace: istio-system } }
    sideEffects: None
    admissionReviewVersions: [v1]
    namespaceSelector: { matchLabels: { istio-injection: enabled } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: istio }
spec: { controllerName: istio.io/gateway-controller }
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: istio-waypoint }
spec: { controllerName: istio.io/mesh-controller }
---
apiVersion: v1
kind: Namespace
metadata: { name: mesh, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: ambient, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Namespace
metadata: { name: outside }
---
${['mesh', 'ambient', 'outside']
  .map(
    namespace => `${workload(namespace, 'client')}${workload(
      namespace,
      'server',
      'v1',
    )}${workload(namespace, 'server', 'v2')}
apiVersion: v1
kind: Service
metadata: { name: server, namespace: ${namespace} }
spec: { selector: { app: server }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
`,
  )
  .join('')}`;

function workload(namespace: string, app: string, version = 'v1'): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${app}-${version}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${app}, version: ${version} } }
  template:
    metadata: { labels: { app: ${app}, version: ${version} } }
    spec: { serviceAccountName: ${app}, containers: [{ name: ${app}, image: app }] }
---
`;
}

function object(kind: string, name: string, spec: object, namespace = 'mesh') {
  const groups: Record<string, string> = {
    PeerAuthentication: 'security.istio.io',
    AuthorizationPolicy: 'security.istio.io',
    HTTPRoute: 'gateway.networking.k8s.io',
    Gateway: 'gateway.networking.k8s.io',
  };
  return `${JSON.stringify({
    apiVersion: `${groups[kind] ?? N}/v1`,
    kind,
    metadata: { name, namespace },
    spec,
  })}\n---\n`;
}

/** `server-v1 90 mtls 200`: where the requests go, in percent, how, and what the client gets. */
function walk(
  yaml: string,
  options: {
    from?: string;
    to?: string;
    method?: string;
    path?: string;
    headers?: Record<string, string>;
  } = {},
): string[] {
  const { from = 'mesh', to = 'mesh', method = 'GET', path = '/' } = options;
  const world = createTestWorld(BASE);
  world.apply(yaml);
  expect(world.reports).toEqual([]);
  const flows = walkIstioCall(
    world.store,
    { calls: [], servers: [] },
    {
      from: { namespace: from, deployment: 'client-v1' },
      to: `http://server.${to}`,
      rate: 100,
      requests: [{ share: 1, method, path, headers: options.headers ?? {} }],
    },
  );
  return flows.map(describeFlow).sort();
}

function describeFlow({ server, rate, wire, outcome, waypoint }: IstioFlow) {
  const by = {
    server: '',
    'server policy': 'denied',
    reset: 'reset',
    client: 'client',
    waypoint: 'waypoint',
  }[outcome.by];
  const answer =
    'code' in outcome
      ? [by, outcome.code, 'flags' in outcome ? outcome.flags : '']
      : [by];
  return [
    server ? `${server.labels.app}-${server.labels.version}` : 'nowhere',
    Math.round(rate),
    server ? wire : '',
    waypoint ? 'by waypoint' : '',
    ...answer,
  ]
    .filter(part => part !== '')
    .join(' ');
}

const EVENLY = ['server-v1 50 mtls 200', 'server-v2 50 mtls 200'];
const PLAINTEXT = ['server-v1 50 plaintext 200', 'server-v2 50 plaintext 200'];
const RESET = ['server-v1 50 plaintext reset', 'server-v2 50 plaintext reset'];

const subsets = object('DestinationRule', 'server', {
  host: 'server',
  subsets: ['v1', 'v2'].map(version => ({
    name: version,
    labels: { version },
  })),
});
const route = (subset: string, weight?: number) => ({
  destination: { host: 'server', subset },
  ...(weight !== undefined && { weight }),
});
const vs = (http: object[], name = 'server', host = 'server') =>
  object('VirtualService', name, { hosts: [host], http });
const mtls = (mode: string, more: object = {}, name = 'default') =>
  object('PeerAuthentication', name, { mtls: { mode }, ...more });

describe('routing by a sidecar', () => {
  it.each<[string, string, string[], Parameters<typeof walk>[1]?]>([
    ['nothing configured', '', EVENLY],
    [
      'weights',
      subsets + vs([{ route: [route('v1', 90), route('v2', 10)] }]),
      ['server-v1 90 mtls 200', 'server-v2 10 mtls 200'],
    ],
    [
      'weights that do not add up to 100',
      subsets + vs([{ route: [route('v1', 3), route('v2', 1)] }]),
      ['server-v1 75 mtls 200', 'server-v2 25 mtls 200'],
    ],
    [
      'a header',
      subsets +
        vs([
          {
            match: [{ headers: { user: { exact: 'jo' } } }],
            route: [route('v2')],
          },
          { route: [route('v1')] },
        ]),
      ['server-v2 100 mtls 200'],
      { headers: { user: 'jo' } },
    ],
    [
      'the first rule that matches',
      subsets +
        vs([
          { match: [{ uri: { prefix: '/a' } }], route: [route('v1')] },
          { route: [route('v2')] },
          { match: [{ uri: { prefix: '/b' } }], route: [route('v1')] },
        ]),
      ['server-v2 100 mtls 200'],
      { path: '/b' },
    ],
    [
      'no rule matches',
      vs([
        {
          match: [{ uri: { exact: '/a' } }],
          route: [{ destination: { host: 'server' } }],
        },
      ]),
      ['nowhere 100 client 404 NR'],
    ],
    [
      'no rule can apply: as if there were none',
      vs([
        {
          match: [{ sourceLabels: { app: 'other' } }],
          route: [{ destination: { host: 'nowhere' } }],
        },
      ]),
      EVENLY,
    ],
    [
      'a missing subset',
      subsets + vs([{ route: [route('v3')] }]),
      ['nowhere 100 client 503 NC'],
    ],
    [
      'a subset without pods',
      object('DestinationRule', 'server', {
        host: 'server',
        subsets: [{ name: 'v3', labels: { version: 'v3' } }],
      }) + vs([{ route: [route('v3')] }]),
      ['nowhere 100 client 503 UH'],
    ],
    [
      'a missing destination',
      vs([{ route: [{ destination: { host: 'gone' } }] }]),
      ['nowhere 100 client 503 NC'],
    ],
    [
      'an injected fault',
      vs([
        {
          fault: { abort: { httpStatus: 418, percentage: { value: 40 } } },
          route: [{ destination: { host: 'server' } }],
        },
      ]),
      [
        'nowhere 40 client 418 FI',
        'server-v1 30 mtls 200',
        'server-v2 30 mtls 200',
      ],
    ],
    [
      'the older of two VirtualServices',
      subsets +
        vs([{ route: [route('v1')] }], 'a') +
        vs([{ route: [route('v2')] }], 'b', 'server.mesh.svc.cluster.local'),
      ['server-v1 100 mtls 200'],
    ],
    [
      'an HTTPRoute on the Service',
      `apiVersion: v1
kind: Service
metadata: { name: server-v2, namespace: mesh }
spec: { selector: { app: server, version: v2 }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
${object('HTTPRoute', 'server', {
  parentRefs: [{ group: '', kind: 'Service', name: 'server' }],
  rules: [
    {
      backendRefs: [
        { name: 'server-v2', port: 80, weight: 3 },
        { name: 'gone', port: 80 },
      ],
    },
  ],
})}`,
      ['nowhere 25 client 500 -', 'server-v2 75 mtls 200'],
    ],
  ])('%s', (...[, yaml, expected, options]) => {
    expect(walk(yaml, options)).toEqual(expected);
  });
});

describe('TLS', () => {
  const tls = (mode: string) =>
    object('DestinationRule', 'server', {
      host: 'server',
      trafficPolicy: { tls: { mode } },
    });
  it.each<[string, string, string[], Parameters<typeof walk>[1]?]>([
    ['auto mTLS between sidecars', mtls('STRICT'), EVENLY],
    ['auto plaintext where the mode is DISABLE', mtls('DISABLE'), PLAINTEXT],
    [
      'DISABLE by a DestinationRule, PERMISSIVE server',
      tls('DISABLE'),
      PLAINTEXT,
    ],
    [
      'DISABLE by a DestinationRule, STRICT server',
      tls('DISABLE') + mtls('STRICT'),
      RESET,
    ],
    [
      'ISTIO_MUTUAL against DISABLE',
      tls('ISTIO_MUTUAL') + mtls('DISABLE'),
      ['server-v1 50 mtls reset', 'server-v2 50 mtls reset'],
    ],
    ['from outside, PERMISSIVE', '', PLAINTEXT, { from: 'outside' }],
    ['from outside, STRICT', mtls('STRICT'), RESET, { from: 'outside' }],
    [
      'from outside, STRICT for one workload',
      mtls('STRICT', { selector: { matchLabels: { version: 'v2' } } }),
      ['server-v1 50 plaintext 200', 'server-v2 50 plaintext reset'],
      { from: 'outside' },
    ],
    [
      'from outside, a container port excepted',
      mtls('STRICT', {
        selector: { matchLabels: { version: 'v2' } },
        portLevelMtls: { 8080: { mode: 'PERMISSIVE' } },
      }) + mtls('STRICT', {}, 'namespace'),
      ['server-v1 50 plaintext reset', 'server-v2 50 plaintext 200'],
      { from: 'outside' },
    ],
    [
      'from outside, a Service port excepted: no effect',
      mtls('STRICT', {
        selector: { matchLabels: { app: 'server' } },
        portLevelMtls: { 80: { mode: 'PERMISSIVE' } },
      }),
      RESET,
      { from: 'outside' },
    ],
    ['to a pod without a proxy', '', PLAINTEXT, { to: 'outside' }],
    ['a sidecar to ambient', '', EVENLY, { to: 'ambient' }],
    ['ambient to ambient', '', EVENLY, { from: 'ambient', to: 'ambient' }],
    ['ambient to outside', '', PLAINTEXT, { from: 'ambient', to: 'outside' }],
    [
      'from outside to ambient, STRICT',
      object(
        'PeerAuthentication',
        'default',
        { mtls: { mode: 'STRICT' } },
        'ambient',
      ),
      ['server-v1 50 plaintext denied', 'server-v2 50 plaintext denied'],
      { from: 'outside', to: 'ambient' },
    ],
  ])('%s', (...[, yaml, expected, options]) => {
    expect(walk(yaml, options)).toEqual(expected);
  });
});

describe('authorization', () => {
  const policy = (spec: object, namespace = 'mesh') =>
    object('AuthorizationPolicy', 'policy', spec, namespace);
  const from = (principal: string) => ({
    from: [{ source: { principals: [principal] } }],
  });
  const CLIENT = 'cluster.local/ns/mesh/sa/client';
  const DENIED = ['server-v1 50 mtls denied', 'server-v2 50 mtls denied'];
  it.each<[string, string, string[], Parameters<typeof walk>[1]?]>([
    ['the client is allowed', policy({ rules: [from(CLIENT)] }), EVENLY],
    [
      'another is allowed',
      policy({ rules: [from('cluster.local/ns/mesh/sa/other')] }),
      DENIED,
    ],
    ['allow nothing', policy({ action: 'ALLOW' }), DENIED],
    [
      'a selector that matches no pod',
      policy({ selector: { matchLabels: { app: 'gone' } } }),
      EVENLY,
    ],
    [
      'a selector that matches one version',
      policy({ selector: { matchLabels: { version: 'v2' } } }),
      ['server-v1 50 mtls 200', 'server-v2 50 mtls denied'],
    ],
    [
      'a denied method',
      policy({
        action: 'DENY',
        rules: [{ to: [{ operation: { methods: ['POST'] } }] }],
      }),
      DENIED,
      { method: 'POST' },
    ],
    [
      'another method',
      policy({
        action: 'DENY',
        rules: [{ to: [{ operation: { methods: ['POST'] } }] }],
      }),
      EVENLY,
    ],
    [
      'an allowed path',
      policy({ rules: [{ to: [{ operation: { paths: ['/open/*'] } }] }] }),
      EVENLY,
      { path: '/open/a' },
    ],
    [
      'no identity on plaintext',
      policy({ rules: [from('*')] }),
      ['server-v1 50 plaintext denied', 'server-v2 50 plaintext denied'],
      { from: 'outside' },
    ],
    [
      'HTTP methods have no effect in a ztunnel DENY',
      policy(
        {
          action: 'DENY',
          rules: [{ to: [{ operation: { methods: ['GET'] } }] }],
        },
        'ambient',
      ),
      EVENLY,
      { from: 'ambient', to: 'ambient' },
    ],
    [
      'HTTP methods never allow in a ztunnel',
      policy(
        { rules: [{ to: [{ operation: { methods: ['GET'] } }] }] },
        'ambient',
      ),
      DENIED,
      { from: 'ambient', to: 'ambient' },
    ],
  ])('%s', (...[, yaml, expected, options]) => {
    expect(walk(yaml, options)).toEqual(expected);
  });
});

describe('a waypoint', () => {
  const waypoint = `${object(
    'Gateway',
    'waypoint',
    {
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }],
    },
    'ambient',
  )}
apiVersion: v1
kind: Namespace
metadata: { name: ambient, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
`;
  const target = {
    targetRefs: [{ group: '', kind: 'Service', name: 'server' }],
  };
  it('takes the requests of ambient clients, and routes and authorizes them', () => {
    expect(walk(waypoint, { from: 'ambient', to: 'ambient' })).toEqual([
      'server-v1 50 mtls by waypoint 200',
      'server-v2 50 mtls by waypoint 200',
    ]);
    expect(
      walk(
        waypoint +
          object(
            'AuthorizationPolicy',
            'policy',
            {
              ...target,
              action: 'DENY',
              rules: [{ to: [{ operation: { methods: ['GET'] } }] }],
            },
            'ambient',
          ),
        { from: 'ambient', to: 'ambient' },
      ),
    ).toEqual(['nowhere 100 by waypoint waypoint 403 -']);
  });

  it('is not asked by sidecars', () => {
    expect(
      walk(
        waypoint +
          object(
            'AuthorizationPolicy',
            'policy',
            { ...target, rules: [] },
            'ambient',
          ),
        { to: 'ambient' },
      ),
    ).toEqual(EVENLY);
  });
});
