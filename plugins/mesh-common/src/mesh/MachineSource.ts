import { Pod, WorkloadController } from '../kubernetes/core';
import { KindId } from '../kubernetes/kinds';
import { IndexInput } from '../snapshot/defineIndex';
import { Groups } from '../snapshot/groups';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/** How a mesh says which machines outside Kubernetes it carries; `Template`: the kinds that several machines are made of. */
export interface MachineSource<Template extends KindId> {
  /** The machines of a namespace as pods, by `Kind/name` of the workload that they are: the same map as long as they are. */
  machines(snapshot: MeshSnapshot, namespace: string): Groups<Pod>;
  /** The templates of a namespace as what makes pods. */
  controllersOf(
    objects: IndexInput<Template>['objects'],
  ): readonly WorkloadController[];
}
