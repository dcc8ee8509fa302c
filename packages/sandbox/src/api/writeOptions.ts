import { ApiError, badRequest, invalid } from './status';
import type { ApiRequest } from './requestInfo';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** The parameters that all writes have. */
export interface RequestWriteOptions {
  dryRun: boolean;
  fieldValidation: FieldValidation;
  fieldManager: string;
}

const VALIDATIONS: readonly FieldValidation[] = ['Strict', 'Warn', 'Ignore'];
const LONGEST_MANAGER = 128;

export function writeOptions(
  { query, headers }: Pick<ApiRequest, 'query' | 'headers'>,
  kind: string,
): RequestWriteOptions {
  const given = query.get('fieldValidation') || 'Warn';
  const fieldValidation = VALIDATIONS.find(known => known === given);
  if (!fieldValidation) {
    throw unsupported(kind, 'fieldValidation', given, [
      '""',
      '"Ignore"',
      '"Strict"',
      '"Warn"',
    ]);
  }
  const manager = query.get('fieldManager') ?? '';
  if (manager.length > LONGEST_MANAGER) {
    throw invalid({ group: 'meta.k8s.io', kind }, '', [
      {
        reason: 'FieldValueTooLong',
        message: `Too long: may not be more than ${LONGEST_MANAGER} bytes`,
        field: 'fieldManager',
      },
    ]);
  }
  return {
    dryRun: isDryRun(query.getAll('dryRun'), kind),
    fieldValidation,
    fieldManager: manager || managerOf(headers['user-agent']),
  };
}

/** `dryRun` has one value that means something; another one must not end in a real write. */
export function isDryRun(values: readonly unknown[], kind: string): boolean {
  const unknown = values.find(value => value !== 'All');
  if (unknown !== undefined) {
    throw unsupported(kind, 'dryRun', values, ['"All"']);
  }
  return values.length > 0;
}

function unsupported(
  kind: string,
  field: string,
  value: unknown,
  supported: readonly string[],
): ApiError {
  return invalid({ group: 'meta.k8s.io', kind }, '', [
    {
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: ${JSON.stringify(
        value,
      )}: supported values: ${supported.join(', ')}`,
      field,
    },
  ]);
}

/** The program that a user agent names, where a write does not name its manager. */
function managerOf(userAgent: string | undefined): string {
  return (userAgent ?? '').split('/')[0].slice(0, LONGEST_MANAGER) || 'unknown';
}

/** What becomes of fields that the schema does not know: a refusal, warnings, or nothing. */
export function unknownFieldWarnings(
  unknownFields: readonly string[],
  validation: FieldValidation,
  refuse: (message: string) => ApiError = badRequest,
): string[] {
  const problems = unknownFields.map(
    field => `unknown field ${JSON.stringify(field)}`,
  );
  if (validation === 'Strict' && problems.length > 0) {
    throw refuse(`strict decoding error: ${problems.join(', ')}`);
  }
  return validation === 'Warn' ? problems : [];
}
