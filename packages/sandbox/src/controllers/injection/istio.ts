import { parse } from 'yaml';
import { z } from 'zod';
import type { ObjectStore, StoredObject } from '../../store/types';
import { listOf, recordOf } from '../../store/values';
import {
  configMaps,
  namespaces,
  nodes,
  pods,
  type PodSpec,
} from '../../world/coreKinds';
import { workloadOf } from './workload';

const IGNORED_NAMESPACES = [
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
];

const valuesSchema = z.looseObject({
  global: z.looseObject({
    hub: z.string(),
    tag: z.union([z.string(), z.number()]).transform(String),
    proxy: z.looseObject({ image: z.string() }).default({ image: 'proxyv2' }),
    multiCluster: z
      .looseObject({ clusterName: z.string() })
      .default({ clusterName: 'Kubernetes' }),
  }),
  revision: z.string().default(''),
});

const meshSchema = z.looseObject({
  trustDomain: z.string().default('cluster.local'),
});

const VOLUMES = [
  { name: 'workload-socket', emptyDir: {} },
  { name: 'workload-certs', emptyDir: {} },
  { name: 'istio-envoy', emptyDir: { medium: 'Memory' } },
  { name: 'istio-data', emptyDir: {} },
  { name: 'istiod-ca-cert', configMap: { name: 'istio-ca-root-cert' } },
];

/**
 * Istio's injection webhook: decides by `sidecar.istio.io/inject` (the label before the annotation), host network and
 * namespace, and adds the sidecar of the injector's own version: a native one where every kubelet is 1.33 or newer,
 * unless the pod says otherwise. Upstream: `injectRequired` in pkg/kube/inject/inject.go.
 */
export function injectIstio(
  store: ObjectStore,
  pod: StoredObject,
): StoredObject {
  const values = injectorValues(store);
  const spec = pods.read(pod)?.body.spec;
  if (!values || !spec || !isRequired(pod, spec)) {
    return pod;
  }
  const native = isNative(store, pod);
  const proxy = proxyContainer(store, pod, values, native);
  const validation = {
    name: 'istio-validation',
    image: proxy.image,
    args: ['istio-iptables', '-p', '15001', '-z', '15006', '--run-validation'],
  };
  const raw = recordOf(pod.spec);
  const added = native ? [validation, proxy] : [validation];
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      labels: injectedLabels(pod),
      annotations: {
        'istio.io/rev': values.revision || 'default',
        'kubectl.kubernetes.io/default-container':
          spec.containers[0]?.name ?? '',
        'prometheus.io/path': '/stats/prometheus',
        'prometheus.io/port': '15020',
        'prometheus.io/scrape': 'true',
        ...pod.metadata.annotations,
        'sidecar.istio.io/status': JSON.stringify({
          initContainers: added.map(({ name }) => name),
          containers: native ? null : ['istio-proxy'],
          volumes: VOLUMES.map(({ name }) => name),
          imagePullSecrets: null,
          revision: values.revision || 'default',
        }),
      },
    },
    spec: {
      ...raw,
      initContainers: [...added, ...listOf(raw.initContainers)],
      containers: native
        ? listOf(raw.containers)
        : [...listOf(raw.containers), proxy],
      volumes: [...VOLUMES, ...listOf(raw.volumes)],
    },
  };
}

type Values = z.infer<typeof valuesSchema>;

function injectorValues(store: ObjectStore): Values | undefined {
  const text = configMaps.get(store, 'istio-system', 'istio-sidecar-injector')
    ?.body.data.values;
  const parsed = text && valuesSchema.safeParse(parse(text));
  return parsed && parsed.success ? parsed.data : undefined;
}

/** The image of the proxies that istiod deploys today. */
export function proxyImage(store: ObjectStore): string {
  const global = injectorValues(store)?.global;
  return global
    ? `${global.hub}/${global.proxy.image}:${global.tag}`
    : 'istio/proxyv2';
}

function trustDomain(store: ObjectStore): string {
  const text = configMaps.get(store, 'istio-system', 'istio')?.body.data.mesh;
  const parsed = meshSchema.safeParse(text ? parse(text) : {});
  return parsed.success ? parsed.data.trustDomain : 'cluster.local';
}

