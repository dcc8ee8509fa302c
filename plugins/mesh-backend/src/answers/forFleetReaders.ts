import { ObjectRef, Reason, WalkAnswer } from 'backstage-plugin-mesh-common';

/** A Link lists what everybody has mirrored, and says where its credentials and the gateway of the other cluster are. */
const KINDS_OF_ALL: ReadonlySet<string> = new Set([
  'multicluster.linkerd.io/Link',
]);

/**
 * Whether an object is for readers of the fleet alone, since what it has is of entities that others may not see. They are
 * told what follows of it for their own.
 */
export function isForFleetReaders({ kind }: ObjectRef): boolean {
  return KINDS_OF_ALL.has(kind);
}

/** A walk whose reasons say what they say, without such objects. */
export function withoutFleetObjects(walk: WalkAnswer): WalkAnswer {
  const { outcome } = walk;
  const stepsOf = (steps: WalkAnswer['steps']) =>
    steps.map(step => ({
      ...step,
      reasons: step.reasons.map(withoutFleetObject),
    }));
  return {
    ...walk,
    outcome: {
      ...outcome,
      reasons: outcome.reasons.map(withoutFleetObject),
      ...(outcome.mayDiffer && {
        mayDiffer: outcome.mayDiffer.map(withoutFleetObject),
      }),
    },
    steps: stepsOf(walk.steps),
    branches: walk.branches.map(branch => ({
      ...branch,
      steps: stepsOf(branch.steps),
    })),
  };
}

function withoutFleetObject(reason: Reason): Reason {
  const { rule, text, object } = reason;
  return object && isForFleetReaders(object) ? { rule, text } : reason;
}
