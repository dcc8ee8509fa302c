import { invalid, type StatusCause } from '../api/status';
import { compareVersions } from './groupVersion';
import { isRecord, listOf, own, recordOf, type JsonRecord } from './values';
import type { ResourceType, ScalePaths, StoredObject } from './types';

/** A version of a custom resource, as its CustomResourceDefinition has it. */
export interface CustomVersion {
  name: string;
  served: boolean;
  storage: boolean;
  schema?: JsonRecord;
  printerColumns: PrinterColumn[];
  selectableFields: string[];
}

export interface PrinterColumn {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
  jsonPath: string;
}

/**
 * The resource that a CustomResourceDefinition defines; undefined where it serves no version. A subresource counts if
 * any served version has it: the versions share one storage.
 */
export function customResource(
  definition: StoredObject,
): ResourceType | undefined {
  const spec = recordOf(definition.spec);
  const names = recordOf(spec.names);
  const versions = listOf(spec.versions)
    .filter(isRecord)
    .filter(version => version.served === true);
  if (versions.length === 0) {
    return undefined;
  }
  const subresources = versions.map(version => recordOf(version.subresources));
  const kind = text(names.kind);
  return {
    group: text(spec.group),
    versions: versions.map(version => text(version.name)).sort(compareVersions),
    kind,
    plural: text(names.plural),
    singular: text(names.singular) || kind.toLowerCase(),
    shortNames: listOf(names.shortNames).map(text),
    namespaced: spec.scope === 'Namespaced',
    statusSubresource: subresources.some(sub => isRecord(own(sub, 'status'))),
    custom: true,
    categories: listOf(names.categories).map(text),
    generation: true,
    scale: subresources.map(sub => scalePaths(sub.scale)).find(Boolean),
  };
}

/** The versions of a CustomResourceDefinition with their schemas. */
export function customVersions(definition: StoredObject): CustomVersion[] {
  return listOf(recordOf(definition.spec).versions)
    .filter(isRecord)
    .map(version => {
      const schema = own(recordOf(version.schema), 'openAPIV3Schema');
      return {
        name: text(version.name),
        served: version.served === true,
        storage: version.storage === true,
        ...(isRecord(schema) && { schema }),
        printerColumns: listOf(version.additionalPrinterColumns)
          .filter(isRecord)
          .map(printerColumn),
        selectableFields: listOf(version.selectableFields)
          .filter(isRecord)
          .map(field => text(field.jsonPath)),
      };
    });
}

function printerColumn(column: JsonRecord): PrinterColumn {
  return {
    name: text(column.name),
    type: text(column.type),
    format: text(column.format),
    description: text(column.description),
    priority: typeof column.priority === 'number' ? column.priority : 0,
    jsonPath: text(column.jsonPath),
  };
}

function scalePaths(scale: unknown): ScalePaths | undefined {
  return isRecord(scale)
    ? {
        specReplicas: text(scale.specReplicasPath),
        statusReplicas: text(scale.statusReplicasPath),
        ...(scale.labelSelectorPath !== undefined && {
          selector: text(scale.labelSelectorPath),
        }),
      }
    : undefined;
}

/** Refuses a CustomResourceDefinition that no resource can be made of. */
export function checkDefinition(definition: StoredObject): void {
  const spec = recordOf(definition.spec);
  const names = recordOf(spec.names);
  const causes: StatusCause[] = [];
  const required = (field: string, value: unknown) => {
    if (typeof value !== 'string' || value === '') {
      causes.push({
        reason: 'FieldValueRequired',
        message: 'Required value',
        field,
      });
    }
  };
  required('spec.group', spec.group);
  required('spec.names.plural', names.plural);
  required('spec.names.kind', names.kind);
  if (spec.scope !== 'Namespaced' && spec.scope !== 'Cluster') {
    causes.push({
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: ${JSON.stringify(
        spec.scope ?? '',
      )}: supported values: "Cluster", "Namespaced"`,
      field: 'spec.scope',
    });
  }
  const versions = customVersions(definition);
  if (versions.filter(version => version.storage).length !== 1) {
    causes.push({
      reason: 'FieldValueInvalid',
      message:
        'Invalid value: must have exactly one version marked as storage version',
      field: 'spec.versions',
    });
  }
  versions.forEach((version, index) => {
    required(`spec.versions[${index}].name`, version.name);
    if (version.served && !version.schema) {
      causes.push({
        reason: 'FieldValueRequired',
        message: 'Required value',
        field: `spec.versions[${index}].schema.openAPIV3Schema`,
      });
    }
  });
  const expected = `${text(names.plural)}.${text(spec.group)}`;
  if (causes.length === 0 && definition.metadata.name !== expected) {
    causes.push({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(
        definition.metadata.name,
      )}: must be spec.names.plural+"."+spec.group`,
      field: 'metadata.name',
    });
  }
  if (causes.length > 0) {
    throw invalid(
      { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
      definition.metadata.name,
      causes,
    );
  }
}

/** The status that the API server itself writes: the names are accepted and the resource is served. */
export function establishedStatus(
  definition: StoredObject,
  now: string,
): JsonRecord {
  const spec = recordOf(definition.spec);
  const names = recordOf(spec.names);
  const status = recordOf(definition.status);
  const conditions = listOf(status.conditions).filter(isRecord);
  const condition = (type: string, reason: string, message: string) =>
    conditions.find(existing => existing.type === type) ?? {
      type,
      status: 'True',
      lastTransitionTime: now,
      reason,
      message,
    };
  const written = new Set(['NamesAccepted', 'Established']);
  return {
    ...status,
    acceptedNames: {
      ...names,
      singular: names.singular ?? text(names.kind).toLowerCase(),
      listKind: names.listKind ?? `${text(names.kind)}List`,
    },
    conditions: [
      condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
      condition(
        'Established',
        'InitialNamesAccepted',
        'the initial names have been accepted',
      ),
      ...conditions.filter(existing => !written.has(text(existing.type))),
    ],
    storedVersions: customVersions(definition)
      .filter(version => version.storage)
      .map(version => version.name),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
