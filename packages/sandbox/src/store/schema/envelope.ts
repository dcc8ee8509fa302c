import { badRequest } from '../../api/status';
import type { StoredObject } from '../types';
import { isRecord } from '../values';
import { objectMetaSchema } from './registry';
import { validate } from './validate';

const LONGEST_QUOTE = 200;

/** Whether a value has what every object has, in the right types. */
function isObject(value: unknown): value is StoredObject {
  return (
    isRecord(value) &&
    typeof value.apiVersion === 'string' &&
    typeof value.kind === 'string' &&
    isRecord(value.metadata) &&
    metadataProblem(value.metadata) === undefined
  );
}

function metadataProblem(metadata: unknown): string | undefined {
  return validate(objectMetaSchema(), metadata, 'metadata').find(
    cause => cause.reason === 'FieldValueTypeInvalid',
  )?.message;
}

/** The value as an object; 400 where it is none. */
export function asObject(value: unknown): StoredObject {
  if (isObject(value)) {
    return value;
  }
  if (!isRecord(value)) {
    throw badRequest('the object is not a mapping of fields');
  }
  for (const field of ['kind', 'apiVersion']) {
    if (typeof value[field] !== 'string' || value[field] === '') {
      throw badRequest(
        `Object '${field}' is missing in '${JSON.stringify(value).slice(
          0,
          LONGEST_QUOTE,
        )}'`,
      );
    }
  }
  throw badRequest(
    isRecord(value.metadata)
      ? `the metadata cannot be read: ${metadataProblem(value.metadata)}`
      : 'the object has no metadata',
  );
}
