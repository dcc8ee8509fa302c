import { seenByIstiod } from '../istio/discovery';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { AnyCheck, Check, CheckFinding } from './check';

/** The same check, of what istiod watches: what it does not see is neither checked nor counts for what it sees. */
export function asIstiodSees(check: AnyCheck): AnyCheck {
  return {
    ...check,
    run: (object: never, snapshot: MeshSnapshot) =>
      findings(check, object, snapshot),
  };
}

function findings(
  check: Check,
  object: Parameters<Check['run']>[0],
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  const seen = seenByIstiod(snapshot);
  const { namespace, name } = object.metadata;
  return seen === snapshot || seen.get(check.subject, namespace, name)
    ? check.run(object, seen)
    : [];
}
