import type { Schema } from '../../store/schema/types';
import {
  define,
  equalJson,
  isRecord,
  own,
  type JsonRecord,
} from '../../store/values';
import { badRequest } from '../status';

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_LIST = '$deleteFromPrimitiveList/';
const ELEMENT_ORDER = '$setElementOrder/';

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
    if (directive !== 'merge') {
      throw badRequest(
        `Unknown patch type: ${JSON.stringify(directive)} in ${DIRECTIVE}`,
      );
    }
    return mergeRecord(schema, target, rest);
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
        mergeMember(memberOf(schema, name), own(result, name), value),
      );
    }
  }
  orderLists(schema, result, patch);
  return result;
}

function memberOf(schema: Schema | undefined, name: string) {
  return schema?.properties.get(name) ?? schema?.additionalProperties;
}

function mergeMember(
  schema: Schema | undefined,
  target: unknown,
  patch: unknown,
): unknown {
  if (isRecord(patch)) {
    return schema?.patchStrategies.includes('replace')
      ? withoutDirectives(patch)
      : mergeRecord(schema, isRecord(target) ? target : {}, patch);
  }
  if (Array.isArray(patch)) {
    return mergeList(schema, Array.isArray(target) ? target : [], patch);
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
): unknown[] {
  if (!schema?.patchStrategies.includes('merge')) {
    return patch.map(withoutDirectives);
  }
  const mergeKey = schema.patchMergeKey;
  if (mergeKey === undefined) {
    const added = patch.filter(
      item => !target.some(present => equalJson(present, item)),
    );
    return [...target, ...added];
  }
  const replaces = patch.some(
    item =>
      isRecord(item) && item[DIRECTIVE] === 'replace' && !(mergeKey in item),
  );
  if (replaces) {
    return patch
      .filter(item => isRecord(item) && mergeKey in item)
      .map(withoutDirectives);
  }
  return patch.reduce<unknown[]>(
    (items, item) => mergeItem(schema.items, items, item, mergeKey),
    [...target],
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
  if (patch[DIRECTIVE] === 'delete') {
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

/** Puts the items of a list into the order that the patch asks for; what it does not name keeps its place before. */
function orderLists(
  schema: Schema | undefined,
  result: JsonRecord,
  patch: JsonRecord,
): void {
  for (const [directive, order] of Object.entries(patch)) {
    if (!directive.startsWith(ELEMENT_ORDER)) {
      continue;
    }
    const name = directive.slice(ELEMENT_ORDER.length);
    const list = own(result, name);
    if (!Array.isArray(order)) {
      throw badRequest(`${directive} is not a list`);
    }
    if (Array.isArray(list)) {
      const mergeKey = memberOf(schema, name)?.patchMergeKey;
      define(result, name, inOrder(list, order, mergeKey));
    }
  }
}

function inOrder(
  list: readonly unknown[],
  order: readonly unknown[],
  mergeKey: string | undefined,
): unknown[] {
  const keyOf = (item: unknown) =>
    mergeKey !== undefined && isRecord(item) ? own(item, mergeKey) : item;
  const position = (item: unknown) =>
    order.findIndex(wanted => equalJson(keyOf(wanted), keyOf(item)));
  const ordered = list
    .filter(item => position(item) >= 0)
    .sort((a, b) => position(a) - position(b));
  const result: unknown[] = [];
  let next = 0;
  for (const item of list) {
    // An item that the order does not name stays behind the one that it followed.
    result.push(position(item) < 0 ? item : ordered[next++]);
  }
  return result;
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
