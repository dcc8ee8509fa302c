import {
  ClientSource,
  findWorkload,
  KnownClient,
  MeshSnapshot,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';

/** A client that is known from elsewhere than the cluster, with its workloads there. */
export interface OutsideClient {
  sources: ClientSource[];
  entityRef?: string;
  identity?: string;
  workloads: readonly WorkloadRef[];
}

/** The client once for each of its workloads on the cluster; once without one where it has none there. */
export function knownClients(
  snapshot: MeshSnapshot,
  { workloads, ...client }: OutsideClient,
): KnownClient[] {
  const found = workloads.flatMap(ref => findWorkload(snapshot, ref) ?? []);
  return found.length === 0
    ? [client]
    : found.map(workload => ({ ...client, workload }));
}
