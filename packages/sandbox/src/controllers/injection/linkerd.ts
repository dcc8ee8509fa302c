import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ObjectStore, StoredObject } from '../../store/types';
import { listOf, recordOf } from '../../store/values';
import { configMaps, namespaces, pods } from '../../world/coreKinds';
import { workloadOf } from './workload';

const CONTROL_PLANE = 'linkerd';

/** Where a proxy sends spans; one without it sends none. */
export const TRACE_COLLECTOR = 'LINKERD2_PROXY_TRACE_COLLECTOR_SVC_ADDR';

const valuesSchema = z.looseObject({
  clusterNetworks: z.string().default(''),
  clusterDomain: z.string().default('cluster.local'),
  identityTrustDomain: z.string().default('cluster.local'),
  linkerdVersion: z.string(),
  proxy: z.looseObject({
    image: z.looseObject({ name: z.string(), version: z.string().default('') }),
    defaultInboundPolicy: z.string().default('all-unauthenticated'),
    nativeSidecar: z.boolean().default(false),
    opaquePorts: z.string().default(''),
    tracing: z
      .looseObject({
        enabled: z.boolean().default(false),
        collector: z
          .looseObject({ endpoint: z.string().default('') })
          .default({ endpoint: '' }),
      })
      .default({ enabled: false, collector: { endpoint: '' } }),
  }),
});

export type LinkerdValues = z.infer<typeof valuesSchema>;

export function linkerdValues(store: ObjectStore): LinkerdValues | undefined {
  const text = configMaps.get(store, CONTROL_PLANE, 'linkerd-config')?.body.data
    .values;
  const parsed = text && valuesSchema.safeParse(parse(text));
  return parsed && parsed.success ? parsed.data : undefined;
}

/**
 * Linkerd's injection webhook: decides by the annotation `linkerd.io/inject` of namespace and pod, copies the
 * namespace's proxy settings to the pod, and adds a proxy with the settings and the trust roots of this moment.
 * Upstream: `disabledByAnnotation` in pkg/inject/report.go, pkg/inject/inject.go.
 */
export function injectLinkerd(
  store: ObjectStore,
  pod: StoredObject,
): StoredObject {
  const values = linkerdValues(store);
  const spec = pods.read(pod)?.body.spec;
  const fromNamespace =
    namespaces.get(store, undefined, pod.metadata.namespace ?? '')
      ?.annotations ?? {};
  if (!values || !spec || spec.hostNetwork || !isWanted(fromNamespace, pod)) {
    return pod;
  }
  const inherited = Object.fromEntries(
    Object.entries(fromNamespace).filter(([key]) =>
      /^config\.(?:alpha\.|beta\.)?linkerd\.io\//.test(key),
    ),
  );
  const annotations: Record<string, string> = {
    ...inherited,
    ...pod.metadata.annotations,
  };
  const version =
    annotations['config.linkerd.io/proxy-version'] ??
    (values.proxy.image.version || values.linkerdVersion);
  const roots =
    configMaps.get(store, CONTROL_PLANE, 'linkerd-identity-trust-roots')?.body
      .data['ca-bundle.crt'] ?? '';
  const native =
    (annotations['config.linkerd.io/proxy-enable-native-sidecar'] ??
      String(values.proxy.nativeSidecar)) === 'true';
  const proxy = proxyContainer(values, version, roots, annotations, native);
  const init = {
    name: 'linkerd-init',
    image: 'cr.l5d.io/linkerd/proxy-init:v2.4.3',
    args: initArgs(annotations),
  };
  const raw = recordOf(pod.spec);
  const workload = workloadOf(pod);
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      labels: {
        ...pod.metadata.labels,
        'linkerd.io/control-plane-ns': CONTROL_PLANE,
        'linkerd.io/workload-ns': pod.metadata.namespace ?? '',
        [`linkerd.io/proxy-${workload.kind.toLowerCase()}`]: workload.name,
      },
      annotations: {
        ...annotations,
        'linkerd.io/created-by': `linkerd/proxy-injector ${values.linkerdVersion}`,
        'linkerd.io/proxy-version': version,
        'linkerd.io/trust-root-sha256': createHash('sha256')
          .update(roots)
          .digest('hex'),
        'viz.linkerd.io/tap-enabled': 'true',
      },
    },
    spec: {
      ...raw,
      initContainers: [
        init,
        ...(native ? [proxy] : []),
        ...listOf(raw.initContainers),
      ],
      containers: native
        ? listOf(raw.containers)
        : [proxy, ...listOf(raw.containers)],
      volumes: [
        ...listOf(raw.volumes),
        { name: 'linkerd-proxy-init-xtables-lock', emptyDir: {} },
        { name: 'linkerd-identity-end-entity', emptyDir: { medium: 'Memory' } },
      ],
    },
  };
}

