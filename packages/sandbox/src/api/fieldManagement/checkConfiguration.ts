import { itemPath, memberPath } from '../../store/schema/path';
import type { Schema } from '../../store/schema/types';
import { isRecord } from '../../store/values';
import { printPath } from './fieldSet';
import { itemElement, memberSchema, structureOf } from './structure';

/**
 * What keeps a configuration from being applied: fields that the schema does not have, values of another type, and
 * items of a list with the same key. Whoever applies must own what they name, so nothing is left out silently.
 */
export function configurationProblems(
  schema: Schema | undefined,
  value: unknown,
  path: string = '',
): string[] {
  if (!schema || value === null || value === undefined) {
    return [];
  }
  const mismatch = typeProblem(schema, value);
  if (mismatch) {
    return [`.${path}: ${mismatch}`];
  }
  if (Array.isArray(value)) {
    return itemProblems(schema, value, path);
  }
  return isRecord(value)
    ? Object.entries(value).flatMap(([name, member]) => {
        const known = memberSchema(schema, name);
        const place = memberPath(path, name);
        return known || schema.preserveUnknown || schema.embeddedResource
          ? configurationProblems(known, member, place)
          : [`.${place}: field not declared in schema`];
      })
    : [];
}

function itemProblems(
  schema: Schema,
  items: readonly unknown[],
  path: string,
): string[] {
  const problems: string[] = [];
  if (structureOf(schema, items) === 'list') {
    const seen = new Set<string>();
    for (const item of items) {
      const element = itemElement(schema, item);
      if (seen.has(element)) {
        problems.push(
          `.${path}: duplicate entries for key ${printPath([element])}`,
        );
      }
      seen.add(element);
    }
  }
  return [
    ...problems,
    ...items.flatMap((item, index) =>
      configurationProblems(schema.items, item, itemPath(path, index)),
    ),
  ];
}

const EXPECTED = new Map([
  ['array', 'list'],
  ['boolean', 'boolean'],
  ['integer', 'numeric (int or float)'],
  ['number', 'numeric (int or float)'],
  ['object', 'map'],
  ['string', 'string'],
]);

function typeProblem(schema: Schema, value: unknown): string | undefined {
  const expected = EXPECTED.get(schema.type ?? '');
  const actual = typeName(value);
  if (!expected || schema.intOrString || expected.startsWith(actual)) {
    return undefined;
  }
  return `expected ${expected}, got ${
    actual === 'numeric' ? 'number' : actual
  }`;
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) {
    return 'list';
  }
  if (typeof value === 'object') {
    return 'map';
  }
  return typeof value === 'number' ? 'numeric' : typeof value;
}
