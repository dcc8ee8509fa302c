import {
  MeshAdapter,
  MeshSnapshot,
  namespacesWithWorkloads,
  runsInMesh,
  workloadsIn,
} from 'backstage-plugin-mesh-common';
import { StableCache } from './StableCache';
import { lastOf } from './inTurns';

/** How many workloads there are, and how many of them a mesh carries. */
export interface WorkloadTotals {
  total: number;
  inMesh: number;
}

/** Counts the workloads of one cluster: after a change those of the namespaces that it concerns. */
export class WorkloadCounts {
  readonly #meshes: readonly MeshAdapter[];
  readonly #byNamespace = new StableCache<WorkloadTotals>();

  constructor(meshes: readonly MeshAdapter[]) {
    this.#meshes = meshes;
  }

  /** How often a count has become another one. */
  get changes(): number {
    return this.#byNamespace.changes;
  }

  totals(snapshot: MeshSnapshot): WorkloadTotals {
    return lastOf(this.steps(snapshot));
  }

  /** Counts in small steps, between which others may have their turn. */
  *steps(snapshot: MeshSnapshot): Generator<void, WorkloadTotals> {
    const namespaces = namespacesWithWorkloads(snapshot);
    this.#byNamespace.retain(namespaces);
    const sum = { total: 0, inMesh: 0 };
    for (const namespace of namespaces) {
      const { total, inMesh } = this.#byNamespace.get(
        snapshot,
        namespace,
        tracked => this.#count(tracked, namespace),
      );
      sum.total += total;
      sum.inMesh += inMesh;
      yield;
    }
    return sum;
  }

  #count(snapshot: MeshSnapshot, namespace: string): WorkloadTotals {
    const workloads = [...workloadsIn(snapshot, namespace).values()];
    return {
      total: workloads.length,
      inMesh: workloads.filter(workload =>
        runsInMesh(snapshot, workload, this.#meshes),
      ).length,
    };
  }
}
