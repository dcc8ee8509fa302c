import type { StatusCause } from '../../api/status';
import { isRecord, own, type JsonRecord } from '../values';
import { itemPath, memberPath } from './path';
import { checkRules } from './rules';
import type { Schema, ValueRules } from './types';

/** The breaches of the schema, in the words of the API server. */
export function validate(
  schema: Schema,
  value: unknown,
  path: string = '',
): StatusCause[] {
  if (
    value === null &&
    (schema.native || schema.nullable || isAnything(schema))
  ) {
    return [];
  }
  const wrongType = checkType(schema, value, path);
  if (wrongType) {
    return [wrongType];
  }
  return [
    ...checkRules(schema.rules, value, path),
    ...(Array.isArray(value) ? checkItems(schema, value, path) : []),
    ...(isRecord(value) ? checkMembers(schema, value, path) : []),
    ...checkCombinations(schema.rules, value, path),
  ];
}

function isAnything(schema: Schema): boolean {
  return schema.type === undefined && !schema.intOrString;
}

function checkType(
  schema: Schema,
  value: unknown,
  path: string,
): StatusCause | undefined {
  const actual = jsonType(value);
  if (schema.intOrString) {
    return actual === 'integer' || actual === 'string'
      ? undefined
      : typeInvalid('integer,string', actual, path);
  }
  const { type } = schema;
  if (
    type === undefined ||
    type === actual ||
    (type === 'number' && actual === 'integer')
  ) {
    return undefined;
  }
  return typeInvalid(type, actual, path);
}

function typeInvalid(type: string, actual: string, path: string): StatusCause {
  return {
    reason: 'FieldValueTypeInvalid',
    message: `Invalid value: ${JSON.stringify(
      actual,
    )}: ${path} in body must be of type ${type}: ${JSON.stringify(actual)}`,
    field: path || '<nil>',
  };
}

function jsonType(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  return typeof value === 'number' && Number.isInteger(value)
    ? 'integer'
    : typeof value;
}

function checkItems(
  schema: Schema,
  values: readonly unknown[],
  path: string,
): StatusCause[] {
  const { items } = schema;
  return [
    ...(items
      ? values.flatMap((item, index) =>
          validate(items, item, itemPath(path, index)),
        )
      : []),
    ...checkDuplicates(schema, values, path),
  ];
}

/** The items of a set, and the keys of a list that is a map, are unique. */
function checkDuplicates(
  schema: Schema,
  values: readonly unknown[],
  path: string,
): StatusCause[] {
  if (schema.native || schema.listType === 'atomic') {
    return [];
  }
  const seen = new Set<string>();
  const causes: StatusCause[] = [];
  values.forEach((value, index) => {
    const key = JSON.stringify(
      schema.listType === 'set' || !isRecord(value)
        ? value
        : Object.fromEntries(
            schema.listMapKeys.map(name => [name, own(value, name)]),
          ),
    );
    if (seen.has(key)) {
      causes.push({
        reason: 'FieldValueDuplicate',
        message: `Duplicate value: ${key}`,
        field: itemPath(path, index),
      });
    }
    seen.add(key);
  });
  return causes;
}

function checkMembers(
  schema: Schema,
  value: JsonRecord,
  path: string,
): StatusCause[] {
  const missing = schema.required
    .filter(
      name =>
        own(value, name) === undefined &&
        !schema.properties.get(name)?.alwaysPresent,
    )
    .map(name => required(memberPath(path, name)));
  const implied = [...schema.properties]
    .filter(([name, property]) => property.alwaysPresent && !(name in value))
    .flatMap(([name, property]) =>
      validate(property, {}, memberPath(path, name)),
    );
  const members = Object.entries(value).flatMap(([name, member]) => {
    const known = schema.properties.get(name) ?? schema.additionalProperties;
    return known ? validate(known, member, memberPath(path, name)) : [];
  });
  return [...missing, ...implied, ...members];
}

export function required(field: string): StatusCause {
  return {
    reason: 'FieldValueRequired',
    message: 'Required value',
    field,
  };
}

function checkCombinations(
  rules: ValueRules,
  value: unknown,
  path: string,
): StatusCause[] {
  const causesOf = (schema: Schema) => validate(schema, value, path);
  const causes = rules.allOf.flatMap(causesOf);
  const refuse = (message: string) =>
    causes.push({
      reason: 'FieldValueInvalid',
      message: `Invalid value: "": ${JSON.stringify(path)} ${message}`,
      field: '<nil>',
    });
  const any = rules.anyOf.map(causesOf);
  if (any.length > 0 && any.every(found => found.length > 0)) {
    refuse('must validate at least one schema (anyOf)');
    causes.push(...fewest(any));
  }
  const one = rules.oneOf.map(causesOf);
  const fitting = one.filter(found => found.length === 0).length;
  if (one.length > 0 && fitting === 0) {
    refuse('must validate one and only one schema (oneOf). Found none valid');
    causes.push(...fewest(one));
  } else if (fitting > 1) {
    refuse(
      `must validate one and only one schema (oneOf). Found ${fitting} valid alternatives`,
    );
  }
  if (rules.not && causesOf(rules.not).length === 0) {
    refuse('must not validate the schema (not)');
  }
  return causes;
}

/** The breaches of the alternative that came closest. */
function fewest(alternatives: readonly StatusCause[][]): StatusCause[] {
  return alternatives.reduce((best, next) =>
    next.length < best.length ? next : best,
  );
}
