import type { Schema } from '../../store/schema/types';
import { define, isRecord, own, type JsonRecord } from '../../store/values';
import { isHollow, itemElement, memberSchema, structureOf } from './structure';

/** The live value with the applied one over it; what only the live one has stays. */
export function merge(
  schema: Schema | undefined,
  live: unknown,
  applied: unknown,
): unknown {
  if (applied === undefined) {
    return live;
  }
  if (live === undefined || (isHollow(live) && isHollow(applied))) {
    return applied;
  }
  const structure = structureOf(schema, applied);
  if (structure === 'map' && isRecord(applied)) {
    return mergeMembers(schema, isRecord(live) ? live : {}, applied);
  }
  if (structure === 'list' && Array.isArray(applied)) {
    return mergeItems(schema, Array.isArray(live) ? live : [], applied);
  }
  return applied;
}

function mergeMembers(
  schema: Schema | undefined,
  live: JsonRecord,
  applied: JsonRecord,
): JsonRecord {
  const result: JsonRecord = {};
  for (const name of new Set([...Object.keys(live), ...Object.keys(applied)])) {
    define(
      result,
      name,
      merge(memberSchema(schema, name), own(live, name), own(applied, name)),
    );
  }
  return result;
}

/**
 * The items of both lists: the applied ones in their order, and each that only the live list has behind the live item
 * that it followed.
 */
function mergeItems(
  schema: Schema | undefined,
  live: readonly unknown[],
  applied: readonly unknown[],
): unknown[] {
  const liveElements = live.map(item => itemElement(schema, item));
  const appliedElements = applied.map(item => itemElement(schema, item));
  const inApplied = new Set(appliedElements);
  const inLive = new Set(liveElements);
  const shared = appliedElements.filter(element => inLive.has(element));
  const merged = new Set<string>();
  const result: unknown[] = [];
  const take = (index: number) => {
    const element = appliedElements[index];
    const at = liveElements.indexOf(element);
    const mate = at < 0 ? undefined : live[at];
    result.push(merge(schema?.items, mate, applied[index]));
    merged.add(element);
    if (shared[0] === element) {
      shared.shift();
    }
  };
  let left = 0;
  let right = 0;
  while (left < live.length || right < applied.length) {
    const element = liveElements[left];
    if (left < live.length && right < applied.length) {
      if (element === appliedElements[right]) {
        take(right);
        left += 1;
        right += 1;
        continue;
      }
      if (
        inApplied.has(element) &&
        shared.length > 0 &&
        shared[0] !== element
      ) {
        left += 1;
        continue;
      }
    }
    if (left < live.length && !inApplied.has(element)) {
      result.push(live[left]);
      left += 1;
      continue;
    }
    if (left < live.length && merged.has(element)) {
      left += 1;
    }
    if (right < applied.length) {
      take(right);
      right += 1;
    }
  }
  return result;
}
