import { MeshSnapshot } from 'backstage-plugin-mesh-common';
import { stringify } from 'yaml';
import { clusterOf, objectsOf } from '../../cluster';
import { CaseContext, CaseWorkload, ValidationsCase } from './case';
import { withNames } from './unnamed';

const DEFAULT_ROOT = 'istio-system';

const SIDECAR = 'sidecar.istio.io/status';

const REDIRECTED = { 'ambient.istio.io/redirection': 'enabled' };

/** The cluster that a case is about, beside the others of its mesh. */
export function clusterOfCase({
  input_yaml: input,
  extra_yaml: extra,
  context,
}: ValidationsCase): MeshSnapshot {
  const objects = withNames([...objectsOf(input), ...objectsOf(extra)]);
  const others = Object.keys(context.serviceAccounts).filter(
    cluster => cluster !== context.cluster,
  );
  return ownCluster(context, objects).withPeers(
    'istio',
    others.map(cluster =>
      MeshSnapshot.of(cluster, [
        ...controlPlanes({ ...context, cluster }),
        ...accounts(context, cluster),
      ]),
    ),
  );
}

function ownCluster(context: CaseContext, objects: object[]): MeshSnapshot {
  return clusterOf([
    ...controlPlanes(context),
    ...namespaces(context, objects),
    ...Object.values(context.workloadsPerNamespace)
      .flat()
      .map(ownName)
      .flatMap(workload => [
        deployment(workload),
        ...(workload.pods ?? [sidecarOrAmbient(workload, context)]).map(pod =>
          podOf(workload, pod),
        ),
      ]),
    ...(context.workload ? judgedWorkload(context.workload) : []),
    ...accounts(context, context.cluster),
    ...gatewayClasses(context, objects),
    ...objects,
  ]);
}

/** One of Istio's control planes for each root namespace that the case names. */
function controlPlanes(context: CaseContext): object[] {
  const roots = rootsOf(context);
  return roots.flatMap(rootNamespace => {
    const revision = roots.length > 1 ? rootNamespace : undefined;
    return [
      settings(context, rootNamespace, revision),
      injector(context, rootNamespace, revision),
      istiod(context, rootNamespace, revision),
    ];
  });
}

function rootsOf({ rootNamespace, rootNamespaces }: CaseContext): string[] {
  const named = [...new Set(Object.values(rootNamespaces))];
  return named.length > 0 ? named : [rootNamespace ?? DEFAULT_ROOT];
}

function settings(
  context: CaseContext,
  rootNamespace: string,
  revision: string | undefined,
): object {
  const { mtlsDetails, policyAllowAny } = context;
  const [trustDomain, ...trustDomainAliases] = trustDomains(context);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: revision ? `istio-${revision}` : 'istio',
      namespace: rootNamespace,
    },
    data: {
      mesh: stringify({
        rootNamespace,
        enableAutoMtls: mtlsDetails?.enabledAutoMtls ?? false,
        outboundTrafficPolicy: {
          mode: policyAllowAny ?? true ? 'ALLOW_ANY' : 'REGISTRY_ONLY',
        },
        ...(trustDomain && { trustDomain, trustDomainAliases }),
      }),
    },
  };
}

/** The domains of the cluster's own identities, and those known that no other cluster has. */
function trustDomains({
  cluster,
  serviceAccounts,
  knownTrustDomains,
}: CaseContext): string[] {
  const domainsIn = (name: string) =>
    (serviceAccounts[name] ?? []).map(identity => identity.split('/')[0]);
  const elsewhere = Object.keys(serviceAccounts)
    .filter(name => name !== cluster)
    .flatMap(domainsIn);
  return [
    ...new Set([
      ...domainsIn(cluster),
      ...knownTrustDomains.filter(domain => !elsewhere.includes(domain)),
    ]),
  ];
}

/** Kiali names the domain of the cluster's services `svc.DOMAIN`. */
function clusterDomain({ identityDomain }: CaseContext): string {
  return identityDomain?.replace(/^svc\./, '') ?? 'cluster.local';
}

function injector(
  context: CaseContext,
  namespace: string,
  revision: string | undefined,
): object {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: ['istio-sidecar-injector', revision].filter(Boolean).join('-'),
      namespace,
    },
    data: {
      config: '',
      values: stringify({
        global: { proxy: { clusterDomain: clusterDomain(context) } },
      }),
    },
  };
}

function istiod(
  { isGatewayToNamespace }: CaseContext,
  namespace: string,
  revision: string | undefined,
): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'istiod',
      namespace,
      labels: { app: 'istiod', 'istio.io/rev': revision ?? 'default' },
    },
    spec: {
      selector: { matchLabels: { app: 'istiod' } },
      template: {
        metadata: { labels: { app: 'istiod' } },
        spec: {
          // Of its own, so that it stands for none of the case's accounts.
          serviceAccountName: 'istiod',
          containers: [
            {
              name: 'discovery',
              env: [
                {
                  name: 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE',
                  value: String(isGatewayToNamespace),
                },
              ],
            },
          ],
        },
      },
    },
  };
}

