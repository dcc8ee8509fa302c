import { z } from 'zod';
import { flaggerCanarySchema, rolloutSchema } from '../canary/schemas';
import { certManagerCertificateSchema } from '../cert-manager/schemas';
import { backendTlsPolicySchema } from '../gateway-api/backendTlsPolicySchema';
import {
  connectionRouteSchema,
  gatewayApiGatewaySchema,
  gatewayClassSchema,
  grpcRouteSchema,
  httpRouteSchema,
  listenerSetSchema,
  referenceGrantSchema,
} from '../gateway-api/schemas';
import {
  authorizationPolicySchema,
  destinationRuleSchema,
  envoyFilterSchema,
  gatewaySchema,
  istioOperatorSchema,
  peerAuthenticationSchema,
  proxyConfigSchema,
  proxyExtensionSchema,
  requestAuthenticationSchema,
  serviceEntrySchema,
  sidecarSchema,
  telemetrySchema,
  virtualServiceSchema,
  workloadEntrySchema,
  workloadGroupSchema,
} from '../istio/schemas';
import {
  egressNetworkSchema,
  externalWorkloadSchema,
  httpLocalRateLimitPolicySchema,
  linkerdAuthorizationPolicySchema,
  meshTlsAuthenticationSchema,
  multiclusterLinkSchema,
  networkAuthenticationSchema,
  serverAuthorizationSchema,
  serverSchema,
  serviceProfileSchema,
  trafficSplitSchema,
} from '../linkerd/schemas';
import {
  apiServiceSchema,
  configMapSchema,
  customResourceDefinitionSchema,
  endpointsSchema,
  horizontalPodAutoscalerSchema,
  namespaceSchema,
  networkPolicySchema,
  nodeSchema,
  podDisruptionBudgetSchema,
  podSchema,
  roleSchema,
  secretSchema,
  serviceAccountSchema,
  serviceSchema,
  webhookConfigurationSchema,
  workloadControllerSchema,
} from './schemas/core';
import { KindObjects } from './KindObjects';

/**
 * A kind that rules read: how the API names it, and the fields that are read of it.
 *
 * @public
 */
export interface KindDefinition<S extends z.ZodType = z.ZodType> {
  /** Empty for the core group. */
  group: string;
  kind: string;
  plural: string;
  /** Versions that rules understand, preferred first; which of them a cluster serves is discovered. */
  versions: readonly string[];
  namespaced: boolean;
  schema: S;
  /**
   * `whole`: an object is kept as the API gives it (without managed fields), so that it can be shown.
   * `read-fields`: only what rules read is kept, for kinds that are many or that carry what is not ours to show.
   */
  keep: 'whole' | 'read-fields';
  /** Only objects with one of these label selectors (or field selectors) are read; absent reads all. */
  labelSelectors?: readonly string[];
  /** Objects that are read besides, by their fields. */
  fieldSelectors?: readonly string[];
  /** Objects that are read besides: of this name, in each namespace where that one of the label selectors finds any. */
  companions?: readonly { beside: string; name: string }[];
  /** Read of a cluster only where it serves that kind, without which rules need nothing of this one. */
  onlyBeside?: KindId;
  /** Read of files alone, never of a cluster; says why. Rules that need it do not run on a cluster. */
  onlyInFiles?: string;
}

/**
 * A key of the table of kinds, such as `Pod` or `security.istio.io/PeerAuthentication`.
 *
 * @public
 */
export type KindId = keyof KindObjects;

/**
 * The object type of each kind.
 *
 * @public
 */
export type ObjectOf<K extends KindId> = KindObjects[K];

/**
 * What is said of each kind.
 *
 * @public
 */
export type KindTable = {
  readonly [K in KindId]: KindDefinition<z.ZodType<KindObjects[K]>>;
};

function define<S extends z.ZodType>(
  definition: KindDefinition<S>,
): KindDefinition<S> {
  return definition;
}

const istioNetworking = {
  group: 'networking.istio.io',
  versions: ['v1', 'v1beta1', 'v1alpha3'],
  namespaced: true,
  keep: 'whole',
} as const;

