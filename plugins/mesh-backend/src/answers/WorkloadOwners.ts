import { workloadKey, WorkloadRef } from 'backstage-plugin-mesh-common';

/** The entities that workloads belong to. */
export class WorkloadOwners {
  readonly #byWorkload = new Map<string, string[]>();

  add(entityRef: string, workloads: readonly WorkloadRef[]): void {
    for (const workload of workloads) {
      const key = workloadKey(workload);
      const known = this.#byWorkload.get(key);
      if (known) {
        known.push(entityRef);
      } else {
        this.#byWorkload.set(key, [entityRef]);
      }
    }
  }

  of(workload: WorkloadRef): readonly string[] {
    return this.#byWorkload.get(workloadKey(workload)) ?? [];
  }

  /** All workloads that belong to an entity. */
  get workloads(): WorkloadRef[] {
    return [...this.#byWorkload.keys()].map(key => {
      const [cluster, namespace, kind, name] = key.split('/');
      return { cluster, namespace, kind, name };
    });
  }
}
