import { Pod, WorkloadController } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { podOfTemplate } from '../mesh/enrolment';
import { findWorkload } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/** A pod of a workload as it runs, or as its template asks for one. */
export function podOfWorkload(
  controller: WorkloadController,
  snapshot: MeshSnapshot,
): Pod | undefined {
  const workload = findWorkload(snapshot, {
    namespace: namespaceOf(controller),
    kind: controller.kind,
    name: controller.metadata.name,
  });
  return workload && (workload.pods[0] ?? podOfTemplate(workload));
}
