import {
  applyPatch,
  JsonPatchError,
  validate,
  type Operation,
} from 'fast-json-patch';
import { cloneJson, isRecord } from '../../store/values';
import { ApiError, badRequest } from '../status';

const MOST_OPERATIONS = 10_000;

/** JSON patch (RFC 6902). An operation that cannot be carried out, or a test that fails, is a 422. */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!isPatch(patch)) {
    throw badRequest(
      'error decoding patch: a JSON patch is a list of operations, each with op and path',
    );
  }
  const problem = validate(patch);
  if (problem) {
    throw refused(problem.message);
  }
  if (patch.length > MOST_OPERATIONS) {
    throw new ApiError(
      413,
      'RequestEntityTooLarge',
      `The allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${patch.length}`,
    );
  }
  try {
    return applyPatch(cloneJson(target), patch, true).newDocument;
  } catch (error) {
    if (error instanceof JsonPatchError) {
      throw refused(describe(error));
    }
    throw error;
  }
}

/** The API server does not say what is wrong with a patch; the cause here does. */
function refused(message: string): ApiError {
  return new ApiError(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    { causes: [{ message }] },
  );
}

function isPatch(patch: unknown): patch is Operation[] {
  return (
    Array.isArray(patch) &&
    patch.every(
      operation =>
        isRecord(operation) &&
        typeof operation.op === 'string' &&
        typeof operation.path === 'string',
    )
  );
}

function describe(error: JsonPatchError): string {
  const { op, path } = Object(error.operation);
  return error.name === 'TEST_OPERATION_FAILED'
    ? `testing value ${path} failed: test failed`
    : `${op} operation does not apply: doc is missing path: ${path}`;
}
