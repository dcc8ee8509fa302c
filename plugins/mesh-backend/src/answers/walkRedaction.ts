import {
  CallEvaluation,
  ObjectRef,
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
import { withoutFleetObjects } from './forFleetReaders';

/** What of a walk its reader may see. */
export interface Shown {
  mayReadFleet: boolean;
  isShown(workload: WorkloadRef): boolean;
  /** Names in rules that they may not see. */
  hidden: ReadonlySet<string>;
  /** Workloads outside of Kubernetes have no entity: a branch without workloads is shown where it is for these hosts. */
  ownHosts: ReadonlySet<string>;
  /** Given where it comes through a gateway, which they share with entities that they may not see. */
  sharedGateway: SharedGateway | undefined;
}

export interface SharedGateway {
  /** Whether an object is the gateway, or has a rule by which it leads to the entity. */
  isOwnRule(object: ObjectRef): boolean;
}

const HIDDEN_TEXT = 'It is decided at a workload that you may not see';
const HIDDEN_ROUTE = 'A route of others takes it';
const HIDDEN_ROUTES = {
  ok: HIDDEN_ROUTE,
  ends: 'The routes of the gateway do not send it on',
  depends: 'It depends on the routes of the gateway',
  unknown: 'What the routes of the gateway do with it is not known',
};
const HIDDEN_POLICY = {
  ok: 'The policies of the gateway let it in',
  ends: 'The policies of the gateway refuse it',
  depends: 'It depends on the policies of the gateway',
  unknown: 'What the policies of the gateway say is not known',
};
const HIDDEN_DOUBT: Reason = {
  rule: 'mesh/hidden-doubt',
  text: 'Something that you may not see may change it',
};

/**
 * A walk without what its reader may not see: workloads that would answer are counted, and what their side decides is
 * left out with them; names in the sentences of reasons are replaced. Of a gateway that is shared, its own policies are
 * left out, and all that comes of a route which is none of the entity's; so are the policies and routes of gateways
 * inside the mesh and between clusters, and objects that are for readers of the fleet.
 */
export function redactWalk(
  answer: WalkAnswer,
  shown: Shown,
): { walk: WalkAnswer; hiddenWorkloads: number } {
  const own = shown.mayReadFleet ? answer : withoutFleetObjects(answer);
  const { branches, ...walk } = atGatewaysOfOthers(
    shown.sharedGateway ? atSharedGateway(own, shown.sharedGateway) : own,
    shown,
  );
  const all = branches.flatMap(({ workloads }) => workloads);
  const hiddenWorkloads = all.filter(
    workload => !shown.isShown(workload),
  ).length;
  const keepsBack =
    hiddenWorkloads > 0 ||
    branches.some(
      branch => !isShownBranch(branch, shown) && isDecidedAtServer(branch),
    );
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
        isShownBranch(branch, shown)
          ? {
              ...branch,
              steps: branch.steps.map(stepOf),
              ...(branch.authorization && {
                authorization: redactEvaluation(branch.authorization, shown),
              }),
            }
          : withoutServer(branch, shown),
      ),
      outcome: keepsBack
        ? withoutReasons(walk.outcome)
        : withNamesHidden(walk.outcome, hide),
      summary: keepsBack
        ? outcomeWords(walk)
        : hide({ rule: '', text: walk.summary }).text,
    },
  };
}

function withNamesHidden(
  { mayDiffer, reasons, ...outcome }: WalkAnswer['outcome'],
  hide: (reason: Reason) => Reason,
): WalkAnswer['outcome'] {
  return {
    ...outcome,
    reasons: reasons.map(hide),
    ...(mayDiffer && { mayDiffer: mayDiffer.map(hide) }),
  };
}

/** What it is without why; that it may differ is said to everybody. */
function withoutReasons({
  mayDiffer,
  ...outcome
}: WalkAnswer['outcome']): WalkAnswer['outcome'] {
  return {
    ...outcome,
    reasons: [],
    ...(mayDiffer && { mayDiffer: [HIDDEN_DOUBT] }),
  };
}

function isDecidedAtServer({ steps }: WalkBranch): boolean {
  return steps.some(({ step }) => step === 'authorization');
}