const istioSecurity = {
  group: 'security.istio.io',
  versions: ['v1', 'v1beta1'],
  namespaced: true,
  keep: 'whole',
} as const;

const gatewayApi = {
  group: 'gateway.networking.k8s.io',
  namespaced: true,
  keep: 'whole',
} as const;

const linkerdPolicy = {
  group: 'policy.linkerd.io',
  namespaced: true,
  keep: 'whole',
} as const;

const apps = {
  group: 'apps',
  versions: ['v1'],
  namespaced: true,
  keep: 'read-fields',
  schema: workloadControllerSchema,
} as const;

const rbac = {
  group: 'rbac.authorization.k8s.io',
  versions: ['v1'],
  keep: 'read-fields',
} as const;

/**
 * The table of kinds: everything that is read of a cluster (or of files alone, where it says so), and nothing else. Keys are `group/Kind`
 * (the core group: the kind alone), since kinds of different groups share names.
 *
 * @public
 */
export const KINDS: KindTable = {
  Namespace: define({
    group: '',
    kind: 'Namespace',
    plural: 'namespaces',
    versions: ['v1'],
    namespaced: false,
    schema: namespaceSchema,
    keep: 'read-fields',
  }),
  Pod: define({
    group: '',
    kind: 'Pod',
    plural: 'pods',
    versions: ['v1'],
    namespaced: true,
    schema: podSchema,
    keep: 'read-fields',
  }),
  Service: define({
    group: '',
    kind: 'Service',
    plural: 'services',
    versions: ['v1'],
    namespaced: true,
    schema: serviceSchema,
    keep: 'read-fields',
  }),
  ServiceAccount: define({
    group: '',
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    versions: ['v1'],
    namespaced: true,
    schema: serviceAccountSchema,
    keep: 'read-fields',
  }),
  /**
   * Only the settings of the control planes and of Linkerd's CNI plugin, of which the charts label theirs, and Istio's root certificate: it is
   * copied to every namespace, so that only those are read that are beside the settings of a control plane.
   */
  ConfigMap: define({
    group: '',
    kind: 'ConfigMap',
    plural: 'configmaps',
    versions: ['v1'],
    namespaced: true,
    schema: configMapSchema,
    keep: 'whole',
    labelSelectors: [
      'istio.io/rev',
      'linkerd.io/control-plane-ns',
      'linkerd.io/cni-resource',
    ],
    fieldSelectors: [
      'metadata.name=istio-ca-root-cert,metadata.namespace=istio-system',
    ],
    companions: [{ beside: 'istio.io/rev', name: 'istio-ca-root-cert' }],
  }),
  Secret: define({
    group: '',
    kind: 'Secret',
    plural: 'secrets',
    versions: ['v1'],
    namespaced: true,
    schema: secretSchema,
    keep: 'read-fields',
    onlyInFiles: 'Secrets are never read of a cluster',
  }),
  Node: define({
    group: '',
    kind: 'Node',
    plural: 'nodes',
    versions: ['v1'],
    namespaced: false,
    schema: nodeSchema,
    keep: 'read-fields',
    onlyBeside: 'policy.linkerd.io/Server',
  }),
  /** Only those of mirrored Services, which the controller of a Link keeps. */
  Endpoints: define({
    group: '',
    kind: 'Endpoints',
    plural: 'endpoints',
    versions: ['v1'],
    namespaced: true,
    schema: endpointsSchema,
    keep: 'read-fields',
    labelSelectors: ['mirror.linkerd.io/cluster-name'],
    onlyBeside: 'multicluster.linkerd.io/Link',
  }),
  'apps/Deployment': define({
    ...apps,
    kind: 'Deployment',
    plural: 'deployments',
  }),
  'apps/StatefulSet': define({
    ...apps,
    kind: 'StatefulSet',
    plural: 'statefulsets',
  }),
  'apps/DaemonSet': define({
    ...apps,
    kind: 'DaemonSet',
    plural: 'daemonsets',
  }),
  'policy/PodDisruptionBudget': define({
    group: 'policy',
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    versions: ['v1'],
    namespaced: true,
    schema: podDisruptionBudgetSchema,
    keep: 'whole',
  }),
  'autoscaling/HorizontalPodAutoscaler': define({
    group: 'autoscaling',
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
    versions: ['v2'],
    namespaced: true,
    schema: horizontalPodAutoscalerSchema,
    keep: 'whole',
  }),
  'networking.k8s.io/NetworkPolicy': define({
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    versions: ['v1'],
    namespaced: true,
    schema: networkPolicySchema,
    keep: 'whole',
  }),
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': define({
    group: 'admissionregistration.k8s.io',
    kind: 'MutatingWebhookConfiguration',
    plural: 'mutatingwebhookconfigurations',
    versions: ['v1'],
    namespaced: false,
    schema: webhookConfigurationSchema,
    keep: 'read-fields',
  }),
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': define({
    group: 'admissionregistration.k8s.io',
    kind: 'ValidatingWebhookConfiguration',
    plural: 'validatingwebhookconfigurations',
    versions: ['v1'],
    namespaced: false,
    schema: webhookConfigurationSchema,
    keep: 'read-fields',
  }),
  'apiextensions.k8s.io/CustomResourceDefinition': define({
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    versions: ['v1'],
    namespaced: false,
    schema: customResourceDefinitionSchema,
    keep: 'read-fields',
  }),
  'apiregistration.k8s.io/APIService': define({
    group: 'apiregistration.k8s.io',
    kind: 'APIService',
    plural: 'apiservices',
    versions: ['v1'],
    namespaced: false,
    schema: apiServiceSchema,
    keep: 'read-fields',
    onlyBeside: 'policy.linkerd.io/Server',
  }),
  'rbac.authorization.k8s.io/ClusterRole': define({
    ...rbac,
    kind: 'ClusterRole',
    plural: 'clusterroles',
    namespaced: false,
    schema: roleSchema,
    onlyBeside: 'policy.linkerd.io/Server',
  }),
  'rbac.authorization.k8s.io/ClusterRoleBinding': define({
    ...rbac,
    kind: 'ClusterRoleBinding',
    plural: 'clusterrolebindings',
    namespaced: false,
    schema: roleSchema,
    onlyBeside: 'policy.linkerd.io/Server',
  }),
  /** Only those of the controllers that mirror Services. */
  'rbac.authorization.k8s.io/Role': define({
    ...rbac,
    kind: 'Role',
    plural: 'roles',
    namespaced: true,
    schema: roleSchema,
    labelSelectors: ['mirror.linkerd.io/cluster-name'],
    onlyBeside: 'multicluster.linkerd.io/Link',
  }),
  /** Only those of the controllers that mirror Services. */
  'rbac.authorization.k8s.io/RoleBinding': define({
    ...rbac,
    kind: 'RoleBinding',
    plural: 'rolebindings',
    namespaced: true,
    schema: roleSchema,
    labelSelectors: ['mirror.linkerd.io/cluster-name'],
    onlyBeside: 'multicluster.linkerd.io/Link',
  }),
  'security.istio.io/PeerAuthentication': define({
    ...istioSecurity,
    kind: 'PeerAuthentication',
    plural: 'peerauthentications',
    schema: peerAuthenticationSchema,
  }),
  'security.istio.io/AuthorizationPolicy': define({
    ...istioSecurity,
    kind: 'AuthorizationPolicy',
    plural: 'authorizationpolicies',
    schema: authorizationPolicySchema,
  }),
  'security.istio.io/RequestAuthentication': define({
    ...istioSecurity,
    kind: 'RequestAuthentication',
    plural: 'requestauthentications',
    schema: requestAuthenticationSchema,
  }),
  'networking.istio.io/VirtualService': define({
    ...istioNetworking,
    kind: 'VirtualService',
    plural: 'virtualservices',
    schema: virtualServiceSchema,
  }),
  'networking.istio.io/DestinationRule': define({
    ...istioNetworking,
    kind: 'DestinationRule',
    plural: 'destinationrules',
    schema: destinationRuleSchema,
  }),
  'networking.istio.io/Gateway': define({
    ...istioNetworking,
    kind: 'Gateway',
    plural: 'gateways',
    schema: gatewaySchema,
  }),
  'networking.istio.io/ServiceEntry': define({
    ...istioNetworking,
    kind: 'ServiceEntry',
    plural: 'serviceentries',
    schema: serviceEntrySchema,
  }),
  'networking.istio.io/Sidecar': define({
    ...istioNetworking,
    kind: 'Sidecar',
    plural: 'sidecars',
    schema: sidecarSchema,
  }),
  'networking.istio.io/EnvoyFilter': define({
    ...istioNetworking,
    versions: ['v1alpha3'],
    kind: 'EnvoyFilter',
    plural: 'envoyfilters',
    schema: envoyFilterSchema,
  }),
  'networking.istio.io/WorkloadEntry': define({
    ...istioNetworking,
    kind: 'WorkloadEntry',
    plural: 'workloadentries',
    schema: workloadEntrySchema,
  }),
  'networking.istio.io/WorkloadGroup': define({
    ...istioNetworking,
    kind: 'WorkloadGroup',
    plural: 'workloadgroups',
    schema: workloadGroupSchema,
  }),
  'networking.istio.io/ProxyConfig': define({
    ...istioNetworking,
    versions: ['v1beta1'],
    kind: 'ProxyConfig',
    plural: 'proxyconfigs',
    schema: proxyConfigSchema,
  }),
  'install.istio.io/IstioOperator': define({
    group: 'install.istio.io',
    kind: 'IstioOperator',
    plural: 'istiooperators',
    versions: ['v1alpha1'],
    namespaced: true,
    schema: istioOperatorSchema,
    keep: 'whole',
    onlyInFiles:
      'no cluster serves it since Istio 1.24: it is the input of istioctl',
  }),
  'telemetry.istio.io/Telemetry': define({
    group: 'telemetry.istio.io',
    versions: ['v1', 'v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'Telemetry',
    plural: 'telemetries',
    schema: telemetrySchema,
  }),
  'extensions.istio.io/WasmPlugin': define({
    group: 'extensions.istio.io',
    versions: ['v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'WasmPlugin',
    plural: 'wasmplugins',
    schema: proxyExtensionSchema,
  }),
  'extensions.istio.io/TrafficExtension': define({
    group: 'extensions.istio.io',
    versions: ['v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'TrafficExtension',
    plural: 'trafficextensions',
    schema: proxyExtensionSchema,
  }),
  'gateway.networking.k8s.io/Gateway': define({
    ...gatewayApi,
    versions: ['v1', 'v1beta1'],
    kind: 'Gateway',
    plural: 'gateways',
    schema: gatewayApiGatewaySchema,
  }),
  'gateway.networking.k8s.io/GatewayClass': define({
    ...gatewayApi,
    namespaced: false,
    versions: ['v1', 'v1beta1'],
    kind: 'GatewayClass',
    plural: 'gatewayclasses',
    schema: gatewayClassSchema,
  }),
  'gateway.networking.k8s.io/HTTPRoute': define({
    ...gatewayApi,
    versions: ['v1', 'v1beta1'],
    kind: 'HTTPRoute',
    plural: 'httproutes',
    schema: httpRouteSchema,
  }),
  'gateway.networking.k8s.io/GRPCRoute': define({
    ...gatewayApi,
    versions: ['v1'],
    kind: 'GRPCRoute',
    plural: 'grpcroutes',
    schema: grpcRouteSchema,
  }),
  'gateway.networking.k8s.io/TLSRoute': define({
    ...gatewayApi,
    versions: ['v1', 'v1alpha3', 'v1alpha2'],
    kind: 'TLSRoute',
    plural: 'tlsroutes',
    schema: connectionRouteSchema,
  }),
  'gateway.networking.k8s.io/TCPRoute': define({
    ...gatewayApi,
    versions: ['v1', 'v1alpha2'],
    kind: 'TCPRoute',
    plural: 'tcproutes',
    schema: connectionRouteSchema,
  }),
  'gateway.networking.k8s.io/ReferenceGrant': define({
    ...gatewayApi,
    versions: ['v1', 'v1beta1'],
    kind: 'ReferenceGrant',
    plural: 'referencegrants',
    schema: referenceGrantSchema,
  }),
  'gateway.networking.k8s.io/BackendTLSPolicy': define({
    ...gatewayApi,
    versions: ['v1', 'v1alpha3'],
    kind: 'BackendTLSPolicy',
    plural: 'backendtlspolicies',
    schema: backendTlsPolicySchema,
  }),
  'gateway.networking.k8s.io/ListenerSet': define({
    ...gatewayApi,
    versions: ['v1'],
    kind: 'ListenerSet',
    plural: 'listenersets',
    schema: listenerSetSchema,
  }),
  /** Of the experimental kind there is no schema to compare it with. */
  'gateway.networking.x-k8s.io/XListenerSet': define({
    group: 'gateway.networking.x-k8s.io',
    versions: ['v1alpha1'],
    namespaced: true,
    keep: 'read-fields',
    kind: 'XListenerSet',
    plural: 'xlistenersets',
    schema: listenerSetSchema,
  }),
  'policy.linkerd.io/Server': define({
    ...linkerdPolicy,
    versions: ['v1beta3', 'v1beta2', 'v1beta1'],
    kind: 'Server',
    plural: 'servers',
    schema: serverSchema,
  }),
  'policy.linkerd.io/ServerAuthorization': define({
    ...linkerdPolicy,
    versions: ['v1beta1'],
    kind: 'ServerAuthorization',
    plural: 'serverauthorizations',
    schema: serverAuthorizationSchema,
  }),
  'policy.linkerd.io/AuthorizationPolicy': define({
    ...linkerdPolicy,
    versions: ['v1alpha1'],
    kind: 'AuthorizationPolicy',
    plural: 'authorizationpolicies',
    schema: linkerdAuthorizationPolicySchema,
  }),
  'policy.linkerd.io/MeshTLSAuthentication': define({
    ...linkerdPolicy,
    versions: ['v1alpha1'],
    kind: 'MeshTLSAuthentication',
    plural: 'meshtlsauthentications',
    schema: meshTlsAuthenticationSchema,
  }),
  'policy.linkerd.io/NetworkAuthentication': define({
    ...linkerdPolicy,
    versions: ['v1alpha1'],
    kind: 'NetworkAuthentication',
    plural: 'networkauthentications',
    schema: networkAuthenticationSchema,
  }),
  'policy.linkerd.io/HTTPRoute': define({
    ...linkerdPolicy,
    versions: ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1'],
    kind: 'HTTPRoute',
    plural: 'httproutes',
    schema: httpRouteSchema,
  }),
  'policy.linkerd.io/EgressNetwork': define({
    ...linkerdPolicy,
    versions: ['v1alpha1'],
    kind: 'EgressNetwork',
    plural: 'egressnetworks',
    schema: egressNetworkSchema,
  }),
  'policy.linkerd.io/HTTPLocalRateLimitPolicy': define({
    ...linkerdPolicy,
    versions: ['v1alpha1'],
    kind: 'HTTPLocalRateLimitPolicy',
    plural: 'httplocalratelimitpolicies',
    schema: httpLocalRateLimitPolicySchema,
  }),
  'workload.linkerd.io/ExternalWorkload': define({
    group: 'workload.linkerd.io',
    versions: ['v1beta1', 'v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'ExternalWorkload',
    plural: 'externalworkloads',
    schema: externalWorkloadSchema,
  }),
  'multicluster.linkerd.io/Link': define({
    group: 'multicluster.linkerd.io',
    versions: ['v1alpha3', 'v1alpha2', 'v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'Link',
    plural: 'links',
    schema: multiclusterLinkSchema,
  }),
  'linkerd.io/ServiceProfile': define({
    group: 'linkerd.io',
    versions: ['v1alpha2'],
    namespaced: true,
    keep: 'whole',
    kind: 'ServiceProfile',
    plural: 'serviceprofiles',
    schema: serviceProfileSchema,
  }),
  /** Of certificates in Secrets, which are not read, only this says until when they are good. */
  'cert-manager.io/Certificate': define({
    group: 'cert-manager.io',
    versions: ['v1'],
    namespaced: true,
    keep: 'read-fields',
    kind: 'Certificate',
    plural: 'certificates',
    schema: certManagerCertificateSchema,
  }),
  /** Only what rules read, since its template holds the environment of the containers. */
  'argoproj.io/Rollout': define({
    group: 'argoproj.io',
    versions: ['v1alpha1'],
    namespaced: true,
    keep: 'read-fields',
    kind: 'Rollout',
    plural: 'rollouts',
    schema: rolloutSchema,
  }),
  /** Only what rules read, since its webhooks may hold what is not ours to show. */
  'flagger.app/Canary': define({
    group: 'flagger.app',
    versions: ['v1beta1'],
    namespaced: true,
    keep: 'read-fields',
    kind: 'Canary',
    plural: 'canaries',
    schema: flaggerCanarySchema,
  }),
  'split.smi-spec.io/TrafficSplit': define({
    group: 'split.smi-spec.io',
    versions: ['v1alpha2', 'v1alpha1'],
    namespaced: true,
    keep: 'whole',
    kind: 'TrafficSplit',
    plural: 'trafficsplits',
    schema: trafficSplitSchema,
    onlyInFiles: 'SMI is archived, and no mesh reads its objects any more',
  }),
};

/**
 * The keys of the table of kinds.
 *
 * @public
 */
export const KIND_IDS = Object.keys(KINDS) as KindId[];

/**
 * Why a kind is read of files alone; undefined for a kind that is read of clusters too.
 *
 * @public
 */
export function onlyInFiles(kindId: KindId): string | undefined {
  const definition: KindDefinition = KINDS[kindId];
  return definition.onlyInFiles;
}

/**
 * The kinds that are read of a cluster.
 *
 * @public
 */
export const CLUSTER_KIND_IDS: readonly KindId[] = KIND_IDS.filter(
  kindId => onlyInFiles(kindId) === undefined,
);

/**
 * Of the kinds that a cluster serves those that are read of it: without the ones that are of use only beside another, which
 * it does not serve.
 *
 * @public
 */
export function neededKinds<V>(
  served: ReadonlyMap<KindId, V>,
): ReadonlyMap<KindId, V> {
  return new Map(
    [...served].filter(([kindId]) => {
      const { onlyBeside }: KindDefinition = KINDS[kindId];
      return onlyBeside === undefined || served.has(onlyBeside);
    }),
  );
}

/**
 * Whether a string names a kind of the table.
 *
 * @public
 */
export function isKindId(id: string): id is KindId {
  return Object.hasOwn(KINDS, id);
}

/**
 * The key of a group and kind, or undefined where no rule reads that kind.
 *
 * @public
 */
export function kindIdOf(group: string, kind: string): KindId | undefined {
  const id = group === '' ? kind : `${group}/${kind}`;
  return isKindId(id) ? id : undefined;
}

/** The kinds of the meshes and the Gateway API whose name no other kind has, by name. */
const BY_NAME: ReadonlyMap<string, KindId> = new Map(
  KIND_IDS.filter(
    id =>
      KINDS[id].group.includes('.') &&
      !KINDS[id].group.endsWith('.k8s.io') &&
      KIND_IDS.every(
        other => other === id || KINDS[other].kind !== KINDS[id].kind,
      ),
  ).map(id => [KINDS[id].kind, id]),
);

/**
 * The kind that is meant by an object of a group that does not have it, such as a ServiceProfile written as `v1`. The
 * core group alone is looked at: the kinds of others may be anybody's.
 *
 * @public
 */
export function meantKindId(group: string, kind: string): KindId | undefined {
  return group === '' ? BY_NAME.get(kind) : undefined;
}
