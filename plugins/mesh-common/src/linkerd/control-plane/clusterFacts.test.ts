import { LONG_CERTIFICATE } from '../../__testUtils__/certificates';
import { KindId } from '../../kubernetes/kinds';
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

const account = (name: string) => namespaced('v1', 'ServiceAccount', name);

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
      account('linkerd-destination') +
        account('linkerd-identity') +
        account('linkerd-proxy-injector'),
      'accounts',
      'good',
      /Each part/,
    ],
    [
      'a missing account',
      account('linkerd-destination') + account('linkerd-identity'),
      'accounts',
      'bad',
      /no ServiceAccount linkerd\/linkerd-proxy-injector:/,
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
      /Secret linkerd-multicluster\/cluster-credentials-west .* same trust anchors, is not known/,
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
    expect(factOf(withCni + VIZ + link() + cni, id, [kind])).toEqual([
      'unknown',
      `${kind} is forbidden`,
    ]);
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
