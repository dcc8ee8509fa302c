import {
  EXPIRED_CERTIFICATE,
  LONG_CERTIFICATE,
} from '../../__testUtils__/certificates';
import { KindId } from '../../kubernetes/kinds';
import { MeshLinks } from '../../mesh/MeshLinks';
import { MESHES } from '../../mesh/meshes';
import { clusterOf, CONTROL_PLANE, document } from '../__testUtils__/cluster';
import { clusterMesh } from '../controlPlane';

/** What is said of a cluster with a control plane, by the id of the fact. */
function factOf(yaml: string, id: string, forbidden: KindId[] = []) {
  const mesh = clusterMesh(clusterOf(yaml, { forbidden }));
  const facts = [
    ...(mesh?.facts ?? []),
    ...(mesh?.controlPlanes.flatMap(plane => plane.facts ?? []) ?? []),
  ];
  const answer = facts.find(one => one.id === id)?.answer;
  return answer && [answer.value, answer.reasons[0].text];
}

const namespaced = (
  apiVersion: string,
  kind: string,
  name: string,
  { namespace = 'linkerd', labels = {}, ...rest }: Record<string, unknown> = {},
) =>
  document({
    apiVersion,
    kind,
    metadata: { name, namespace, labels },
    ...rest,
  });

const namespace = (name: string, metadata: object = {}) =>
  document({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, ...metadata },
  });

const account = (name: string, place = 'linkerd') =>
  namespaced('v1', 'ServiceAccount', name, { namespace: place });

const RBAC = 'rbac.authorization.k8s.io/v1';

/** ClusterRoles of these names, and ClusterRoleBindings of the others. */
const rights = (roles: string[], bindings = roles) =>
  roles
    .map(name =>
      document({ apiVersion: RBAC, kind: 'ClusterRole', metadata: { name } }),
    )
    .concat(
      bindings.map(name =>
        document({
          apiVersion: RBAC,
          kind: 'ClusterRoleBinding',
          metadata: { name },
          roleRef: { kind: 'ClusterRole', name },
        }),
      ),
    )
    .join('');

const node = (name: string, podCIDRs: string[], runtime = 'containerd://2.1') =>
  document({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    spec: { podCIDR: podCIDRs[0], podCIDRs },
    status: { nodeInfo: { containerRuntimeVersion: runtime } },
  });

const tapApi = (status: object) =>
  document({
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1alpha1.tap.linkerd.io' },
    spec: { service: { namespace: 'linkerd-viz', name: 'tap' } },
    status,
  });

const pod = (
  name: string,
  spec: object = {},
  status: object = {},
  place = 'shop',
) =>
  namespaced('v1', 'Pod', name, {
    namespace: place,
    labels: { app: name },
    spec: { containers: [{ name: 'app' }], ...spec },
    status: { phase: 'Running', podIP: '10.1.2.3', ...status },
  });

const meshed = (name: string, ready?: boolean, place = 'shop') =>
  pod(
    name,
    { containers: [{ name: 'linkerd-proxy' }, { name: 'app' }] },
    ready === undefined
      ? {}
      : { containerStatuses: [{ name: 'linkerd-proxy', ready }] },
    place,
  );

const native = (name: string) =>
  pod(
    name,
    { initContainers: [{ name: 'linkerd-proxy', restartPolicy: 'Always' }] },
    { initContainerStatuses: [{ name: 'linkerd-proxy', ready: true }] },
  );

const service = (name: string, clusterIP: string, labels: object = {}) =>
  namespaced('v1', 'Service', name, {
    namespace: 'shop',
    labels,
    spec: { clusterIP, ports: [{ port: 80 }] },
  });

const withCni = CONTROL_PLANE.replace(
  'clusterDomain:',
  'cniEnabled: true\n    clusterDomain:',
);

const cni = namespaced('apps/v1', 'DaemonSet', 'linkerd-cni', {
  namespace: 'linkerd-cni',
  spec: {
    selector: { matchLabels: { app: 'cni' } },
    template: { metadata: { labels: { app: 'cni' } } },
  },
});

