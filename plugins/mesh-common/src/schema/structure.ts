import { ValidationProblem } from '../validation/problem';
import { isJsonObject, own } from '../kubernetes/jsonValues';
import { JsonSchema, memberSchema, typeName } from './jsonSchema';
import { alternativesProblem } from './alternatives';
import { listProblems } from './listTypes';
import { scalarProblem } from './scalars';

/**
 * What the API server refuses by a structural schema alone: types, required members, ranges, enumerations,
 * patterns, alternatives, lists that are sets or maps. Its rules in CEL are looked at afterwards.
 */
export function structureProblems(
  value: unknown,
  schema: JsonSchema,
  path: string,
): ValidationProblem[] {
  const wrongType = typeProblem(value, schema);
  if (wrongType) {
    return [
      error(
        path,
        `Invalid value: "${typeName(
          value,
        )}": ${path} in body must be ${wrongType}`,
      ),
    ];
  }
  if (value === null) {
    return [];
  }
  const here = [
    scalarProblem(value, schema, path),
    alternativesProblem(value, schema, path, fits),
  ].filter(message => message !== undefined);
  return [
    ...here.map(message => error(path, message)),
    ...(Array.isArray(value) ? arrayProblems(value, schema, path) : []),
    ...(isJsonObject(value) ? objectProblems(value, schema, path) : []),
  ];
}

function fits(value: unknown, schema: JsonSchema): boolean {
  return structureProblems(value, schema, '').length === 0;
}

function error(field: string, message: string): ValidationProblem {
  return { field, message, level: 'error' };
}

function typeProblem(value: unknown, schema: JsonSchema): string | undefined {
  const actual = typeName(value);
  if (actual === 'null') {
    return schema.nullable || !(schema.type ?? schema.properties)
      ? undefined
      : `of type ${schema.type ?? 'object'}: "null"`;
  }
  if (schema['x-kubernetes-int-or-string']) {
    return actual === 'integer' || actual === 'string'
      ? undefined
      : `of type integer or string: "${actual}"`;
  }
  const isOfType =
    schema.type === undefined ||
    schema.type === actual ||
    (schema.type === 'number' && actual === 'integer');
  return isOfType ? undefined : `of type ${schema.type}: "${actual}"`;
}

function arrayProblems(
  value: readonly unknown[],
  schema: JsonSchema,
  path: string,
): ValidationProblem[] {
  const { items } = schema;
  return [
    ...listProblems(value, schema, path),
    ...(items
      ? value.flatMap((item, index) =>
          structureProblems(item, items, `${path}[${index}]`),
        )
      : []),
  ];
}

function objectProblems(
  value: Readonly<Record<string, unknown>>,
  schema: JsonSchema,
  path: string,
): ValidationProblem[] {
  const missing = (schema.required ?? [])
    .filter(name => own(value, name) === undefined)
    .map(name => error(`${path}.${name}`, 'Required value'));
  const members = Object.entries(value).flatMap(([name, member]) => {
    const known = memberSchema(schema, name);
    return known ? structureProblems(member, known, `${path}.${name}`) : [];
  });
  return [...missing, ...members];
}
