import type { Schema } from '../../store/schema/types';
import {
  define,
  equalJson,
  isRecord,
  own,
  type JsonRecord,
} from '../../store/values';
import { badRequest } from '../status';
import { checkOrder, ELEMENT_ORDER, inOrder } from './elementOrder';

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_LIST = '$deleteFromPrimitiveList/';

/**
 * Strategic merge patch: as a JSON merge patch, but a list whose schema has a merge key is merged item by item, and
 * directives in the patch delete, replace, order or retain.
 */
export function strategicMergePatch(
  schema: Schema | undefined,
  target: unknown,
  patch: unknown,
): unknown {
  if (!isRecord(patch)) {
    throw badRequest(
      'error decoding patch: a strategic merge patch is an object',
    );
  }
  return mergeRecord(schema, isRecord(target) ? target : {}, patch);
}

function mergeRecord(
  schema: Schema | undefined,
  target: JsonRecord,
  patch: JsonRecord,
): JsonRecord {
  const directive = own(patch, DIRECTIVE);
  if (directive !== undefined) {
    const { [DIRECTIVE]: _directive, ...rest } = patch;
    if (directive === 'replace') {
      return plainRecord(rest);
    }
    if (directive === 'delete') {
      return {};
    }
    throw badRequest(`unknown patch type: ${JSON.stringify(directive)}`);
  }
  const result = retained(target, patch);
  for (const [name, value] of Object.entries(patch)) {
    if (name === RETAIN_KEYS || name.startsWith(ELEMENT_ORDER)) {
      continue;
    }
    if (name.startsWith(DELETE_LIST)) {
      deleteItems(result, name.slice(DELETE_LIST.length), value);
    } else if (value === null) {
      delete result[name];
    } else {
      define(
        result,
        name,
        mergeMember(
          memberOf(schema, name),
          own(result, name),
          value,
          orderOf(patch, name),
        ),
      );
    }
  }
  orderUntouchedLists(schema, result, patch);
  return result;
}

function memberOf(schema: Schema | undefined, name: string) {
  return schema?.properties.get(name) ?? schema?.additionalProperties;
}

function mergeMember(
  schema: Schema | undefined,
  target: unknown,
  patch: unknown,
  order: readonly unknown[] | undefined,
): unknown {
  if (target === undefined) {
    return withoutDirectives(patch);
  }
  if (isRecord(patch)) {
    return schema?.patchStrategies.includes('replace')
      ? withoutDirectives(patch)
      : mergeRecord(schema, isRecord(target) ? target : {}, patch);
  }
  if (Array.isArray(patch)) {
    return mergeList(
      schema,
      Array.isArray(target) ? target : [],
      patch,
      order ?? patch,
    );
  }
  return patch;
}

/** With `$retainKeys` the target keeps only the members that it names. */
function retained(target: JsonRecord, patch: JsonRecord): JsonRecord {
  const keys = own(patch, RETAIN_KEYS);
  if (keys === undefined) {
    return { ...target };
  }
  if (!Array.isArray(keys)) {
    throw badRequest(`${RETAIN_KEYS} is not a list of members`);
  }
  return Object.fromEntries(
    Object.entries(target).filter(([name]) => keys.includes(name)),
  );
}

function mergeList(
  schema: Schema | undefined,
  target: readonly unknown[],
  patch: readonly unknown[],
  order: readonly unknown[],
): unknown[] {
  if (!schema?.patchStrategies.includes('merge')) {
    return patch.map(withoutDirectives);
  }
  const mergeKey = schema.patchMergeKey;
  const replaces = patch.some(
    item => isRecord(item) && item[DIRECTIVE] === 'replace',
  );
  if (replaces) {
    return patch
      .filter(item => isRecord(item) && !(DIRECTIVE in item))
      .map(withoutDirectives);
  }
  const merged =
    mergeKey === undefined
      ? distinct([...target, ...patch])
      : patch.reduce<readonly unknown[]>(
          (items, item) => mergeItem(schema.items, items, item, mergeKey),
          target,
        );
  checkOrder(patch, order, mergeKey);
  return inOrder(merged, order, target, mergeKey);
}

function distinct(items: readonly unknown[]): unknown[] {
  return items.filter(
    (item, index) => items.findIndex(other => equalJson(other, item)) === index,
  );
}

function mergeItem(
  schema: Schema | undefined,
  items: readonly unknown[],
  patch: unknown,
  mergeKey: string,
): unknown[] {
  if (!isRecord(patch)) {
    throw badRequest(
      `an item of a list that is merged by ${mergeKey} is not an object`,
    );
  }
  const key = own(patch, mergeKey);
  if (key === undefined) {
    throw badRequest(
      `map: ${JSON.stringify(
        patch,
      )} does not contain declared merge key: ${mergeKey}`,
    );
  }
  const isMate = (item: unknown) =>
    isRecord(item) && equalJson(own(item, mergeKey), key);
  const directive = patch[DIRECTIVE];
  if (directive === 'delete') {
    return items.filter(item => !isMate(item));
  }
  const at = items.findIndex(isMate);
  const mate = items[at];
  const merged = mergeRecord(schema, isRecord(mate) ? mate : {}, patch);
  return at < 0 ? [...items, merged] : items.with(at, merged);
}

function deleteItems(result: JsonRecord, name: string, values: unknown): void {
  const list = own(result, name);
  if (!Array.isArray(values)) {
    throw badRequest(`${DELETE_LIST}${name} is not a list`);
  }
  if (Array.isArray(list)) {
    const kept = list.filter(
      item => !values.some(value => equalJson(value, item)),
    );
    define(result, name, kept);
  }
}

/** The order that a patch asks for the items of a list. */
function orderOf(
  patch: JsonRecord,
  name: string,
): readonly unknown[] | undefined {
  const order = own(patch, `${ELEMENT_ORDER}${name}`);
  if (order !== undefined && !Array.isArray(order)) {
    throw badRequest(`${ELEMENT_ORDER}${name} is not a list`);
  }
  return order;
}

/** Orders the lists that a patch orders but does not change otherwise. */
function orderUntouchedLists(
  schema: Schema | undefined,
  result: JsonRecord,
  patch: JsonRecord,
): void {
  for (const directive of Object.keys(patch)) {
    if (directive.startsWith(ELEMENT_ORDER)) {
      const name = directive.slice(ELEMENT_ORDER.length);
      const list = own(result, name);
      const order = orderOf(patch, name);
      if (order && Array.isArray(list) && own(patch, name) === undefined) {
        const mergeKey = memberOf(schema, name)?.patchMergeKey;
        define(result, name, inOrder(list, order, list, mergeKey));
      }
    }
  }
}

/** What a patch puts where nothing was: its values, not its directives. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .filter(item => !isRecord(item) || item[DIRECTIVE] !== 'delete')
      .map(withoutDirectives);
  }
  return isRecord(value) ? plainRecord(value) : value;
}

function plainRecord(value: JsonRecord): JsonRecord {
  const result: JsonRecord = {};
  for (const [name, member] of Object.entries(value)) {
    const isDirective =
      name === DIRECTIVE ||
      name === RETAIN_KEYS ||
      name.startsWith(DELETE_LIST) ||
      name.startsWith(ELEMENT_ORDER);
    if (!isDirective && member !== null) {
      define(result, name, withoutDirectives(member));
    }
  }
  return result;
}
