import type {
  ObjectStore,
  ResourceType,
  StoredObject,
} from '../../store/types';
import { ageColumn, nameColumn } from './cells';
import {
  bindingColumns,
  configMapColumns,
  definitionColumns,
  eventColumns,
  leaseColumns,
  namespaceColumns,
  nodeColumns,
  roleColumns,
  secretColumns,
  serviceAccountColumns,
  webhookColumns,
} from './clusterColumns';
import { customColumns } from './customColumns';
import {
  endpointsColumns,
  endpointSliceColumns,
  ingressClassColumns,
  ingressColumns,
  networkPolicyColumns,
  serviceColumns,
} from './networkColumns';
import { podColumns } from './podColumns';
import type { Column } from './types';
import {
  autoscalerColumns,
  cronJobColumns,
  daemonSetColumns,
  deploymentColumns,
  disruptionBudgetColumns,
  jobColumns,
  replicaSetColumns,
  statefulSetColumns,
} from './workloadColumns';

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

const COLUMNS = new Map<string, readonly Column[]>([
  ['/ConfigMap', configMapColumns],
  ['/Endpoints', endpointsColumns],
  ['/Event', eventColumns],
  ['/Namespace', namespaceColumns],
  ['/Node', nodeColumns],
  ['/Pod', podColumns],
  ['/Secret', secretColumns],
  ['/Service', serviceColumns],
  ['/ServiceAccount', serviceAccountColumns],
  [`${ADMISSION}/MutatingWebhookConfiguration`, webhookColumns],
  [`${ADMISSION}/ValidatingWebhookConfiguration`, webhookColumns],
  ['apiextensions.k8s.io/CustomResourceDefinition', definitionColumns],
  ['apps/DaemonSet', daemonSetColumns],
  ['apps/Deployment', deploymentColumns],
  ['apps/ReplicaSet', replicaSetColumns],
  ['apps/StatefulSet', statefulSetColumns],
  ['autoscaling/HorizontalPodAutoscaler', autoscalerColumns],
  ['batch/CronJob', cronJobColumns],
  ['batch/Job', jobColumns],
  ['coordination.k8s.io/Lease', leaseColumns],
  ['discovery.k8s.io/EndpointSlice', endpointSliceColumns],
  ['networking.k8s.io/Ingress', ingressColumns],
  ['networking.k8s.io/IngressClass', ingressClassColumns],
  ['networking.k8s.io/NetworkPolicy', networkPolicyColumns],
  ['policy/PodDisruptionBudget', disruptionBudgetColumns],
  [`${RBAC}/ClusterRole`, roleColumns],
  [`${RBAC}/ClusterRoleBinding`, bindingColumns],
  [`${RBAC}/Role`, roleColumns],
  [`${RBAC}/RoleBinding`, bindingColumns],
]);

export interface TableOptions {
  includeObject: 'Metadata' | 'Object' | 'None';
  /** Watches send the columns with their first event only. */
  headers: boolean;
  now: Date;
}

/** The objects as a Table, the form from which kubectl prints lists. */
export function toTable(
  columns: readonly Column[],
  objects: readonly StoredObject[],
  metadata: Record<string, unknown>,
  { includeObject, headers, now }: TableOptions,
) {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: headers
      ? columns.map(({ cell: _cell, ...definition }) => definition)
      : null,
    rows: objects.map(object => ({
      cells: columns.map(({ cell }) => cell(object, now) ?? null),
      ...(includeObject !== 'None' && {
        object: includeObject === 'Object' ? object : partialMetadata(object),
      }),
    })),
  };
}

export function columnsOf(
  resource: ResourceType,
  version: string,
  store: ObjectStore,
): readonly Column[] {
  return resource.custom
    ? customColumns(store.customVersion(resource, version))
    : COLUMNS.get(`${resource.group}/${resource.kind}`) ?? [
        nameColumn,
        ageColumn,
      ];
}

/** The object reduced to its metadata. */
export function partialMetadata(object: StoredObject) {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
  };
}
