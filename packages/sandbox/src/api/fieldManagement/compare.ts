import type { Schema } from '../../store/schema/types';
import { equalJson, isRecord, own } from '../../store/values';
import { FieldSetBuilder, type FieldPath, type FieldSet } from './fieldSet';
import {
  isHollow,
  itemElement,
  memberElement,
  memberSchema,
  structureOf,
} from './structure';

/** What a write changes. */
export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

export function compare(
  schema: Schema | undefined,
  before: unknown,
  after: unknown,
): Comparison {
  const changes = {
    added: new FieldSetBuilder(),
    modified: new FieldSetBuilder(),
    removed: new FieldSetBuilder(),
  };
  walk(schema, before ?? {}, after ?? {}, [], changes);
  return {
    added: changes.added.build(),
    modified: changes.modified.build(),
    removed: changes.removed.build(),
  };
}

interface Changes {
  added: FieldSetBuilder;
  modified: FieldSetBuilder;
  removed: FieldSetBuilder;
}

function walk(
  schema: Schema | undefined,
  before: unknown,
  after: unknown,
  path: FieldPath,
  changes: Changes,
): void {
  const structure = commonStructure(schema, before, after);
  if (structure === 'map') {
    walkMembers(schema, before, after, path, changes);
  } else if (structure === 'list') {
    walkItems(schema, before, after, path, changes);
  }
  if (before === undefined) {
    changes.added.insert(path);
  } else if (after === undefined) {
    changes.removed.insert(path);
  } else if (structure === 'leaf' && !equalJson(before, after)) {
    changes.modified.insert(path);
  }
}

/** How the two are compared: as wholes where they have not the same structure, or nothing in them. */
function commonStructure(
  schema: Schema | undefined,
  before: unknown,
  after: unknown,
) {
  if (isHollow(before) && isHollow(after)) {
    return 'leaf';
  }
  if (before === undefined || before === null) {
    return structureOf(schema, after);
  }
  if (after === undefined || after === null) {
    return structureOf(schema, before);
  }
  const structure = structureOf(schema, after);
  return structure === structureOf(schema, before) ? structure : 'leaf';
}

function walkMembers(
  schema: Schema | undefined,
  before: unknown,
  after: unknown,
  path: FieldPath,
  changes: Changes,
): void {
  const left = isRecord(before) ? before : {};
  const right = isRecord(after) ? after : {};
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const member = memberSchema(schema, name);
    const absent = absentMember(schema, name, member);
    walk(
      member,
      own(left, name) ?? (before === undefined ? undefined : absent),
      own(right, name) ?? (after === undefined ? undefined : absent),
      [...path, memberElement(name)],
      changes,
    );
  }
}

/**
 * What a server written in Go has where nobody wrote anything: an empty struct, or null for a list that it never
 * leaves out. Such a member itself is not what a write adds or removes.
 */
function absentMember(
  parent: Schema | undefined,
  name: string,
  member: Schema | undefined,
): unknown {
  if (member?.alwaysPresent) {
    return {};
  }
  const isList = member?.native && member.type === 'array';
  return isList && parent?.required.includes(name) ? null : undefined;
}

function walkItems(
  schema: Schema | undefined,
  before: unknown,
  after: unknown,
  path: FieldPath,
  changes: Changes,
): void {
  const left = itemsByElement(schema, before);
  const right = itemsByElement(schema, after);
  for (const element of new Set([...left.keys(), ...right.keys()])) {
    walk(
      schema?.items,
      left.get(element),
      right.get(element),
      [...path, element],
      changes,
    );
  }
}

function itemsByElement(
  schema: Schema | undefined,
  value: unknown,
): Map<string, unknown> {
  return new Map(
    (Array.isArray(value) ? value : []).map((item: unknown) => [
      itemElement(schema, item),
      item,
    ]),
  );
}
