import { invalid, type StatusCause } from '../../api/status';
import {
  isLabelValue,
  isQualifiedName,
  LABEL_VALUE_MESSAGE,
  NAME_PART_MESSAGE,
} from '../labels';
import type { Schema } from '../schema/types';
import { validate } from '../schema/validate';
import type { ResourceType, StoredObject } from '../types';
import { equalJson, isRecord } from '../values';
import { invalidValue } from './causes';
import { checkService } from './services';
import { checkPod, checkWorkload } from './workloads';

type Check = (
  object: StoredObject,
  old: StoredObject | undefined,
) => StatusCause[];

const checkBinding: Check = (object, old) =>
  old && isRecord(old.roleRef) && !equalJson(old.roleRef, object.roleRef)
    ? [invalidValue('roleRef', object.roleRef, 'cannot change roleRef')]
    : [];

/** What contradicts itself, and what may not change: the rules of built-in kinds that no schema states. */
const CHECKS = new Map<string, Check>([
  ['/Pod', checkPod],
  ['/Service', checkService],
  ['apps/DaemonSet', checkWorkload],
  ['apps/Deployment', checkWorkload],
  ['apps/ReplicaSet', checkWorkload],
  ['apps/StatefulSet', checkWorkload],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', checkBinding],
  ['rbac.authorization.k8s.io/RoleBinding', checkBinding],
]);

/** Refuses an object that breaks its schema or the rules of its kind, with all breaches at once. */
export function checkObject(
  resource: ResourceType,
  schema: Schema | undefined,
  object: StoredObject,
  old: StoredObject | undefined,
): void {
  const check = resource.custom
    ? undefined
    : CHECKS.get(`${resource.group}/${resource.kind}`);
  const causes = distinct([
    ...checkMetadata(object),
    ...(schema ? checkSchema(schema, object) : []),
    ...(check?.(object, old) ?? []),
  ]);
  if (causes.length > 0) {
    throw invalid(resource, object.metadata.name, causes);
  }
}

/** What the status of a built-in kind lacks is for its controller to know. */
function checkSchema(schema: Schema, object: StoredObject): StatusCause[] {
  const causes = validate(schema, object);
  return schema.native
    ? causes.filter(
        ({ reason, field }) =>
          reason !== 'FieldValueRequired' || !field?.startsWith('status.'),
      )
    : causes;
}

function distinct(causes: readonly StatusCause[]): StatusCause[] {
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  return causes.filter((_, index) => texts.indexOf(texts[index]) === index);
}

function checkMetadata(object: StoredObject): StatusCause[] {
  const { labels = {}, annotations = {} } = object.metadata;
  return [
    ...Object.entries(labels).flatMap(([key, value]) => [
      ...(isQualifiedName(key)
        ? []
        : [invalidValue('metadata.labels', key, NAME_PART_MESSAGE)]),
      ...(isLabelValue(value)
        ? []
        : [invalidValue('metadata.labels', value, LABEL_VALUE_MESSAGE)]),
    ]),
    ...Object.keys(annotations)
      .filter(key => !isQualifiedName(key.toLowerCase()))
      .map(key => invalidValue('metadata.annotations', key, NAME_PART_MESSAGE)),
  ];
}
