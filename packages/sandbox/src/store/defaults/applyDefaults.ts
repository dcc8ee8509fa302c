import type { ResourceType, StoredObject } from '../types';
import { isRecord, type JsonRecord } from '../values';
import { changeEach, fill } from './fill';
import { podDefaults } from './podSpec';
import {
  autoscalerDefaults,
  bindingDefaults,
  definitionDefaults,
  networkPolicyDefaults,
  secretDefaults,
  webhookDefaults,
} from './policies';
import { serviceDefaults } from './service';
import {
  cronJobDefaults,
  daemonSetDefaults,
  deploymentDefaults,
  jobDefaults,
  replicaSetDefaults,
  statefulSetDefaults,
} from './workloads';

type Default = (object: StoredObject) => StoredObject;

/** A default of the spec, for an object that has one. */
function ofSpec(next: (spec: JsonRecord) => JsonRecord): Default {
  return object =>
    isRecord(object.spec) ? { ...object, spec: next(object.spec) } : object;
}

/** A default of the members beside the envelope. */
function ofBody(next: (body: JsonRecord) => JsonRecord): Default {
  return ({ apiVersion, kind, metadata, ...body }) => ({
    apiVersion,
    kind,
    metadata,
    ...next(body),
  });
}

const namespaceDefaults: Default = object => ({
  ...object,
  metadata: {
    ...object.metadata,
    labels: {
      ...object.metadata.labels,
      'kubernetes.io/metadata.name': object.metadata.name,
    },
  },
  spec: fill(object.spec, { finalizers: ['kubernetes'] }),
});

const endpointsDefaults = (body: JsonRecord) =>
  changeEach(body, 'subsets', subset =>
    changeEach(subset, 'ports', port => fill(port, { protocol: 'TCP' })),
  );

const endpointPorts = (body: JsonRecord) =>
  changeEach(body, 'ports', port => fill(port, { name: '', protocol: 'TCP' }));

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

const DEFAULTS = new Map<string, Default>([
  ['/Endpoints', ofBody(endpointsDefaults)],
  ['/Namespace', namespaceDefaults],
  ['/Pod', ofSpec(podDefaults)],
  ['/Secret', ofBody(secretDefaults)],
  ['/Service', ofSpec(serviceDefaults)],
  ['apps/DaemonSet', ofSpec(daemonSetDefaults)],
  ['apps/Deployment', ofSpec(deploymentDefaults)],
  ['apps/ReplicaSet', ofSpec(replicaSetDefaults)],
  ['apps/StatefulSet', ofSpec(statefulSetDefaults)],
  ['autoscaling/HorizontalPodAutoscaler', ofSpec(autoscalerDefaults)],
  ['batch/CronJob', ofSpec(cronJobDefaults)],
  ['batch/Job', ofSpec(jobDefaults)],
  ['discovery.k8s.io/EndpointSlice', ofBody(endpointPorts)],
  ['networking.k8s.io/NetworkPolicy', ofSpec(networkPolicyDefaults)],
  [`${RBAC}/ClusterRoleBinding`, ofBody(bindingDefaults)],
  [`${RBAC}/RoleBinding`, ofBody(bindingDefaults)],
  [`${ADMISSION}/MutatingWebhookConfiguration`, ofBody(webhookDefaults(true))],
  [
    `${ADMISSION}/ValidatingWebhookConfiguration`,
    ofBody(webhookDefaults(false)),
  ],
  ['apiextensions.k8s.io/CustomResourceDefinition', ofSpec(definitionDefaults)],
]);

/** What the API server fills in where a built-in object leaves it out. */
export function applyDefaults(
  resource: ResourceType,
  object: StoredObject,
): StoredObject {
  const defaults = resource.custom
    ? undefined
    : DEFAULTS.get(`${resource.group}/${resource.kind}`);
  return defaults ? defaults(object) : object;
}
