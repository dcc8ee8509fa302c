import {
  EXPIRED_CERTIFICATE,
  LONG_CERTIFICATE,
} from '../__testUtils__/certificates';
import {
  clusterOf,
  CONTROL_PLANE,
  document,
} from '../linkerd/__testUtils__/cluster';
import { SnapshotOrigin } from '../snapshot/readState';
import { Analyzer } from './Analyzer';
import { LINKERD_CHECKS } from './linkerdChecks';

/** What the checks of the control plane find, as `CODE level Kind name field: message`. */
function findings(yaml: string, origin: SnapshotOrigin = 'cluster'): string[] {
  return Analyzer.create(LINKERD_CHECKS)
    .analyze(clusterOf(yaml, { origin }))
    .findings.filter(({ code }) => /^MESH-L0[68]/.test(code))
    .map(
      ({ code, level, object, field, message }) =>
        `${code} ${level} ${object.kind.split('/').at(-1)} ${
          object.name
        } ${field}: ${message}`,
    );
}

const named = (
  apiVersion: string,
  kind: string,
  name: string,
  rest: object = {},
  metadata: object = { namespace: 'linkerd' },
) => document({ apiVersion, kind, metadata: { name, ...metadata }, ...rest });

const PARTS = ['destination', 'identity', 'proxy-injector'].map(
  name => `linkerd-${name}`,
);

const part = (name: string, readyReplicas = 1) =>
  named('apps/v1', 'Deployment', name, {
    spec: {
      replicas: 1,
      template: {
        spec: { containers: [{ name: 'c', image: 'controller:edge-26.8.2' }] },
      },
    },
    status: { readyReplicas },
  });

const account = (name: string) => named('v1', 'ServiceAccount', name);

const namespaceOf = (name: string, metadata: object = {}) =>
  named('v1', 'Namespace', name, {}, metadata);

const definition = (name: string) =>
  named(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    name,
    {
      spec: {
        group: name.slice(name.indexOf('.') + 1),
        names: { kind: 'K', plural: name.split('.')[0] },
        versions: [{ name: 'v1', served: true }],
      },
    },
    {},
  );

const KINDS = [
  'authorizationpolicies.policy.linkerd.io',
  'egressnetworks.policy.linkerd.io',
  'externalworkloads.workload.linkerd.io',
  'httplocalratelimitpolicies.policy.linkerd.io',
  'httproutes.policy.linkerd.io',
  'meshtlsauthentications.policy.linkerd.io',
  'networkauthentications.policy.linkerd.io',
  'serverauthorizations.policy.linkerd.io',
  'servers.policy.linkerd.io',
  'serviceprofiles.linkerd.io',
  'httproutes.gateway.networking.k8s.io',
  'grpcroutes.gateway.networking.k8s.io',
];

const webhook = (kind: string, name: string) =>
  named(
    'admissionregistration.k8s.io/v1',
    `${kind}WebhookConfiguration`,
    `linkerd-${name}-webhook-config`,
    { webhooks: [{ name, clientConfig: { url: 'https://webhook.example' } }] },
    {},
  );

const role = (kind: string, name: string, place?: string) =>
  named(
    'rbac.authorization.k8s.io/v1',
    kind,
    name,
    kind.endsWith('Binding') ? { roleRef: { kind: 'Role', name } } : {},
    place ? { namespace: place } : {},
  );

/** What the controller of the Link to `west` may do. */
const LINK_RIGHTS = [
  named(
    'v1',
    'ServiceAccount',
    'linkerd-service-mirror-west',
    {},
    {
      namespace: 'linkerd-multicluster',
    },
  ),
  ...['ClusterRole', 'ClusterRoleBinding'].map(kind =>
    role(kind, 'linkerd-service-mirror-access-local-resources-west'),
  ),
  ...['Role', 'RoleBinding'].map(kind =>
    role(
      kind,
      'linkerd-service-mirror-read-remote-creds-west',
      'linkerd-multicluster',
    ),
  ),
].join('');

const endpoints = (ips: string[]) =>
  named(
    'v1',
    'Endpoints',
    'cart-west',
    { subsets: ips.map(ip => ({ addresses: [{ ip }] })) },
    { namespace: 'shop' },
  );