/** The pod's annotation decides unless the namespace's is wrong; without one, the namespace's. */
function isWanted(
  fromNamespace: Readonly<Record<string, string>>,
  pod: StoredObject,
): boolean {
  const on = (value: string | undefined) =>
    value === 'enabled' || value === 'ingress';
  const namespace = fromNamespace['linkerd.io/inject'];
  const own = pod.metadata.annotations?.['linkerd.io/inject'];
  if (namespace !== undefined && !on(namespace) && namespace !== 'disabled') {
    return false;
  }
  return own === undefined ? on(namespace) : on(own);
}

function initArgs(annotations: Readonly<Record<string, string>>): string[] {
  const ports = (annotation: string, ...always: string[]) =>
    [...always, annotations[annotation]].filter(Boolean).join(',');
  return [
    '--incoming-proxy-port',
    '4143',
    '--outgoing-proxy-port',
    '4140',
    '--proxy-uid',
    '2102',
    '--inbound-ports-to-ignore',
    ports('config.linkerd.io/skip-inbound-ports', '4190,4191,4567,4568'),
    '--outbound-ports-to-ignore',
    ports('config.linkerd.io/skip-outbound-ports', '4567,4568'),
  ];
}

function proxyContainer(
  values: LinkerdValues,
  version: string,
  roots: string,
  annotations: Readonly<Record<string, string>>,
  native: boolean,
) {
  const domain = values.clusterDomain;
  return {
    name: 'linkerd-proxy',
    image: `${values.proxy.image.name}:${version}`,
    ...(native && { restartPolicy: 'Always' }),
    ports: [
      { containerPort: 4143, name: 'linkerd-proxy', protocol: 'TCP' },
      { containerPort: 4191, name: 'linkerd-admin', protocol: 'TCP' },
    ],
    env: [
      field('_pod_name', 'metadata.name'),
      field('_pod_ns', 'metadata.namespace'),
      field('_pod_sa', 'spec.serviceAccountName'),
      { name: '_l5d_ns', value: CONTROL_PLANE },
      { name: '_l5d_trustdomain', value: values.identityTrustDomain },
      {
        name: 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY',
        value:
          annotations['config.linkerd.io/default-inbound-policy'] ??
          values.proxy.defaultInboundPolicy,
      },
      {
        name: 'LINKERD2_PROXY_POLICY_SVC_ADDR',
        value: `linkerd-policy.${CONTROL_PLANE}.svc.${domain}.:8090`,
      },
      {
        name: 'LINKERD2_PROXY_DESTINATION_SVC_ADDR',
        value: `linkerd-dst-headless.${CONTROL_PLANE}.svc.${domain}.:8086`,
      },
      { name: 'LINKERD2_PROXY_INBOUND_LISTEN_ADDR', value: '[::]:4143' },
      { name: 'LINKERD2_PROXY_ADMIN_LISTEN_ADDR', value: '[::]:4191' },
      { name: 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS', value: roots },
      {
        name: 'LINKERD2_PROXY_IDENTITY_LOCAL_NAME',
        value:
          '$(_pod_sa).$(_pod_ns).serviceaccount.identity.$(_l5d_ns).$(_l5d_trustdomain)',
      },
      {
        name: 'LINKERD2_PROXY_IDENTITY_SVC_NAME',
        value:
          'linkerd-identity.$(_l5d_ns).serviceaccount.identity.$(_l5d_ns).$(_l5d_trustdomain)',
      },
      ...(values.proxy.tracing.enabled
        ? [
            {
              name: TRACE_COLLECTOR,
              value: values.proxy.tracing.collector.endpoint,
            },
          ]
        : []),
    ],
    livenessProbe: { httpGet: { path: '/live', port: 4191 } },
    readinessProbe: { httpGet: { path: '/ready', port: 4191 } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 2102,
    },
  };
}

function field(name: string, fieldPath: string) {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
