import { Answer, Cause, Reason } from '../../contract/common';
import {
  WalkAnswer,
  WalkBranch,
  WalkOutcome,
  WalkRequest,
  WalkStep,
} from '../../contract/walk';
import { summaryOf } from './summary';
import { Ending, step } from './steps';

/** A branch, and what is not known of other clusters of the mesh. */
export interface FoundBranch extends WalkBranch {
  partial?: readonly Reason[];
}

/** What was found out about a request, before it is said what it comes to. */
export interface Found
  extends Partial<
    Pick<
      WalkAnswer,
      | 'rewrite'
      | 'redirect'
      | 'mirrors'
      | 'timeoutMs'
      | 'responseTimeoutMs'
      | 'delay'
      | 'abort'
      | 'retries'
      | 'requestHeaders'
    >
  > {
  steps: WalkStep[];
  branches: readonly FoundBranch[];
  /** The request ends before it comes to a destination. */
  ending?: Ending;
  /** Some requests end before it, by chance. */
  sometimes?: boolean;
  predicted?: boolean;
  mayDiffer?: Reason[];
}

/** The answer: what all branches come to, or that it depends. */
export function answerOf(
  mesh: string,
  request: WalkRequest,
  found: Found,
): WalkAnswer {
  const {
    steps,
    branches,
    ending = endingOf(branches),
    sometimes = false,
    predicted,
    mayDiffer = [],
    mirrors = [],
    ...rest
  } = found;
  const outcome: WalkOutcome =
    sometimes && ending.outcome !== 'unknown' ? 'depends' : ending.outcome;
  const isOne = outcome === ending.outcome;
  const deciding = [...steps, ...branches.flatMap(branch => branch.steps)];
  const answer: Omit<WalkAnswer, 'summary'> = {
    request,
    mesh,
    outcome: {
      value: outcome,
      ...(outcome === 'unknown' && { cause: causeOf(ending, branches) }),
      reasons: reasonsFor(outcome, deciding),
      ...(predicted && { predicted }),
      ...differing([
        ...mayDiffer,
        ...branches.flatMap(({ authorization, partial = [] }) => [
          ...(authorization?.decision.mayDiffer ?? []),
          ...partial,
        ]),
      ]),
    },
    ...(isOne && ending.status !== undefined && { status: ending.status }),
    ...(isOne && ending.flag && { flag: ending.flag }),
    steps,
    branches: branches.map(({ partial: _, ...branch }) => branch),
    mirrors,
    ...rest,
  };
  return { ...answer, summary: summaryOf(answer) };
}

/** Each once: several proxies on the way may have the same extension. */
function differing(reasons: readonly Reason[]): { mayDiffer?: Reason[] } {
  const distinct = new Map(reasons.map(reason => [reason.text, reason]));
  return distinct.size > 0 ? { mayDiffer: [...distinct.values()] } : {};
}

function endingOf(branches: readonly WalkBranch[]): Ending {
  const [first, ...others] = branches.filter(({ percent }) => percent > 0);
  if (!first) {
    return { outcome: 'unknown' };
  }
  const same = others.every(
    ({ outcome, status }) =>
      outcome === first.outcome && status === first.status,
  );
  if (same) {
    const { outcome, status, flag } = first;
    return {
      outcome,
      ...(status !== undefined && { status }),
      ...(flag && { flag }),
    };
  }
  return {
    outcome: [first, ...others].some(({ outcome }) => outcome === 'unknown')
      ? 'unknown'
      : 'depends',
  };
}

function causeOf(
  ending: Ending,
  branches: readonly WalkBranch[],
): WalkAnswer['outcome']['cause'] {
  return ending.cause ?? branches.find(({ cause }) => cause)?.cause;
}

/** The reasons of the step that decides the outcome; of what is delivered those of who lets it in, and the route. */
function reasonsFor(
  outcome: WalkOutcome,
  steps: readonly WalkStep[],
): Reason[] {
  const wanted: Partial<Record<WalkOutcome, WalkStep['result']>> = {
    unknown: 'unknown',
    depends: 'depends',
  };
  const result = wanted[outcome] ?? 'ends';
  const deciding = steps.filter(one => one.result === result);
  const found =
    deciding.length > 0
      ? deciding
      : steps.filter(
          ({ step: name }) => name === 'authorization' || name === 'route',
        );
  return found.flatMap(({ reasons }) => reasons);
}

/** The client cannot look the host up. */
export function unresolvedFound(host: WalkStep): Found {
  return {
    steps: [host],
    branches: [],
    ending: { outcome: 'failed', status: null },
  };
}

/** Nothing can be said from here on. */
export function unknownFound(unknown: WalkStep, cause?: Cause): Found {
  return {
    steps: [unknown],
    branches: [],
    ending: { outcome: 'unknown', ...(cause && { cause }) },
  };
}

export function unknownStep({ reasons }: Answer<unknown>): WalkStep {
  return step(
    'route',
    'unknown',
    reasons[0]?.text ?? 'What the proxy does with it is not known',
    reasons,
  );
}
