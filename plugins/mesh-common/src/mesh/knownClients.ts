import { ClientSource } from '../contract/mtls';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { MeshAdapter } from './MeshAdapter';
import { Workload } from './workloads';

/**
 * A client that is known to exist, beside those that rules name.
 *
 * @public
 */
export interface KnownClient {
  sources: ClientSource[];
  entityRef?: string;
  identity?: string;
  /** Absent: it has no workload on this cluster. */
  workload?: Workload;
}

/**
 * Declared clients, and the workloads whose identity a rule that allows calls names.
 *
 * @public
 */
export function* knownClients(
  snapshot: MeshSnapshot,
  workload: Workload,
  mesh: MeshAdapter | undefined,
  declared: readonly KnownClient[],
): Iterable<KnownClient> {
  const named = mesh?.allowedIdentities(snapshot, workload) ?? [];
  const seen = new Set<Workload>();
  for (const client of declared) {
    const pod = client.workload?.pods[0];
    const identity =
      client.identity ??
      (pod && mesh ? mesh.identity(snapshot, pod) : undefined);
    const allowed = named.some(entry => entry.identity === identity);
    if (client.workload) {
      seen.add(client.workload);
    }
    yield {
      ...client,
      ...(identity && { identity }),
      sources: allowed ? [...client.sources, 'allowed'] : client.sources,
    };
  }
  for (const { identity } of named) {
    const workloads = mesh?.workloadsWithIdentity(snapshot, identity) ?? [];
    const fresh = workloads.filter(
      candidate => candidate !== workload && !seen.has(candidate),
    );
    for (const candidate of fresh) {
      seen.add(candidate);
      yield { sources: ['allowed'], identity, workload: candidate };
    }
    if (workloads.length === 0) {
      yield { sources: ['allowed'], identity };
    }
  }
}
