import {
  CallEvaluation,
  Reason,
  WalkAnswer,
  WalkBranch,
  WalkStep,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import {
  hideNames,
  redactConditions,
  redactDecision,
} from './callersRedaction';

/** What of a walk its reader may see. */
export interface Shown {
  isShown(workload: WorkloadRef): boolean;
  /** Names in rules that they may not see. */
  hidden: ReadonlySet<string>;
  /** It comes through a gateway, which they share with entities that they may not see. */
  sharedGateway: boolean;
}

const HIDDEN_TEXT = 'It is decided at a workload that you may not see';
const HIDDEN_ROUTE = 'A route takes it to workloads that you may not see';
const HIDDEN_POLICY = {
  ok: 'The policies of the gateway let it in',
  ends: 'The policies of the gateway refuse it',
  depends: 'It depends on the policies of the gateway',
  unknown: 'What the policies of the gateway say is not known',
};

/**
 * A walk without what its reader may not see: workloads that would answer are counted, and what their side decides is
 * left out with them; names in the sentences of reasons are replaced. Of a gateway that is shared, its own policies are
 * left out, and the routes that lead to nobody whom the reader may see.
 */
export function redactWalk(
  answer: WalkAnswer,
  shown: Shown,
): { walk: WalkAnswer; hiddenWorkloads: number } {
  const { branches, ...walk } = shown.sharedGateway
    ? withoutGateway(answer, shown)
    : answer;
  const all = branches.flatMap(({ workloads }) => workloads);
  const hiddenWorkloads = all.filter(
    workload => !shown.isShown(workload),
  ).length;
  const hide = (reason: Reason) => hideNames(reason, shown.hidden);
  const stepOf = (step: WalkStep): WalkStep => ({
    ...step,
    text: hide({ rule: '', text: step.text }).text,
    reasons: step.reasons.map(hide),
  });
  return {
    hiddenWorkloads,
    walk: {
      ...walk,
      steps: walk.steps.map(stepOf),
      branches: branches.map(branch =>
        branch.workloads.every(workload => shown.isShown(workload))
          ? {
              ...branch,
              steps: branch.steps.map(stepOf),
              ...(branch.authorization && {
                authorization: redactEvaluation(branch.authorization, shown),
              }),
            }
          : withoutServer(branch, shown),
      ),
      outcome: {
        ...walk.outcome,
        reasons: hiddenWorkloads > 0 ? [] : walk.outcome.reasons.map(hide),
      },
      summary:
        hiddenWorkloads > 0
          ? outcomeWords(walk)
          : hide({ rule: '', text: walk.summary }).text,
    },
  };
}

function withoutGateway(
  walk: WalkAnswer,
  { isShown }: Pick<Shown, 'isShown'>,
): WalkAnswer {
  const isForeign =
    walk.branches.length > 0 &&
    walk.branches.every(
      ({ workloads }) => workloads.length > 0 && !workloads.some(isShown),
    );
  const replaced = ({ step, result }: WalkStep): string | undefined => {
    switch (step) {
      case 'authorization':
        return HIDDEN_POLICY[result];
      case 'route':
        return isForeign ? HIDDEN_ROUTE : undefined;
      default:
        return undefined;
    }
  };
  const leftOut = walk.steps.filter(one => replaced(one) !== undefined);
  if (leftOut.length === 0) {
    return walk;
  }
  return {
    ...walk,
    steps: walk.steps.map(one => {
      const text = replaced(one);
      return text === undefined ? one : { ...one, text, reasons: [] };
    }),
    outcome: { ...walk.outcome, reasons: [] },
    summary: outcomeWords(walk),
  };
}

/** The sentence of the whole names workloads. */
function outcomeWords({
  outcome,
  status,
}: Pick<WalkAnswer, 'outcome' | 'status'>): string {
  return status ? `${status} (${outcome.value})` : outcome.value;
}

function withoutServer(
  { authorization: _, ...branch }: WalkBranch,
  { isShown }: Shown,
): WalkBranch {
  return {
    ...branch,
    workloads: branch.workloads.filter(isShown),
    steps: branch.steps.map(step =>
      step.step === 'authorization' || step.step === 'security'
        ? { ...step, text: HIDDEN_TEXT, reasons: [] }
        : step,
    ),
  };
}

function redactEvaluation(
  { decision, hops }: CallEvaluation,
  { hidden }: Shown,
): CallEvaluation {
  return {
    decision: redactDecision(decision, hidden),
    hops: hops.map(hop => ({
      ...hop,
      ...(hop.when && { when: redactConditions(hop.when, hidden) }),
      decision: redactDecision(hop.decision, hidden),
      checks: hop.checks.map(check => ({
        ...check,
        reason: hideNames(check.reason, hidden),
      })),
    })),
  };
}
