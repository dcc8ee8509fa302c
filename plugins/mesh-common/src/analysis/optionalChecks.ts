import { OPTIONAL_CHECKS } from './catalogue';
import { AnyCheck } from './check';

/**
 * Codes of the checks that run where they are asked for only.
 *
 * @public
 */
export const OPTIONAL_CODES: readonly string[] = [
  ...new Set(OPTIONAL_CHECKS.map(({ code }) => code)),
].sort();

/**
 * The optional checks of these codes, or of other analyzers' codes for them; `all` stands for all.
 *
 * @public
 */
export function optionalChecks(codes: readonly string[]): AnyCheck[] {
  return OPTIONAL_CHECKS.filter(
    ({ code, aliases = [] }) =>
      codes.includes('all') ||
      [code, ...aliases].some(one => codes.includes(one)),
  );
}
