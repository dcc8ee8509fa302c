import type { Schema } from '../../store/schema/types';
import type { StoredObject } from '../../store/types';
import { equalJson } from '../../store/values';
import { ApiError } from '../status';
import { compare } from './compare';
import {
  difference,
  emptySet,
  intersection,
  isEmpty,
  pathsOf,
  printPath,
  setOf,
  union,
  type FieldPath,
  type FieldSet,
} from './fieldSet';
import { fieldsOf } from './fieldsOf';
import { fieldsOfClientSideApply, withLastApplied } from './lastApplied';
import {
  decodeManagers,
  printManager,
  sameManager,
  type Manager,
} from './managers';
import { merge } from './merge';
import { removeFields } from './removeFields';
import { elementSchema, memberName } from './structure';
import {
  ownable,
  takeOver,
  withManagers,
  withoutManagers,
  type Writer,
} from './track';

interface Conflict {
  manager: Manager;
  path: FieldPath;
}

/** Brings a merged value into the form of an object, with defaults. */
export type Decode = (value: unknown) => StoredObject;

/**
 * Server-side apply: the live object with the applied configuration over it, without what this manager applied last
 * time and does no more, and with the new owners. A field that another manager owns and this one changes is a conflict,
 * unless the apply is forced.
 */
export function applyConfiguration(
  schema: Schema | undefined,
  live: StoredObject | undefined,
  configuration: StoredObject,
  writer: Writer,
  force: boolean,
  decode: Decode,
): StoredObject {
  const entry = {
    name: writer.name,
    operation: 'Apply' as const,
    apiVersion: writer.apiVersion,
    subresource: writer.subresource,
  };
  const before = managersBefore(schema, live, writer);
  const last = before.find(manager => sameManager(manager, entry));
  const named = fieldsOf(schema, configuration);
  const fields = ownable(named, writer);
  const current = live && withoutManagers(live);
  const claimed: Manager = { ...entry, fields };
  const others = before.filter(manager => manager !== last);
  const merged = dropAbandoned(
    schema,
    merge(schema, current, configuration),
    last?.fields ?? emptySet,
    others.reduce((all, manager) => union(all, manager.fields), named),
  );
  const next = decode(merged);
  const { added, modified, removed } = compare(schema, current, next);
  const changed = union(added, modified);
  if (!force) {
    refuseConflicts(schema, live, others, changed, writer);
  }
  const managers = takeOver(others, entry, changed, removed);
  const time = equalJson(current, next) ? last?.time : writer.time;
  const applier = { ...claimed, ...(time && { time }) };
  return withManagers(withLastApplied(next, configuration, writer), [
    ...managers,
    applier,
  ]);
}

/** What was there before anybody was tracked belongs to a manager of its own. */
function managersBefore(
  schema: Schema | undefined,
  live: StoredObject | undefined,
  writer: Writer,
): Manager[] {
  const managers = decodeManagers(live?.metadata.managedFields);
  if (!live || managers.length > 0) {
    return managers;
  }
  const whole = { ...writer, subresource: '', statusSubresource: false };
  return [
    {
      name: 'before-first-apply',
      operation: 'Update',
      apiVersion: writer.apiVersion,
      subresource: '',
      ...(writer.time && { time: writer.time }),
      fields: ownable(fieldsOf(schema, withoutManagers(live)), whole),
    },
  ];
}

/** Removes what the manager applied last time, no longer applies, and nobody else owns. */
function dropAbandoned(
  schema: Schema | undefined,
  merged: unknown,
  last: FieldSet,
  owned: FieldSet,
): unknown {
  if (isEmpty(last)) {
    return merged;
  }
  const within = (set: FieldSet) => withContainers(schema, set);
  const mergedFields = within(fieldsOf(schema, merged));
  const lastFields = within(last);
  const pruned = removeFields(schema, merged, lastFields);
  const kept = union(within(fieldsOf(schema, pruned)), within(owned));
  const withOwned = removeFields(
    schema,
    merged,
    difference(mergedFields, kept),
  );
  const remaining = within(fieldsOf(schema, withOwned));
  return removeFields(
    schema,
    merged,
    intersection(difference(mergedFields, remaining), lastFields),
  );
}

/** The set with each declared member that has something of the set below it. */
function withContainers(schema: Schema | undefined, set: FieldSet): FieldSet {
  const containers = [...set.children.keys()].filter(element =>
    schema?.properties.has(memberName(element)),
  );
  return {
    members: new Set([...set.members, ...containers]),
    children: new Map(
      [...set.children].map(([element, child]) => [
        element,
        withContainers(elementSchema(schema, element), child),
      ]),
    ),
  };
}

function refuseConflicts(
  schema: Schema | undefined,
  live: StoredObject | undefined,
  others: readonly Manager[],
  changed: FieldSet,
  writer: Writer,
): void {
  const conflicts: Conflict[] = others.flatMap(manager =>
    [...pathsOf(intersection(manager.fields, changed))].map(path => ({
      manager,
      path,
    })),
  );
  const allowed = live
    ? fieldsOfClientSideApply(schema, live, writer)
    : emptySet;
  const remaining = conflicts.filter(({ path }) =>
    isEmpty(intersection(setOf([path]), allowed)),
  );
  if (remaining.length > 0) {
    throw new ApiError(409, 'Conflict', conflictMessage(remaining), {
      causes: remaining.map(({ manager, path }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${printManager(manager)}`,
        field: printPath(path),
      })),
    });
  }
}

function conflictMessage(conflicts: readonly Conflict[]): string {
  if (conflicts.length === 1) {
    const [{ manager, path }] = conflicts;
    return `Apply failed with 1 conflict: conflict with ${printManager(
      manager,
    )}: ${printPath(path)}`;
  }
  const byManager = new Map<string, FieldPath[]>();
  for (const { manager, path } of conflicts) {
    const name = printManager(manager);
    byManager.set(name, [...(byManager.get(name) ?? []), path]);
  }
  const lines = [...byManager]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, paths]) => [
      `conflicts with ${name}:`,
      ...paths.map(path => `- ${printPath(path)}`),
    ]);
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}
