import { Reason } from '../contract/common';
import { PodSpec } from '../kubernetes/core';
import { kindIdOf } from '../kubernetes/kinds';
import { because } from '../mesh/answers';
import { Workload } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  ChecklistPart,
  Judgement,
  notApplicable,
  unknownBecause,
  workloadName,
} from './measurement';

/** The pods of a workload as its template makes them; where the controller is of a kind that is not read, as one of them is. */
export function templateOf({
  controller,
  pods,
}: Workload): PodSpec | undefined {
  return controller?.spec.template.spec ?? pods[0]?.spec;
}

/** A reason that names the controller of a workload, or one of its pods, and a field of the pods' template. */
export function templateReason(
  snapshot: MeshSnapshot,
  { controller, pods }: Workload,
  rule: string,
  text: string,
  field?: string,
): Reason {
  const kind = controller && kindIdOf('apps', controller.kind);
  if (controller && kind) {
    return because(rule, text, {
      snapshot,
      kind,
      object: controller,
      ...(field && { field: `spec.template.${field}` }),
    });
  }
  const [pod] = pods;
  return because(
    rule,
    text,
    pod && { snapshot, kind: 'Pod', object: pod, ...(field && { field }) },
  );
}

/** A judgement on each workload by its pods' template. */
export function ofTemplates(
  part: ChecklistPart,
  judge: (workload: Workload, template: PodSpec, name: string) => Judgement,
): Judgement[] {
  return part.workloads.map(({ workload }) => {
    const name = workloadName(workload.ref);
    const template = templateOf(workload);
    return template
      ? judge(workload, template, name)
      : unknownBecause(
          'not-modelled',
          `${name} has no pods, and ${workload.ref.kind} is of a kind that is not read`,
          [],
        );
  });
}

/** A DaemonSet runs a pod on each node, so its number and its place are given. */
export function givenByNodes(
  { ref }: Workload,
  name: string,
): Judgement | undefined {
  return ref.kind === 'DaemonSet'
    ? notApplicable(`${name} is a DaemonSet: one pod runs on each node`)
    : undefined;
}
