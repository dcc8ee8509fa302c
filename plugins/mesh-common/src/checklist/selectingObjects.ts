import { Reason } from '../contract/common';
import { KindId } from '../kubernetes/kinds';
import { unreadInput } from '../mesh/answers';
import { Workload } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  ChecklistPart,
  fail,
  Judgement,
  pass,
  unknownBecause,
  workloadName,
} from './measurement';
import { templateReason } from './controllers';

/** A judgement on each workload by whether an object of a kind is about it. */
export function ofSelectingObjects(
  { snapshot, workloads }: ChecklistPart,
  question: {
    kind: KindId;
    rule: string;
    /** The objects that are about the workload, as reasons that name them. */
    find(snapshot: MeshSnapshot, workload: Workload): Reason[];
    found(name: string): string;
    missing(name: string): string;
    /** Workloads that need none. */
    exempt?(workload: Workload, name: string): Judgement | undefined;
  },
): Judgement[] {
  const { kind, rule, find, found, missing, exempt } = question;
  return workloads.map(({ workload }) => {
    const name = workloadName(workload.ref);
    const given = exempt?.(workload, name);
    if (given) {
      return given;
    }
    const unread = unreadInput(snapshot, rule, {
      required: [kind],
      namespaces: [workload.ref.namespace],
    });
    if (unread) {
      return unknownBecause(
        unread.cause,
        `it is not known which ${kind} there are for ${name}`,
        unread.reasons,
      );
    }
    const reasons = find(snapshot, workload);
    return reasons.length > 0
      ? pass(found(name), reasons)
      : fail(missing(name), [
          templateReason(snapshot, workload, rule, sentence(missing(name))),
        ]);
  });
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