/** A control plane with which nothing is wrong. */
const WELL = [
  CONTROL_PLANE,
  namespaceOf('linkerd'),
  ...PARTS.flatMap(name => [part(name), account(name)]),
  account('linkerd-heartbeat'),
  ...['identity', 'proxy-injector'].flatMap(name => [
    role('ClusterRole', `linkerd-linkerd-${name}`),
    role('ClusterRoleBinding', `linkerd-linkerd-${name}`),
  ]),
  ...KINDS.map(definition),
  webhook('Mutating', 'proxy-injector'),
  webhook('Validating', 'policy-validator'),
  webhook('Validating', 'sp-validator'),
];

/** The same without what a text is in. */
const without = (text: string) =>
  WELL.filter(one => !one.includes(text)).join('');

const proxied = (version: string, env: object[] = [], podIP = '10.0.0.1') =>
  named(
    'v1',
    'Pod',
    `web-${version}`,
    {
      spec: {
        containers: [{ name: 'linkerd-proxy', image: `proxy:${version}`, env }],
      },
      status: { podIP },
    },
    { namespace: 'shop' },
  );

const link = (spec: object) =>
  named(
    'multicluster.linkerd.io/v1alpha3',
    'Link',
    'west',
    { spec },
    { namespace: 'linkerd-multicluster' },
  );

const LINKED = {
  targetClusterName: 'west',
  clusterCredentialsSecret: 'cluster-credentials-west',
};

const mirror = (cluster: string) =>
  named(
    'v1',
    'Service',
    'cart-west',
    { spec: { ports: [{ port: 80 }] } },
    {
      namespace: 'shop',
      labels: {
        'mirror.linkerd.io/mirrored-service': 'true',
        'mirror.linkerd.io/cluster-name': cluster,
      },
    },
  );

