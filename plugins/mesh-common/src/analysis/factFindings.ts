import { ControlPlaneFact } from '../contract/controlPlane';
import { ObjectRef } from '../contract/common';
import { isKindId, KindId } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { CheckFinding } from './check';

/** What is bad of that which is said of a control plane, about the object that decided where there is one. */
export function* factFindings(
  snapshot: MeshSnapshot,
  facts: Iterable<ControlPlaneFact>,
): Iterable<CheckFinding> {
  for (const { answer } of facts) {
    if (answer.value === 'bad' || answer.value === 'notice') {
      const [{ text, object, field }] = answer.reasons;
      const about = object && decidedBy(snapshot, object);
      yield {
        message: text,
        level: answer.value === 'bad' ? 'error' : 'warning',
        ...(about && { about }),
        ...(about && field && { field }),
      };
    }
  }
}

function decidedBy(
  snapshot: MeshSnapshot,
  { kind, namespace, name }: ObjectRef,
): { kind: KindId; object: KubernetesObject } | undefined {
  const object = isKindId(kind)
    ? snapshot.get(kind, namespace, name)
    : undefined;
  return object && isKindId(kind) ? { kind, object } : undefined;
}
