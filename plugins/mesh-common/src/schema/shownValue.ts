import { typeName } from './jsonSchema';

const LONGEST = 80;

/**
 * A value as a message about it shows it, in JSON: a text without what is beyond its 80th character, a number, a
 * truth value. Of a list or an object only the type is told: they may be of any size.
 */
export function shownValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return JSON.stringify(typeName(value));
  }
  return JSON.stringify(
    typeof value === 'string' && value.length > LONGEST
      ? `${value.slice(0, LONGEST)}...`
      : value ?? null,
  );
}