/** A namespace that the case leaves out is absent on purpose; where it names none, those of the objects are there. */
function namespaces(context: CaseContext, objects: object[]): object[] {
  const roots = rootsOf(context);
  const named = context.namespaces ?? [
    ...new Set([
      ...roots,
      ...Object.keys(context.rootNamespaces),
      ...Object.keys(context.workloadsPerNamespace),
      ...objects.flatMap(namespaceOf),
    ]),
  ];
  return named
    .map(one =>
      typeof one === 'string'
        ? { name: one, isAmbient: false, labels: {} }
        : one,
    )
    .map(({ name, isAmbient, labels }) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        labels: {
          ...(roots.length > 1 && {
            'istio.io/rev': context.rootNamespaces[name] ?? roots[0],
          }),
          ...(isAmbient && { 'istio.io/dataplane-mode': 'ambient' }),
          ...labels,
        },
      },
    }));
}

function namespaceOf(object: object): string[] {
  const { metadata } = Object(object);
  const { namespace } = Object(metadata);
  return typeof namespace === 'string' ? [namespace] : [];
}

/** Cases give several workloads one name. */
function ownName(
  workload: CaseWorkload,
  index: number,
  all: readonly CaseWorkload[],
): CaseWorkload {
  const before = all
    .slice(0, index)
    .filter(
      ({ name, namespace }) =>
        name === workload.name && namespace === workload.namespace,
    ).length;
  return before === 0
    ? workload
    : { ...workload, name: `${workload.name}-${before}` };
}

function deployment({ name, namespace, labels }: CaseWorkload): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'app' }] },
      },
    },
  };
}

/** The workload that a case judges has the pods that are named, and one in ambient mode or with a sidecar where that is said. */
function judgedWorkload(workload: CaseWorkload): object[] {
  const { isAmbient, istioSidecar } = workload;
  const pods = workload.pods ?? (isAmbient || istioSidecar ? [{}] : []);
  return [
    deployment(workload),
    ...pods.map((pod: PodOptions) =>
      podOf(workload, {
        ...pod,
        labels: { ...workload.labels, ...pod.labels },
        annotations: { ...(isAmbient && REDIRECTED), ...pod.annotations },
        withProxy: istioSidecar || pod.annotations?.[SIDECAR] !== undefined,
      }),
    ),
  ];
}

/** Kiali is given the classes by their names. */
function gatewayClasses(
  { gatewayClasses: classes }: CaseContext,
  objects: object[],
): object[] {
  const written = objects
    .filter(object => Object(object).kind === 'GatewayClass')
    .map(object => Object(object).metadata?.name);
  return classes
    .map(({ className }) => className)
    .filter(name => !written.includes(name))
    .map(name => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name },
      spec: { controllerName: 'istio.io/gateway-controller' },
    }));
}

interface PodOptions {
  name?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  withProxy?: boolean;
}

/** Other workloads are in the mesh. */
function sidecarOrAmbient(
  { namespace }: CaseWorkload,
  { namespaces: named = [] }: CaseContext,
): PodOptions {
  return named.some(({ name, isAmbient }) => name === namespace && isAmbient)
    ? { annotations: REDIRECTED }
    : { withProxy: true };
}

function podOf(workload: CaseWorkload, options: PodOptions): object {
  const { name, namespace, labels } = workload;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: options.name ?? `${name}-0`,
      namespace,
      labels: { 'pod-template-hash': '0', ...(options.labels ?? labels) },
      annotations: options.annotations ?? {},
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${name}-0`,
          uid: name,
          controller: true,
        },
      ],
    },
    spec: {
      containers: [
        { name: 'app' },
        ...(options.withProxy ? [{ name: 'istio-proxy' }] : []),
      ],
    },
  };
}

/** Kiali takes the accounts of a cluster from its pods. Where a case names the domain, those of other domains are nobody's. */
function accounts(context: CaseContext, cluster: string): object[] {
  const domain = context.identityDomain && clusterDomain(context);
  const places = new Set(
    (context.serviceAccounts[cluster] ?? [])
      .filter(identity => !domain || identity.startsWith(`${domain}/`))
      .map(identity => identity.split('/').slice(1).join('/')),
  );
  return [...places].map((place, index) => {
    const [, namespace, , serviceAccountName] = place.split('/');
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `account-${index}`, namespace },
      spec: { serviceAccountName, containers: [{ name: 'app' }] },
    };
  });
}
