import type { ObjectStore, ResourceType, StoredObject } from '../store/types';
import { readPath } from './jsonPath';
import { badRequest } from './status';

export interface FieldRequirement {
  field: string;
  equal: boolean;
  value: string;
}

/** The fields besides name and namespace by which a kind can be selected. */
const SELECTABLE = new Map<string, readonly string[]>([
  [
    '/Event',
    [
      'involvedObject.kind',
      'involvedObject.namespace',
      'involvedObject.name',
      'involvedObject.uid',
      'involvedObject.apiVersion',
      'involvedObject.resourceVersion',
      'involvedObject.fieldPath',
      'reason',
      'reportingComponent',
      'source',
      'type',
    ],
  ],
  ['/Namespace', ['status.phase']],
  ['/Node', ['spec.unschedulable']],
  [
    '/Pod',
    [
      'spec.nodeName',
      'spec.restartPolicy',
      'spec.schedulerName',
      'spec.serviceAccountName',
      'spec.hostNetwork',
      'status.phase',
      'status.podIP',
      'status.podIPs',
      'status.nominatedNodeName',
    ],
  ],
  ['/Secret', ['type']],
  ['/Service', ['spec.clusterIP', 'spec.type']],
  ['apps/ReplicaSet', ['status.replicas']],
  ['batch/Job', ['status.successful']],
]);

const ENVELOPE = ['metadata.name', 'metadata.namespace'];

/** Reads a field selector and refuses a field by which the kind cannot be selected. */
export function parseFieldSelector(
  text: string,
  resource: ResourceType,
  version: string,
  store: ObjectStore,
): FieldRequirement[] {
  const known = [...ENVELOPE, ...selectableFields(resource, version, store)];
  const requirements = splitTerms(text).map(term => {
    const match = /^((?:[^\\=!]|\\.)*)(==|!=|=)(.*)$/s.exec(term);
    if (!match) {
      throw badRequest(
        `invalid selector: '${text}'; can't understand '${term}'`,
      );
    }
    const [, field, operator, value] = match;
    return { field, equal: operator !== '!=', value: unescape(value) };
  });
  const unknown = requirements.find(({ field }) => !known.includes(field));
  if (unknown) {
    throw badRequest(unknownField(resource, unknown.field));
  }
  return requirements;
}

function selectableFields(
  resource: ResourceType,
  version: string,
  store: ObjectStore,
): readonly string[] {
  if (!resource.custom) {
    return SELECTABLE.get(`${resource.group}/${resource.kind}`) ?? [];
  }
  const custom = store.customVersion(resource, version);
  return custom?.selectableFields.map(path => path.replace(/^\./, '')) ?? [];
}

function unknownField(resource: ResourceType, field: string): string {
  return resource.custom || SELECTABLE.has(`${resource.group}/${resource.kind}`)
    ? `field label not supported: ${field}`
    : `${JSON.stringify(
        field,
      )} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

/** Terms are separated by commas; a backslash takes the meaning from what follows it. */
function splitTerms(text: string): string[] {
  return (text.match(/(?:[^\\,]|\\.)+/gs) ?? []).filter(term => term !== '');
}

function unescape(value: string): string {
  return value.replace(/\\(.)/gs, '$1');
}

export function matchesFields(
  requirements: readonly FieldRequirement[],
  object: StoredObject,
): boolean {
  return requirements.every(
    ({ field, equal, value }) => (fieldOf(object, field) === value) === equal,
  );
}

/** What a field is called in a selector, where that is not its path. */
const PATHS = new Map([
  ['source', 'source.component'],
  ['status.successful', 'status.succeeded'],
  ['status.podIPs', 'status.podIPs[0].ip'],
]);

const ABSENT = new Map([
  ['spec.unschedulable', 'false'],
  ['spec.hostNetwork', 'false'],
  ['status.replicas', '0'],
  ['status.successful', '0'],
]);

function fieldOf(object: StoredObject, field: string): string {
  const value = readPath(object, PATHS.get(field) ?? field);
  return value === undefined ? ABSENT.get(field) ?? '' : String(value);
}