/** Policies and routes of gateways on the way are those of others, unless the reader may see the gateway itself. */
function atGatewaysOfOthers(walk: WalkAnswer, { isShown }: Shown): WalkAnswer {
  const isHidden = ({ step, at }: WalkStep) =>
    (step === 'authorization' || step === 'security' || step === 'route') &&
    at !== undefined &&
    !isShown(at);
  const hide = (step: WalkStep): WalkStep => ({
    ...step,
    ...(step.step === 'authorization' && { text: HIDDEN_POLICY[step.result] }),
    ...(step.step === 'route' && { text: HIDDEN_ROUTES[step.result] }),
    reasons: [],
  });
  const decides = walk.branches.some(({ steps }) =>
    steps.some(step => isHidden(step) && step.result !== 'ok'),
  );
  return {
    ...walk,
    branches: walk.branches.map(branch => ({
      ...branch,
      steps: branch.steps.map(step => (isHidden(step) ? hide(step) : step)),
    })),
    ...(decides && {
      outcome: withoutReasons(walk.outcome),
      summary: outcomeWords(walk),
    }),
  };
}

/** What a reader who may not read the fleet is told of a way through a gateway that others share. */
function atSharedGateway(walk: WalkAnswer, gateway: SharedGateway): WalkAnswer {
  const isForeign = walk.steps
    .filter(({ step }) => step === 'route')
    .flatMap(({ reasons }) => reasons)
    .some(({ object }) => object && !gateway.isOwnRule(object));
  const own = isForeign ? withoutRoute(walk) : walk;
  const isDecided = own.steps.some(({ step }) => step === 'authorization');
  return {
    ...own,
    steps: own.steps.map(one =>
      one.step === 'authorization'
        ? { ...one, text: HIDDEN_POLICY[one.result], reasons: [] }
        : one,
    ),
    ...((isForeign || isDecided) && {
      outcome: withoutReasons(own.outcome),
      summary: outcomeWords(own),
    }),
  };
}

/** A way that is another entity's from its route on: only what comes of it is left, and how many would answer. */
function withoutRoute({
  request,
  mesh,
  outcome,
  status,
  grpcStatus,
  flag,
  steps,
  branches,
  summary,
}: WalkAnswer): WalkAnswer {
  return {
    request,
    ...(mesh && { mesh }),
    outcome,
    ...(status !== undefined && { status }),
    ...(grpcStatus !== undefined && { grpcStatus }),
    ...(flag && { flag }),
    steps: steps.flatMap(one => {
      switch (one.step) {
        case 'host':
        case 'authorization':
          return [one];
        case 'route':
          return [{ ...one, text: HIDDEN_ROUTE, reasons: [] }];
        default:
          return [];
      }
    }),
    branches: branches.map(({ percent, workloads, sends, ...branch }) => ({
      percent,
      workloads,
      sends,
      outcome: branch.outcome,
      steps: [],
    })),
    mirrors: [],
    summary,
  };
}

/** The sentence of the whole names workloads. */
function outcomeWords({
  outcome,
  status,
  grpcStatus,
}: Pick<WalkAnswer, 'outcome' | 'status' | 'grpcStatus'>): string {
  if (grpcStatus !== undefined) {
    return `grpc-status ${grpcStatus} (${outcome.value})`;
  }
  return status ? `${status} (${outcome.value})` : outcome.value;
}

function isShownBranch(
  { workloads, host }: WalkBranch,
  { isShown, ownHosts }: Shown,
): boolean {
  return workloads.length > 0
    ? workloads.every(isShown)
    : host === undefined || ownHosts.has(host);
}

/** Without whom the server sees, either, and without the gateways before it that the reader may not see, and their routes. */
function withoutServer(
  { authorization: _, peerIdentity: __, via = [], ...branch }: WalkBranch,
  { isShown }: Shown,
): WalkBranch {
  const shownVia = via.filter(isShown);
  return {
    ...branch,
    ...(shownVia.length > 0 && { via: shownVia }),
    workloads: branch.workloads.filter(isShown),
    steps: branch.steps.map(({ at, ...step }): WalkStep => {
      const shown = at && isShown(at) ? { at } : {};
      switch (step.step) {
        case 'authorization':
        case 'security':
          return { ...step, ...shown, text: HIDDEN_TEXT, reasons: [] };
        case 'route':
        case 'destination':
          return at && !isShown(at)
            ? { ...step, text: HIDDEN_ROUTE, reasons: [] }
            : { ...step, ...shown };
        default:
          return { ...step, ...shown };
      }
    }),
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