describe('the control plane', () => {
  const well = WELL.join('');

  it.each<[what: string, yaml: string, expected: RegExp[]]>([
    ['everything', well, []],
    [
      'a part that is missing',
      without('"linkerd-identity"'),
      [
        /^MESH-L0606 error ConfigMap linkerd-config undefined: There is no Deployment linkerd\/linkerd-identity/,
        /^MESH-L0606 error .* There is no ServiceAccount linkerd\/linkerd-identity/,
      ],
    ],
    [
      'a part that is not ready',
      well + part('linkerd-identity', 0),
      [
        /^MESH-L0606 error Deployment linkerd-identity status: 0 of 1 pods of Deployment linkerd\/linkerd-identity are ready/,
      ],
    ],
    [
      'a pod outside of its networks',
      well + proxied('edge-26.8.2', [], '192.168.0.1'),
      [
        /^MESH-L0607 error ConfigMap linkerd-config data\.values clusterNetworks: .* pods in 192\.168\.0\.0\/24/,
      ],
    ],
    [
      'a proxy that is older',
      well + proxied('edge-26.1.1'),
      [/^MESH-L0608 warning ConfigMap .*edge-26\.1\.1 \(1 pod\)/],
    ],
    [
      'a proxy with other anchors',
      well +
        named('v1', 'ConfigMap', 'linkerd-identity-trust-roots', {
          data: { 'ca-bundle.crt': LONG_CERTIFICATE },
        }) +
        proxied('edge-26.8.2', [
          {
            name: 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS',
            value: EXPIRED_CERTIFICATE,
          },
        ]),
      [
        /^MESH-L0609 warning ConfigMap linkerd-identity-trust-roots data\.ca-bundle\.crt: 1 of 1 proxies/,
      ],
    ],
    [
      'a CNI plugin that is missing',
      well.replace('clusterDomain:', 'cniEnabled: true\n    clusterDomain:'),
      [/^MESH-L0610 error ConfigMap .* no DaemonSet linkerd-cni/],
    ],
    [
      'an extension twice',
      ['viz', 'viz2'].reduce(
        (all, name) =>
          all +
          namespaceOf(name, { labels: { 'linkerd.io/extension': 'viz' } }),
        well,
      ),
      [
        /^MESH-L0611 warning Namespace viz metadata\.labels\.linkerd\.io\/extension: Namespaces viz, viz2/,
      ],
    ],
    [
      'a kind that is missing',
      without('"servers.policy.linkerd.io"'),
      [/^MESH-L0612 error .* there is no servers\.policy\.linkerd\.io$/],
    ],
    [
      'a webhook that is missing',
      without('proxy-injector-webhook-config'),
      [/^MESH-L0612 error .* no pod gets a proxy$/],
    ],
    [
      'a Link without a name and without credentials',
      well + link({}),
      [
        /^MESH-L0801 error Link west spec\.targetClusterName: .* has no targetClusterName and no clusterCredentialsSecret/,
      ],
    ],
    [
      'a Link that nobody follows',
      well +
        link(LINKED) +
        LINK_RIGHTS +
        mirror('west') +
        endpoints(['192.0.2.7']),
      [/^MESH-L0801 error Link west undefined: .* no controller in namespace/],
    ],
    [
      'a mirror without a Link',
      well + mirror('south') + endpoints(['192.0.2.7']),
      [
        /^MESH-L0802 warning Service cart-west .*: Service shop\/cart-west is mirrored from cluster south/,
      ],
    ],
    [
      'rights that are missing',
      without(
        '"ClusterRoleBinding","metadata":{"name":"linkerd-linkerd-identity"',
      ),
      [
        /^MESH-L0613 error ConfigMap linkerd-config undefined: There is no ClusterRoleBinding linkerd-linkerd-identity: /,
      ],
    ],
    [
      'a node outside of its networks, and with Docker',
      well +
        named(
          'v1',
          'Node',
          'a',
          {
            spec: { podCIDRs: ['192.168.0.0/24'] },
            status: { nodeInfo: { containerRuntimeVersion: 'docker://20.10' } },
          },
          {},
        ),
      [
        /^MESH-L0614 error ConfigMap linkerd-config data\.values clusterNetworks: .* does not contain 192\.168\.0\.0\/24/,
        /^MESH-L0614 error ConfigMap linkerd-config data\.values proxyInit\.runAsRoot: 1 of 1 nodes/,
      ],
    ],
    [
      'a viz without the API of tap',
      well +
        namespaceOf('linkerd-viz', {
          labels: { 'linkerd.io/extension': 'viz' },
        }) +
        named(
          'apps/v1',
          'Deployment',
          'tap',
          { spec: { replicas: 0, template: {} } },
          { namespace: 'linkerd-viz' },
        ),
      [
        /^MESH-L0611 warning/,
        /^MESH-L0615 warning ConfigMap linkerd-config undefined: There is no APIService v1alpha1\.tap\.linkerd\.io/,
        /^MESH-L0615 warning Namespace linkerd-viz undefined: There is no ClusterRole linkerd-linkerd-viz-tap, no ClusterRole /,
      ],
    ],
    [
      'a mirror without endpoints',
      well + link(LINKED) + LINK_RIGHTS + mirror('west') + endpoints([]),
      [
        /^MESH-L0801/,
        /^MESH-L0803 error Service cart-west undefined: Service shop\/cart-west is mirrored/,
      ],
    ],
    [
      'a Link whose controller lacks rights',
      well + link(LINKED),
      [
        /^MESH-L0801/,
        /^MESH-L0804 error Link west undefined: There is no ServiceAccount linkerd-multicluster\/controller-west, no Role /,
      ],
    ],
  ])('with %s', (_, yaml, expected) => {
    expect(findings(yaml)).toEqual(
      expected.map(pattern => expect.stringMatching(pattern)),
    );
  });

  it('is not missed in files, which seldom have all of it', () => {
    expect(
      findings(CONTROL_PLANE + link(LINKED) + mirror('south'), 'files'),
    ).toEqual([]);
  });

  it.each([
    ['is told where the cluster serves no Links', 'absent', 1, 0],
    ['is not looked for where Links cannot be read', 'forbidden', 0, 1],
  ] as const)('a mirror without a Link %s', (_, state, found, skipped) => {
    const kindId = 'multicluster.linkerd.io/Link';
    const snapshot = clusterOf(mirror('south'), { origin: 'cluster' }).apply([
      { type: 'read', kindId, read: { state, message: `Link: ${state}` } },
    ]);
    const analysis = Analyzer.create(LINKERD_CHECKS).analyze(snapshot);
    const ofCheck = ({ code }: { code: string }) => code === 'MESH-L0802';
    expect(analysis.findings.filter(ofCheck)).toHaveLength(found);
    expect(analysis.skipped.filter(ofCheck)).toHaveLength(skipped);
  });
});
