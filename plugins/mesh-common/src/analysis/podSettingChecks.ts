import { Namespace, Pod, WorkloadController } from '../kubernetes/core';
import { KindId } from '../kubernetes/kinds';
import { AnyCheck, CheckDescription, CheckFinding, defineCheck } from './check';
import { workloadCheck } from './workloadCheck';

/**
 * Checks of how pods are set up: by a Namespace, by themselves, or by who makes them. What others made a pod from is looked at
 * instead of the pod.
 */
export function podSettingChecks(
  description: CheckDescription & { needs: readonly KindId[] },
  ofObject: (object: Namespace | Pod) => Iterable<CheckFinding>,
  ofController: (controller: WorkloadController) => Iterable<CheckFinding>,
): AnyCheck[] {
  return [
    defineCheck({ ...description, subject: 'Namespace', run: ofObject }),
    defineCheck({
      ...description,
      subject: 'Pod',
      run: pod =>
        pod.metadata.ownerReferences.length > 0 ? [] : ofObject(pod),
    }),
    ...workloadCheck({ ...description, run: ofController }),
  ];
}
