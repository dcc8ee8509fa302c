import { CallerRow } from './callerRows';

/** How what the catalog says, what the rules say and what was seen disagree about a caller. */
export type Drift =
  | 'declared-not-allowed'
  | 'allowed-not-declared'
  | 'observed-only';

/**
 * The drift of a caller: declared but denied; let in by a rule that names it but not declared; or seen
 * calling though neither the catalog nor a rule knows of it. Classes stand for nobody who could drift.
 */
export function driftOf({ caller, decision }: CallerRow): Drift | undefined {
  if (caller.class) {
    return undefined;
  }
  const declared = caller.sources.includes('declared');
  const named = caller.sources.includes('allowed');
  if (declared) {
    return decision.value === 'denied' ? 'declared-not-allowed' : undefined;
  }
  if (named) {
    return decision.value === 'allowed' || decision.value === 'depends'
      ? 'allowed-not-declared'
      : undefined;
  }
  return caller.sources.includes('observed') ? 'observed-only' : undefined;
}