const cniPod = (name: string, ready: string) =>
  namespaced('v1', 'Pod', name, {
    namespace: 'linkerd-cni',
    labels: { app: 'cni' },
    spec: { hostNetwork: true, containers: [] },
    status: {
      podIP: '192.168.1.2',
      conditions: [{ type: 'Ready', status: ready }],
    },
  });

const deployment = (
  name: string,
  place: string,
  readyReplicas: number,
  labels: object = {},
) =>
  namespaced('apps/v1', 'Deployment', name, {
    namespace: place,
    labels,
    spec: { replicas: 1, template: {} },
    status: { readyReplicas },
  });

const extension = (name: string, value: string) =>
  namespace(name, { labels: { 'linkerd.io/extension': value } });

const VIZ = extension('linkerd-viz', 'viz');

const link = (spec: object = {}, status: object = {}) =>
  namespaced('multicluster.linkerd.io/v1alpha3', 'Link', 'west', {
    namespace: 'linkerd-multicluster',
    spec: {
      targetClusterName: 'west',
      clusterCredentialsSecret: 'cluster-credentials-west',
      ...spec,
    },
    status,
  });

const controller = (ready = 1, cluster = 'west') =>
  deployment(`controller-${cluster}`, 'linkerd-multicluster', ready, {
    component: 'controller',
    'mirror.linkerd.io/cluster-name': cluster,
  });

const mirror = (cluster: string) =>
  service(`cart-${cluster}`, '10.96.0.9', {
    'mirror.linkerd.io/mirrored-service': 'true',
    'mirror.linkerd.io/cluster-name': cluster,
  });

const gatewayMirror = (cluster: string) =>
  service(`probe-${cluster}`, '10.96.0.8', {
    'mirror.linkerd.io/mirrored-gateway': 'true',
    'mirror.linkerd.io/cluster-name': cluster,
  });

const endpoints = (name: string, ips: string[]) =>
  namespaced('v1', 'Endpoints', name, {
    namespace: 'shop',
    subsets: ips.map(ip => ({ addresses: [{ ip }], ports: [{ port: 4143 }] })),
  });

const LOCAL = 'linkerd-multicluster-controller-access-local-resources';

/** The account and the Role of the controller of a Link. */
const controllerRights = (name: string, role: string) =>
  account(name, 'linkerd-multicluster') +
  namespaced(RBAC, 'Role', role, { namespace: 'linkerd-multicluster' }) +
  namespaced(RBAC, 'RoleBinding', role, {
    namespace: 'linkerd-multicluster',
    roleRef: { kind: 'Role', name: role },
  });

