import { isRecord, recordOf } from './values';
import type { ResourceType, StoredObject } from './types';

type Default = (object: StoredObject) => StoredObject;

const DEFAULTS = new Map<string, Default>([
  [
    '/Namespace',
    object => ({
      ...object,
      metadata: {
        ...object.metadata,
        labels: {
          ...object.metadata.labels,
          'kubernetes.io/metadata.name': object.metadata.name,
        },
      },
      spec: { finalizers: ['kubernetes'], ...recordOf(object.spec) },
      status: { phase: 'Active', ...recordOf(object.status) },
    }),
  ],
  [
    '/Pod',
    object => ({
      ...object,
      status: { phase: 'Pending', ...recordOf(object.status) },
    }),
  ],
  [
    'apps/Deployment',
    object => ({
      ...object,
      spec: isRecord(object.spec)
        ? { replicas: 1, ...object.spec }
        : object.spec,
    }),
  ],
]);

/** What the API server fills in where a built-in object leaves it out. */
export function applyDefaults(
  resource: ResourceType,
  object: StoredObject,
): StoredObject {
  const fill = resource.custom
    ? undefined
    : DEFAULTS.get(`${resource.group}/${resource.kind}`);
  return fill ? fill(object) : object;
}
