import type { ResourceType } from './types';

type Options = Partial<
  Pick<
    ResourceType,
    | 'shortNames'
    | 'namespaced'
    | 'statusSubresource'
    | 'categories'
    | 'generation'
    | 'scale'
  >
>;

function builtin(
  group: string,
  versions: string | string[],
  kind: string,
  plural: string,
  options: Options = {},
): ResourceType {
  return {
    group,
    versions: typeof versions === 'string' ? [versions] : versions,
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames: [],
    namespaced: true,
    statusSubresource: false,
    custom: false,
    ...options,
  };
}

/** Has `/status` and a generation, as most kinds that a controller serves. */
const CONTROLLED = { statusSubresource: true, generation: true };
const WORKLOAD = { ...CONTROLLED, categories: ['all'] };
const CLUSTER = { namespaced: false };
const SCALABLE = {
  ...WORKLOAD,
  scale: {
    specReplicas: '.spec.replicas',
    statusReplicas: '.status.replicas',
    selector: '.spec.selector',
  },
};

const ADMISSION = 'admissionregistration.k8s.io';
const RBAC = 'rbac.authorization.k8s.io';

/** The built-in kinds that a cluster of the sandbox serves. */
export const builtinResources: readonly ResourceType[] = [
  builtin('', 'v1', 'ConfigMap', 'configmaps', { shortNames: ['cm'] }),
  builtin('', 'v1', 'Endpoints', 'endpoints', { shortNames: ['ep'] }),
  builtin('', 'v1', 'Event', 'events', { shortNames: ['ev'] }),
  builtin('', 'v1', 'LimitRange', 'limitranges', { shortNames: ['limits'] }),
  builtin('', 'v1', 'Namespace', 'namespaces', {
    shortNames: ['ns'],
    namespaced: false,
    statusSubresource: true,
  }),
  builtin('', 'v1', 'Node', 'nodes', {
    shortNames: ['no'],
    namespaced: false,
    statusSubresource: true,
  }),
  builtin('', 'v1', 'Pod', 'pods', { ...WORKLOAD, shortNames: ['po'] }),
  builtin('', 'v1', 'ResourceQuota', 'resourcequotas', {
    shortNames: ['quota'],
    statusSubresource: true,
  }),
  builtin('', 'v1', 'Secret', 'secrets'),
  builtin('', 'v1', 'ServiceAccount', 'serviceaccounts', {
    shortNames: ['sa'],
  }),
  builtin('', 'v1', 'Service', 'services', {
    shortNames: ['svc'],
    statusSubresource: true,
    categories: ['all'],
  }),
  builtin('apps', 'v1', 'DaemonSet', 'daemonsets', {
    ...WORKLOAD,
    shortNames: ['ds'],
  }),
  builtin('apps', 'v1', 'Deployment', 'deployments', {
    ...SCALABLE,
    shortNames: ['deploy'],
  }),
  builtin('apps', 'v1', 'ReplicaSet', 'replicasets', {
    ...SCALABLE,
    shortNames: ['rs'],
  }),
  builtin('apps', 'v1', 'StatefulSet', 'statefulsets', {
    ...SCALABLE,
    shortNames: ['sts'],
  }),
  builtin('batch', 'v1', 'CronJob', 'cronjobs', {
    ...WORKLOAD,
    shortNames: ['cj'],
  }),
  builtin('batch', 'v1', 'Job', 'jobs', WORKLOAD),
  builtin(
    'autoscaling',
    'v2',
    'HorizontalPodAutoscaler',
    'horizontalpodautoscalers',
    { shortNames: ['hpa'], statusSubresource: true, categories: ['all'] },
  ),
  builtin('policy', 'v1', 'PodDisruptionBudget', 'poddisruptionbudgets', {
    ...CONTROLLED,
    shortNames: ['pdb'],
  }),
  builtin('networking.k8s.io', 'v1', 'IngressClass', 'ingressclasses', {
    namespaced: false,
    generation: true,
  }),
  builtin('networking.k8s.io', 'v1', 'Ingress', 'ingresses', {
    ...CONTROLLED,
    shortNames: ['ing'],
  }),
  builtin('networking.k8s.io', 'v1', 'NetworkPolicy', 'networkpolicies', {
    shortNames: ['netpol'],
    generation: true,
  }),
  builtin('discovery.k8s.io', 'v1', 'EndpointSlice', 'endpointslices', {
    generation: true,
  }),
  builtin('coordination.k8s.io', 'v1', 'Lease', 'leases'),
  builtin(RBAC, 'v1', 'ClusterRoleBinding', 'clusterrolebindings', CLUSTER),
  builtin(RBAC, 'v1', 'ClusterRole', 'clusterroles', CLUSTER),
  builtin(RBAC, 'v1', 'RoleBinding', 'rolebindings'),
  builtin(RBAC, 'v1', 'Role', 'roles'),
  builtin(
    ADMISSION,
    'v1',
    'MutatingWebhookConfiguration',
    'mutatingwebhookconfigurations',
    { namespaced: false, generation: true, categories: ['api-extensions'] },
  ),
  builtin(
    ADMISSION,
    'v1',
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
    { namespaced: false, generation: true, categories: ['api-extensions'] },
  ),
  builtin(
    'apiextensions.k8s.io',
    'v1',
    'CustomResourceDefinition',
    'customresourcedefinitions',
    {
      ...CONTROLLED,
      namespaced: false,
      shortNames: ['crd', 'crds'],
      categories: ['api-extensions'],
    },
  ),
];