function isRequired({ metadata }: StoredObject, spec: PodSpec): boolean {
  if (
    spec.hostNetwork ||
    IGNORED_NAMESPACES.includes(metadata.namespace ?? '')
  ) {
    return false;
  }
  const choice =
    metadata.labels?.['sidecar.istio.io/inject'] ??
    metadata.annotations?.['sidecar.istio.io/inject'];
  return choice === undefined || /^(?:y|yes|true|on)$/i.test(choice);
}

function isNative(store: ObjectStore, { metadata }: StoredObject): boolean {
  const choice = metadata.annotations?.['sidecar.istio.io/nativeSidecar'];
  if (choice) {
    return choice === 'true';
  }
  const all = nodes.list(store);
  return (
    all.length > 0 &&
    all.every(({ body }) => {
      const [, minor] =
        /^v1\.(\d+)/.exec(body.status.nodeInfo.kubeletVersion) ?? [];
      return Number(minor ?? 0) >= 33;
    })
  );
}

function injectedLabels(pod: StoredObject): Record<string, string> {
  const labels = pod.metadata.labels ?? {};
  const name =
    labels['app.kubernetes.io/name'] ?? labels.app ?? workloadOf(pod).name;
  return {
    ...labels,
    'security.istio.io/tlsMode': 'istio',
    'service.istio.io/canonical-name':
      labels['service.istio.io/canonical-name'] ?? name,
    'service.istio.io/canonical-revision':
      labels['service.istio.io/canonical-revision'] ??
      labels['app.kubernetes.io/version'] ??
      labels.version ??
      'latest',
  };
}

function proxyContainer(
  store: ObjectStore,
  pod: StoredObject,
  { global, revision }: Values,
  native: boolean,
) {
  const workload = workloadOf(pod);
  const domain = trustDomain(store);
  return {
    name: 'istio-proxy',
    image: proxyImage(store),
    ...(native && { restartPolicy: 'Always' }),
    args: [
      'proxy',
      'sidecar',
      '--domain',
      '$(POD_NAMESPACE).svc.cluster.local',
      '--proxyLogLevel=warning',
    ],
    ports: [{ containerPort: 15090, name: 'http-envoy-prom', protocol: 'TCP' }],
    env: [
      { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
      {
        name: 'CA_ADDR',
        value: `istiod${revision ? `-${revision}` : ''}.istio-system.svc:15012`,
      },
      field('POD_NAME', 'metadata.name'),
      field('POD_NAMESPACE', 'metadata.namespace'),
      field('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
      { name: 'ISTIO_META_CLUSTER_ID', value: global.multiCluster.clusterName },
      { name: 'ISTIO_META_INTERCEPTION_MODE', value: 'REDIRECT' },
      { name: 'ISTIO_META_WORKLOAD_NAME', value: workload.name },
      {
        name: 'ISTIO_META_OWNER',
        value: `kubernetes://apis/apps/v1/namespaces/${
          pod.metadata.namespace
        }/${workload.kind.toLowerCase()}s/${workload.name}`,
      },
      { name: 'ISTIO_META_MESH_ID', value: domain },
      { name: 'TRUST_DOMAIN', value: domain },
    ],
    readinessProbe: { httpGet: { path: '/healthz/ready', port: 15021 } },
    resources: {
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { cpu: '2', memory: '1Gi' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 1337,
      runAsGroup: 1337,
    },
  };
}

function field(name: string, fieldPath: string) {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

/** Whether the namespace or the pod asks for ambient mode, and the pod can have it. */
export function isAmbientEligible(
  store: ObjectStore,
  pod: StoredObject,
): boolean {
  const spec = pods.read(pod)?.body.spec;
  const { namespace, labels, annotations } = pod.metadata;
  const mode =
    labels?.['istio.io/dataplane-mode'] ??
    namespaces.get(store, undefined, namespace ?? '')?.labels[
      'istio.io/dataplane-mode'
    ];
  return (
    mode === 'ambient' &&
    spec?.hostNetwork !== true &&
    !annotations?.['sidecar.istio.io/status']
  );
}
