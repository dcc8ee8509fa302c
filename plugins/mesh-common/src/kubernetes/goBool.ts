const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True'];
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False'];

/**
 * A truth value as Go reads it; undefined for any other text, and for none.
 *
 * Upstream: strconv, `ParseBool` (Go).
 */
export function parseGoBool(text: string | undefined): boolean | undefined {
  if (text === undefined) {
    return undefined;
  }
  return TRUE.includes(text) || (FALSE.includes(text) ? false : undefined);
}