/** A pod whose proxy lets nobody in that no policy names. */
const denying = (place: string) =>
  pod(
    'closed',
    {
      containers: [
        {
          name: 'linkerd-proxy',
          env: [
            { name: 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY', value: 'deny' },
          ],
        },
      ],
    },
    {},
    place,
  );

const scrapePolicy = (place: string) =>
  namespaced(
    'policy.linkerd.io/v1alpha1',
    'AuthorizationPolicy',
    'prometheus-scrape',
    {
      namespace: place,
      spec: {
        targetRef: {
          group: 'policy.linkerd.io',
          kind: 'HTTPRoute',
          name: 'proxy-metrics',
        },
        requiredAuthenticationRefs: [],
      },
    },
  );

const ACCOUNTS = ['destination', 'identity', 'proxy-injector']
  .map(name => account(`linkerd-${name}`))
  .join('');

const LONG_LINE = `${LONG_CERTIFICATE}\n# of 2020`;

describe('a fact', () => {
  it.each<[what: string, yaml: string, id: string, string, RegExp]>([
    [
      'a namespace that is there',
      namespace('linkerd', {
        annotations: { 'linkerd.io/inject': 'disabled' },
      }),
      'namespace',
      'good',
      /^Namespace linkerd is there$/,
    ],
    ['no namespace', '', 'namespace', 'bad', /no namespace linkerd$/],
    [
      'a namespace that asks for proxies',
      namespace('linkerd', { annotations: { 'linkerd.io/inject': 'enabled' } }),
      'namespace',
      'notice',
      /bring their own/,
    ],
    [
      'a namespace that says it is an extension',
      extension('linkerd', 'viz'),
      'namespace',
      'notice',
      /a namespace of its own/,
    ],
    [
      'all accounts',
      ACCOUNTS + account('linkerd-heartbeat'),
      'accounts',
      'good',
      /Each part/,
    ],
    [
      'all accounts but that of the heartbeat',
      ACCOUNTS,
      'accounts',
      'bad',
      /no ServiceAccount linkerd\/linkerd-heartbeat:/,
    ],
    [
      'rights that are there',
      rights(['linkerd-linkerd-identity', 'linkerd-linkerd-proxy-injector']),
      'rights',
      'good',
      /have their ClusterRoles/,
    ],
    [
      'rights that are missing',
      rights(
        ['linkerd-linkerd-identity'],
        ['linkerd-linkerd-identity', 'linkerd-linkerd-proxy-injector'],
      ),
      'rights',
      'bad',
      /^There is no ClusterRole linkerd-linkerd-proxy-injector: without/,
    ],
    [
      'nodes whose pods are in clusterNetworks',
      node('a', ['10.244.0.0/24', 'fd00:1::/64']) + node('b', []),
      'node-networks',
      'good',
      /contains the networks/,
    ],
    [
      'nodes whose pods are outside of clusterNetworks',
      node('a', ['10.244.0.0/24']) + node('b', ['100.64.1.0/24', '8.0.0.0/6']),
      'node-networks',
      'bad',
      /does not contain 100\.64\.1\.0\/24, 8\.0\.0\.0\/6, from which/,
    ],
    [
      'nodes that give no addresses',
      node('a', []),
      'node-networks',
      'unknown',
      /No node says/,
    ],
    [
      'init containers on nodes without Docker',
      node('a', []),
      'init-container',
      'good',
      /no node runs containers by Docker/,
    ],
    [
      'init containers on a node that does not say what runs them',
      node('a', []) + node('b', [], ''),
      'init-container',
      'unknown',
      /not every node says/,
    ],
    [
      'init containers on a node with Docker',
      node('a', []) + node('b', [], 'docker://20.10.7'),
      'init-container',
      'bad',
      /^1 of 2 nodes run containers by Docker/,
    ],
    [
      'parts of viz with their rights',
      VIZ +
        deployment('metrics-api', 'linkerd-viz', 1) +
        deployment('web', 'linkerd-viz', 1) +
        rights(['linkerd-linkerd-viz-metrics-api']),
      'viz-rights',
      'good',
      /^metrics-api have/,
    ],
    [
      'a part of viz without its rights',
      VIZ +
        deployment('tap', 'linkerd-viz', 1) +
        rights(
          ['linkerd-linkerd-viz-tap'],
          ['linkerd-linkerd-viz-tap', 'linkerd-linkerd-viz-tap-auth-delegator'],
        ),
      'viz-rights',
      'notice',
      /^There is no ClusterRole linkerd-linkerd-viz-tap-admin: /,
    ],
    [
      'the API of tap that is available',
      VIZ +
        deployment('tap', 'linkerd-viz', 1) +
        tapApi({ conditions: [{ type: 'Available', status: 'True' }] }),
      'viz-tap-api',
      'good',
      /is available$/,
    ],
    [
      'the API of tap that is not available',
      VIZ +
        deployment('tap', 'linkerd-viz', 1) +
        tapApi({
          conditions: [
            { type: 'Available', status: 'False', message: 'no endpoints' },
          ],
        }),
      'viz-tap-api',
      'notice',
      /is not available: no endpoints$/,
    ],
    [
      'no API of tap',
      VIZ + deployment('tap', 'linkerd-viz', 1),
      'viz-tap-api',
      'notice',
      /There is no APIService v1alpha1\.tap\.linkerd\.io/,
    ],
    [
      'proxies that a policy lets Prometheus ask',
      VIZ +
        deployment('prometheus', 'linkerd-viz', 1) +
        denying('shop') +
        scrapePolicy('shop'),
      'viz-scrapes',
      'good',
      /is not kept from any proxy/,
    ],
    [
      'proxies that no policy lets Prometheus ask',
      VIZ +
        deployment('prometheus', 'linkerd-viz', 1) +
        denying('shop') +
        denying('bank') +
        scrapePolicy('shop'),
      'viz-scrapes',
      'notice',
      /^Pods of bank deny/,
    ],
    [
      'a missing account',
      account('linkerd-destination') + account('linkerd-identity'),
      'accounts',
      'bad',
      /no ServiceAccount linkerd\/linkerd-proxy-injector, /,
    ],
    [
      'a part for which no pod can be made',
      namespaced('apps/v1', 'Deployment', 'linkerd-identity', {
        spec: { replicas: 1, template: {} },
        status: {
          readyReplicas: 1,
          conditions: [
            { type: 'Available', status: 'True' },
            {
              type: 'ReplicaFailure',
              status: 'True',
              message: 'exceeded quota: small',
            },
          ],
        },
      }),
      'replicas-linkerd-identity',
      'bad',
      /^No pod can be made for Deployment linkerd\/linkerd-identity: exceeded quota: small$/,
    ],
    [
      'pods that have nodes',
      pod('linkerd-identity-1', {}, {}, 'linkerd'),
      'scheduling',
      'good',
      /Each of them/,
    ],
    [
      'a pod without a node',
      pod(
        'linkerd-identity-1',
        {},
        {
          conditions: [
            { type: 'PodScheduled', status: 'False', message: '0/3 nodes' },
          ],
        },
        'linkerd',
      ),
      'scheduling',
      'notice',
      /no node for linkerd-identity-1: 0\/3 nodes$/,
    ],
    [
      'networks that have all addresses',
      pod('a') + service('a', '10.96.0.1') + service('b', 'None'),
      'cluster-networks',
      'good',
      /all pods and Services/,
    ],
    [
      'networks without any address to compare',
      service('b', 'None'),
      'cluster-networks',
      'unknown',
      /No pod and no Service/,
    ],
    [
      'networks without those of pods',
      pod('a', {}, { podIP: '100.64.3.9' }) +
        pod('b', {}, { podIP: '100.64.3.10' }) +
        pod('c', {}, { podIP: '2001:db8:1:2:3::4' }) +
        pod('host', { hostNetwork: true }, { podIP: '8.8.8.8' }) +
        pod('ended', {}, { podIP: '9.9.9.9', phase: 'Succeeded' }),
      'cluster-networks',
      'bad',
      /does not contain pods in 100\.64\.3\.0\/24, 2001:0db8:0001:0002::\/64: to them/,
    ],
    [
      'networks without those of Services',
      pod('a', {}, { podIP: 'fd00:1::2' }) + service('a', '172.20.0.10'),
      'cluster-networks',
      'bad',
      /does not contain Services in 172\.20\.0\.0\/24: to them/,
    ],
    [
      'proxies that are ready',
      meshed('a', true) + native('b'),
      'proxies-ready',
      'good',
      /All 2 proxies/,
    ],
    [
      'a proxy that is not ready',
      meshed('a', true) + meshed('b', false),
      'proxies-ready',
      'notice',
      /^1 of 2 proxies are not ready/,
    ],
    [
      'a proxy of which nothing is said',
      meshed('a', true) + meshed('b'),
      'proxies-ready',
      'info',
      /^Of 1 of 2 proxies/,
    ],
    ['no proxies', pod('a'), 'proxies-ready', 'info', /No pod has a proxy/],
    [
      'proxies that run otherwise than new ones',
      meshed('a') + native('b'),
      'native-sidecars',
      'info',
      /beside the application.*; 1 of 2 are otherwise/,
    ],
    ['no CNI plugin', '', 'cni', 'info', /without the CNI plugin/],
    [
      'a plugin that is not used',
      cni + cniPod('a', 'True'),
      'cni',
      'notice',
      /^DaemonSet linkerd-cni\/linkerd-cni is there.*cniEnabled/,
    ],
    [
      'an extension that is well',
      VIZ +
        deployment('web', 'linkerd-viz', 1) +
        meshed('w', true, 'linkerd-viz'),
      'extension-viz',
      'good',
      /^It is in namespace linkerd-viz/,
    ],
    [
      'an extension that is scaled to no pod',
      VIZ +
        deployment('web', 'linkerd-viz', 0).replace(
          '"replicas":1',
          '"replicas":0',
        ),
      'extension-viz',
      'notice',
      /which has no pod: nothing of it runs$/,
    ],
    [
      'an extension that is not ready, and has no proxies',
      VIZ +
        deployment('web', 'linkerd-viz', 0) +
        pod('w', {}, {}, 'linkerd-viz'),
      'extension-viz',
      'notice',
      /not all pods of web are ready; 1 pod has no proxy/,
    ],
    [
      'an extension without anything',
      VIZ,
      'extension-viz',
      'info',
      /which has no Deployment/,
    ],
    [
      'an extension in two namespaces',
      VIZ + extension('viz2', 'viz'),
      'extension-viz',
      'notice',
      /^Namespaces linkerd-viz, viz2 all say/,
    ],
    [
      'an extension that Linkerd no longer has',
      extension('linkerd-jaeger', 'jaeger'),
      'extension-jaeger',
      'notice',
      /proxies send their traces themselves/,
    ],
    [
      'a Link that works',
      link() + controller() + mirror('west'),
      'link-linkerd-multicluster/west',
      'good',
      /is followed by its controller; 1 Service is mirrored from west$/,
    ],
    [
      'credentials',
      link() + controller(),
      'link-linkerd-multicluster/west-access',
      'unknown',
      /Secret linkerd-multicluster\/cluster-credentials-west are accepted by west is not known/,
    ],
    [
      'the rights of a controller that the chart made',
      link() +
        controller() +
        controllerRights(
          'controller-west',
          'controller-read-remote-creds-west',
        ) +
        rights([LOCAL], [`${LOCAL}-west`]),
      'link-linkerd-multicluster/west-rights',
      'good',
      /are there$/,
    ],
    [
      'the rights of a controller that the command made',
      link() +
        controller() +
        controllerRights(
          'linkerd-service-mirror-west',
          'linkerd-service-mirror-read-remote-creds-west',
        ) +
        rights(['linkerd-service-mirror-access-local-resources-west']),
      'link-linkerd-multicluster/west-rights',
      'good',
      /are there$/,
    ],
    [
      'the rights of a controller that are missing',
      link() +
        controller() +
        controllerRights(
          'controller-west',
          'controller-read-remote-creds-west',
        ) +
        rights([LOCAL], []),
      'link-linkerd-multicluster/west-rights',
      'bad',
      /^There is no ClusterRoleBinding linkerd-multicluster-controller-access-local-resources-west: /,
    ],
    [
      'the trust anchors of a cluster that is not configured',
      link() + controller(),
      'link-linkerd-multicluster/west-anchors',
      'unknown',
      /same trust anchors is not known\. No cluster of the name west is configured/,
    ],
    [
      'a mirror with an endpoint',
      link() + mirror('west') + endpoints('cart-west', ['192.0.2.7']),
      'mirror-endpoints',
      'good',
      /Each mirror/,
    ],
    [
      'mirrors without endpoints',
      link() +
        mirror('west') +
        mirror('south') +
        gatewayMirror('west') +
        endpoints('cart-west', ['192.0.2.7']) +
        endpoints('cart-south', []),
      'mirror-endpoints',
      'bad',
      /^shop\/cart-south, shop\/probe-west have no endpoints: /,
    ],
    [
      'a gateway',
      link({ gatewayAddress: '192.0.2.7' }) + controller(),
      'link-linkerd-multicluster/west-gateway',
      'unknown',
      /192\.0\.2\.7 answers is measured/,
    ],
    [
      'a Link without a controller',
      link() + controller(1, 'north'),
      'link-linkerd-multicluster/west-1',
      'bad',
      /no controller in namespace linkerd-multicluster mirrors cluster west/,
    ],
    [
      'a Link whose controller is not ready',
      link() + controller(0),
      'link-linkerd-multicluster/west-1',
      'bad',
      /no pod of its controller controller-west is ready/,
    ],
    [
      'a Link without credentials',
      link({ clusterCredentialsSecret: undefined }),
      'link-linkerd-multicluster/west-1',
      'bad',
      /has no clusterCredentialsSecret/,
    ],
    [
      'a Link with a Service that is not mirrored',
      link(
        {},
        {
          mirrorServices: [
            {
              remoteRef: { name: 'cart', namespace: 'shop' },
              conditions: [
                {
                  type: 'Mirrored',
                  status: 'False',
                  message: 'no namespace shop',
                },
              ],
            },
          ],
        },
      ) + controller(),
      'link-linkerd-multicluster/west-1',
      'notice',
      /shop\/cart could not be mirrored: no namespace shop/,
    ],
    [
      'mirrors without a Link',
      mirror('south'),
      'mirrors-without-link',
      'notice',
      /^1 Service is mirrored from south, and no Link/,
    ],
    [
      'trust anchors with text after them',
      namespaced('v1', 'ConfigMap', 'linkerd-identity-trust-roots', {
        data: { 'ca-bundle.crt': LONG_LINE },
      }),
      'trust-anchors-1',
      'bad',
      /line 9, after the last certificate/,
    ],
  ])('of %s', (_, yaml, id, value, text) => {
    expect(factOf(CONTROL_PLANE + yaml, id)).toEqual([
      value,
      expect.stringMatching(text),
    ]);
  });

  it.each<[what: string, yaml: string, string, RegExp]>([
    ['that is missing', '', 'bad', /no DaemonSet linkerd-cni/],
    ['that has no pods', cni, 'unknown', /has no pods/],
    [
      'that is not ready on a node',
      cni + cniPod('a', 'True') + cniPod('b', 'False'),
      'bad',
      /^1 of 2 pods of DaemonSet linkerd-cni\/linkerd-cni are not ready/,
    ],
    [
      'that is ready',
      cni + cniPod('a', 'True'),
      'good',
      /1 of 1 of its pods are ready/,
    ],
  ])('of a CNI plugin %s', (_, yaml, value, text) => {
    expect(factOf(withCni + yaml, 'cni')).toEqual([
      value,
      expect.stringMatching(text),
    ]);
  });

  it.each<[what: string, yaml: string, string, RegExp]>([
    [
      'that are there',
      namespaced('v1', 'ConfigMap', 'linkerd-cni-config', {
        namespace: 'linkerd-cni',
      }) +
        account('linkerd-cni', 'linkerd-cni') +
        rights(['linkerd-cni']),
      'good',
      /are there$/,
    ],
    [
      'that are missing',
      account('linkerd-cni', 'linkerd-cni') + rights([], ['linkerd-cni']),
      'bad',
      /^There is no ConfigMap linkerd-cni\/linkerd-cni-config, no ClusterRole linkerd-cni: /,
    ],
  ])('of parts of a CNI plugin %s', (_, yaml, value, text) => {
    expect(factOf(withCni + cni + yaml, 'cni-parts')).toEqual([
      value,
      expect.stringMatching(text),
    ]);
  });

  it('of init containers that run as root does not need to know nodes', () => {
    const asRoot = CONTROL_PLANE.replace(
      'proxyInit:',
      'proxyInit:\n      runAsRoot: true',
    );
    expect(factOf(asRoot, 'init-container', ['Node'])).toEqual([
      'good',
      expect.stringContaining('They run as root'),
    ]);
    expect(factOf(withCni, 'init-container')).toBeUndefined();
  });

  it('of accounts does without that of a heartbeat that is switched off', () => {
    const quiet = CONTROL_PLANE.replace(
      'clusterDomain:',
      'disableHeartBeat: true\n    clusterDomain:',
    );
    expect(factOf(quiet + ACCOUNTS, 'accounts')).toEqual([
      'good',
      expect.anything(),
    ]);
  });

  it.each([
    ['the same', `${LONG_CERTIFICATE}\n`, 'good', /has the same trust anchors/],
    [
      'more',
      `${LONG_CERTIFICATE}\n${EXPIRED_CERTIFICATE}`,
      'bad',
      /^west has other trust anchors/,
    ],
    ['others', EXPIRED_CERTIFICATE, 'bad', /^west has other trust anchors/],
    ['none in it', 'no certificate', 'unknown', /anchors of west could not be/],
    [
      'none that were read',
      undefined,
      'unknown',
      /anchors of west could not be/,
    ],
  ])('of the trust anchors of a cluster with %s', (_, pem, value, text) => {
    const anchors = (bundle: string) =>
      namespaced('v1', 'ConfigMap', 'linkerd-identity-trust-roots', {
        data: { 'ca-bundle.crt': bundle },
      });
    const [here] = MeshLinks.create(MESHES).link([
      clusterOf(CONTROL_PLANE + link() + anchors(LONG_CERTIFICATE), {
        name: 'east',
      }),
      clusterOf(CONTROL_PLANE + (pem ? anchors(pem) : ''), { name: 'west' }),
    ]);
    expect(
      clusterMesh(here)?.facts?.find(
        ({ id }) => id === 'link-linkerd-multicluster/west-anchors',
      )?.answer,
    ).toMatchObject({
      value,
      reasons: [{ text: expect.stringMatching(text) }],
    });
  });

  it('of networks that are none', () => {
    expect(
      factOf(
        CONTROL_PLANE.replace('10.0.0.0/8,', '10.0.0.0/99,'),
        'cluster-networks',
      ),
    ).toEqual(['bad', expect.stringContaining('has 10.0.0.0/99')]);
  });

  it.each<[id: string, kind: KindId]>([
    ['namespace', 'Namespace'],
    ['extensions', 'Namespace'],
    ['accounts', 'ServiceAccount'],
    ['rights', 'rbac.authorization.k8s.io/ClusterRole'],
    ['rights', 'rbac.authorization.k8s.io/ClusterRoleBinding'],
    ['node-networks', 'Node'],
    ['cni-parts', 'rbac.authorization.k8s.io/ClusterRole'],
    ['viz', 'apps/Deployment'],
    ['mirror-endpoints', 'Endpoints'],
    ['link-linkerd-multicluster/west-rights', 'rbac.authorization.k8s.io/Role'],
    ['link-linkerd-multicluster/west-rights', 'ServiceAccount'],
    ['scheduling', 'Pod'],
    ['cluster-networks', 'Pod'],
    ['cluster-networks', 'Service'],
    ['cni', 'apps/DaemonSet'],
    ['cni', 'Pod'],
    ['native-sidecars', 'Pod'],
    ['proxies-ready', 'Pod'],
    ['extension-viz', 'apps/Deployment'],
    ['links', 'multicluster.linkerd.io/Link'],
    ['link-linkerd-multicluster/west', 'apps/Deployment'],
  ])('%s is unknown where %s may not be read', (id, kind) => {
    expect(
      factOf(withCni + VIZ + link() + mirror('west') + cni, id, [kind]),
    ).toEqual(['unknown', `${kind} is forbidden`]);
  });

  it('of a Link in files does not say that a controller follows it', () => {
    const snapshot = clusterOf(CONTROL_PLANE + link() + mirror('west'), {
      origin: 'files',
    });
    expect(
      clusterMesh(snapshot)?.facts?.find(
        ({ title }) => title === 'Link to west',
      )?.answer,
    ).toMatchObject({
      value: 'unknown',
      cause: 'not-measured',
      reasons: [
        {
          text: 'Whether Link linkerd-multicluster/west is followed by its controller is not looked at in files; 1 Service is mirrored from west',
        },
      ],
    });
  });

  it('has an id of its own for each of two Links of one name', () => {
    const elsewhere = link().replace(
      'linkerd-multicluster',
      'linkerd-multicluster-2',
    );
    const facts =
      clusterMesh(clusterOf(CONTROL_PLANE + link() + elsewhere))?.facts ?? [];
    const ids = facts
      .map(({ id }) => id)
      .filter(one => one.startsWith('link-'));
    expect(ids.length).toBeGreaterThan(3);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says nothing of Links where a cluster has no such kind', () => {
    expect(factOf(CONTROL_PLANE, 'links')).toBeUndefined();
  });
});

describe('components', () => {
  it('are the CNI plugin and what extensions run', () => {
    expect(
      clusterMesh(
        clusterOf(
          CONTROL_PLANE +
            cni +
            cniPod('a', 'False') +
            VIZ +
            deployment('web', 'linkerd-viz', 1),
        ),
      )?.components,
    ).toMatchObject([
      { name: 'linkerd-cni', answer: { value: 'bad' } },
      { name: 'web', answer: { value: 'good' } },
    ]);
  });
});
