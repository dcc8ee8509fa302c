import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotScope } from '../snapshot/SnapshotScope';
import { Check, CheckFinding } from './check';

/** The form of a check that looks at a part only. It is one, so that it is known again in the next analysis. */
const ofParts = new WeakMap<Check, Check>();

/**
 * The check as it is to be run on a snapshot: where its scope hides something, that is neither checked nor counts for
 * what is left. Where nothing is hidden, to ask that of each object would cost more than many checks.
 */
export function scopedCheck(check: Check, snapshot: MeshSnapshot): Check {
  const { scope } = check;
  if (!scope || scope.isWhole(snapshot)) {
    return check;
  }
  const known = ofParts.get(check) ?? ofPart(check, scope);
  ofParts.set(check, known);
  return known;
}

function ofPart(check: Check, scope: SnapshotScope): Check {
  return {
    ...check,
    run(object, snapshot, now): Iterable<CheckFinding> {
      const part = snapshot.scoped(scope);
      const { namespace, name } = object.metadata;
      return part.get(check.subject, namespace, name)
        ? check.run(object, part, now)
        : [];
    },
  };
}
