import { badRequest, type ApiError } from '../../api/status';
import { applyDefaults } from '../defaults/applyDefaults';
import type { ResourceType, StoredObject } from '../types';
import { asObject } from './envelope';
import { fillDefaults } from './fillDefaults';
import { prune } from './prune';
import type { Schema } from './types';
import { validate } from './validate';

export interface Decoded {
  object: StoredObject;
  /** The fields that the schema does not have, which are gone. */
  unknownFields: string[];
  /** Why a built-in kind cannot be read: a value of a wrong type. */
  unreadable?: string;
}

/**
 * Brings an object into the form that the server works with: without what its schema does not know, and with the
 * defaults.
 */
export function decodeObject(
  resource: ResourceType,
  schema: Schema | undefined,
  object: StoredObject,
): Decoded {
  if (!schema) {
    return { object, unknownFields: [] };
  }
  const unknownFields: string[] = [];
  const pruned = prune(schema, object, field => unknownFields.push(field));
  const unreadable = schema.native ? wrongType(schema, pruned) : undefined;
  if (unreadable) {
    return { object: asObject(pruned), unknownFields, unreadable };
  }
  const filled = fillDefaults(schema, pruned);
  if (!schema.native) {
    unknownFields.sort();
  }
  return { object: applyDefaults(resource, asObject(filled)), unknownFields };
}

function wrongType(schema: Schema, value: unknown): string | undefined {
  const cause = validate(schema, value).find(
    ({ reason }) => reason === 'FieldValueTypeInvalid',
  );
  return cause && `${cause.field}: ${cause.message}`;
}

/** The refusal of an object that cannot be read as its kind. */
export function cannotBeHandled(
  kind: string,
  version: string,
  as: string,
  reason: string,
): ApiError {
  return badRequest(
    `${kind} in version ${JSON.stringify(
      version,
    )} cannot be handled as a ${as}: ${reason}`,
  );
}
