import { Reason } from '../contract/common';
import { ChecklistCause } from '../contract/readiness';
import { Judgement } from './measurement';

/**
 * What all judgements on an item come to.
 *
 * @public
 */
export interface Measured {
  state: Judgement['state'];
  cause?: ChecklistCause;
  /** One sentence. */
  evidence: string;
  reasons: Reason[];
}

/** As many things are named; the others are counted. */
const NAMED = 3;

/**
 * The worst judgement decides: one thing that fails makes the item fail, one that is unknown keeps it from
 * passing. An item of which nothing is there to look at does not apply.
 */
export function combine(judgements: readonly Judgement[]): Measured {
  for (const state of ['fail', 'unknown', 'pass', 'not-applicable'] as const) {
    const deciding = judgements.filter(judgement => judgement.state === state);
    if (deciding.length > 0) {
      const cause = deciding.find(judgement => judgement.cause)?.cause;
      return {
        state,
        ...(cause && { cause }),
        evidence: sentence(deciding.map(({ text }) => text)),
        reasons: distinct(deciding.flatMap(({ reasons }) => reasons)),
      };
    }
  }
  return {
    state: 'not-applicable',
    evidence: 'There is nothing of this entity that it is about',
    reasons: [],
  };
}

function sentence(texts: readonly string[]): string {
  const all = [...new Set(texts)];
  const rest = all.length - NAMED;
  return rest > 0
    ? `${all.slice(0, NAMED).join('; ')}; and ${rest} more`
    : all.join('; ');
}

function distinct(reasons: readonly Reason[]): Reason[] {
  return [
    ...new Map(
      reasons.map(reason => [JSON.stringify(reason), reason]),
    ).values(),
  ];
}
