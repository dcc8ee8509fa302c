import { WorkloadController } from '../kubernetes/core';
import { KindId } from '../kubernetes/kinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { AnyCheck, CheckDescription, CheckFinding, defineCheck } from './check';

/** A check of workloads: of each kind of controller that makes pods. */
export function workloadCheck(
  description: CheckDescription & {
    needs: readonly KindId[];
    run(
      workload: WorkloadController,
      snapshot: MeshSnapshot,
    ): Iterable<CheckFinding>;
  },
): readonly AnyCheck[] {
  return [
    defineCheck({ ...description, subject: 'apps/Deployment' }),
    defineCheck({ ...description, subject: 'apps/StatefulSet' }),
    defineCheck({ ...description, subject: 'apps/DaemonSet' }),
  ];
}
