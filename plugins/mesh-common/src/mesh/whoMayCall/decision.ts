import { CallConditions, CallDecision } from '../../contract/callDecision';
import { Answer, Reason } from '../../contract/common';
import { bothOf } from './match';

const NOTHING = { allowedWhen: [], deniedWhen: [] };

/**
 * The decision that a call is let in.
 *
 * @public
 */
export function allowed(reasons: readonly Reason[]): CallDecision {
  return { value: 'allowed', reasons: [...reasons], ...NOTHING };
}

/**
 * The decision that a call is refused.
 *
 * @public
 */
export function denied(reasons: readonly Reason[]): CallDecision {
  return { value: 'denied', reasons: [...reasons], ...NOTHING };
}

/**
 * The decision of which it is not known what it is.
 *
 * @public
 */
export function undecided(answer: Answer<unknown>): CallDecision {
  const { cause, reasons } = answer;
  return {
    value: 'unknown',
    ...(cause && { cause }),
    reasons: [...reasons],
    ...NOTHING,
  };
}

export function conditional(
  allowedWhen: CallConditions,
  deniedWhen: CallConditions,
  reasons: readonly Reason[],
): CallDecision {
  return { value: 'depends', reasons: [...reasons], allowedWhen, deniedWhen };
}

/** Two proxies on the way look at a call one after the other: both must let it in. */
export function inTurn(
  first: CallDecision,
  second: CallDecision,
): CallDecision {
  for (const decision of [first, second]) {
    if (decision.value === 'denied') {
      return decision;
    }
  }
  for (const decision of [first, second]) {
    if (decision.value === 'unknown') {
      return decision;
    }
  }
  const reasons = [...first.reasons, ...second.reasons];
  if (first.value === 'allowed' && second.value === 'allowed') {
    return allowed(reasons);
  }
  const open = [first, second].filter(({ value }) => value === 'depends');
  const ways = open
    .map(({ allowedWhen }) => allowedWhen)
    .filter(({ length }) => length > 0);
  return conditional(
    ways.length === 2 ? bothOf(ways[0], ways[1]) : ways[0] ?? [],
    open.flatMap(({ deniedWhen }) => deniedWhen),
    [
      ...open.flatMap(decision => decision.reasons),
      ...reasons.filter(
        reason => !open.some(decision => decision.reasons.includes(reason)),
      ),
    ],
  );
}

/** Whether two decisions are one, on the same conditions. */
export function saysTheSame(a: CallDecision, b: CallDecision): boolean {
  return (
    a.value === b.value &&
    JSON.stringify([a.allowedWhen, a.deniedWhen]) ===
      JSON.stringify([b.allowedWhen, b.deniedWhen])
  );
}

/** What may happen, where it is not known which of these it is (pods that differ): the same, or not known. */
export function eitherOf(
  decisions: readonly CallDecision[],
  why: Reason,
): CallDecision {
  const [first, ...others] = decisions;
  if (others.every(other => saysTheSame(first, other))) {
    return first;
  }
  const unread = decisions.find(({ value }) => value === 'unknown');
  return {
    value: 'unknown',
    ...(unread?.cause && { cause: unread.cause }),
    reasons: [
      why,
      ...decisions.flatMap(({ value, reasons }) =>
        reasons.slice(0, 1).map(reason => ({
          ...reason,
          text: `${value}: ${reason.text}`,
        })),
      ),
    ],
    ...NOTHING,
  };
}
