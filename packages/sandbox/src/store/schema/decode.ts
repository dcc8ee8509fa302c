import { badRequest, invalid } from '../../api/status';
import { applyDefaults } from '../defaults/applyDefaults';
import type { ResourceType, StoredObject } from '../types';
import { asObject } from './envelope';
import { fillDefaults } from './fillDefaults';
import { prune } from './prune';
import type { Schema } from './types';
import { validate } from './validate';

/**
 * Brings an object into the form that the server works with: without what its schema does not know, and with the
 * defaults. Tells which fields went.
 */
export function decodeObject(
  resource: ResourceType,
  schema: Schema | undefined,
  object: StoredObject,
): { object: StoredObject; unknownFields: string[] } {
  if (!schema) {
    return { object, unknownFields: [] };
  }
  const unknownFields: string[] = [];
  const pruned = prune(schema, object, field => unknownFields.push(field));
  const filled = fillDefaults(schema, pruned);
  return {
    object: applyDefaults(resource, asObject(filled)),
    unknownFields,
  };
}

/** Refuses an object that breaks its schema: 400 where a built-in kind cannot even be read, else 422. */
export function checkObject(
  resource: ResourceType,
  version: string,
  schema: Schema | undefined,
  object: StoredObject,
): void {
  const causes = schema ? validate(schema, object) : [];
  const refused = schema?.native
    ? causes.filter(
        cause =>
          cause.reason !== 'FieldValueRequired' ||
          !cause.field?.startsWith('status.'),
      )
    : causes;
  const unreadable = refused.find(
    cause => cause.reason === 'FieldValueTypeInvalid',
  );
  if (schema?.native && unreadable) {
    throw badRequest(
      `${resource.kind} in version ${JSON.stringify(
        version,
      )} cannot be handled as a ${resource.kind}: ${unreadable.field}: ${
        unreadable.message
      }`,
    );
  }
  if (refused.length > 0) {
    throw invalid(resource, object.metadata.name, refused);
  }
}
