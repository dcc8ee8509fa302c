import { define, isRecord, own, type JsonRecord } from '../../store/values';

/** JSON merge patch (RFC 7396): null removes, a mapping merges, anything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) {
    return patch;
  }
  const result: JsonRecord = isRecord(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[name];
    } else {
      define(result, name, mergePatch(own(result, name), value));
    }
  }
  return result;
}
