import { CallerIdentity } from '../contract/policy';
import { isInMesh, meshOfPod } from '../mesh/enrolment';
import { MeshAdapter } from '../mesh/MeshAdapter';
import { Workload } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/**
 * The service accounts under which the pods of these workloads run, with the identities that their proxies
 * present and how they take part. Workloads without pods have none: what a name suggests is not what will run.
 *
 * @public
 */
export function identitiesOf(
  snapshot: MeshSnapshot,
  workloads: readonly Workload[],
  meshes: readonly MeshAdapter[],
): CallerIdentity[] {
  const found = new Map<string, CallerIdentity>();
  for (const { ref, pods } of workloads) {
    for (const pod of pods) {
      const { mesh, enrolment } = meshOfPod(snapshot, pod, meshes);
      const mode = enrolment.mode.value;
      const carrying = mesh && isInMesh(mode) ? mesh : undefined;
      const identity = carrying?.identity(snapshot, pod);
      const trustDomain = carrying?.clusterMesh(snapshot)?.trustDomain;
      const serviceAccount = pod.spec.serviceAccountName || 'default';
      const key = [
        ref.namespace,
        serviceAccount,
        carrying?.id,
        mode,
        identity,
      ].join(' ');
      const known = found.get(key) ?? {
        cluster: snapshot.cluster,
        namespace: ref.namespace,
        serviceAccount,
        ...(carrying && { mesh: carrying.id }),
        mode,
        ...(identity && { identity }),
        ...(trustDomain && { trustDomain }),
        pods: 0,
        workloads: [],
      };
      known.pods += 1;
      if (!known.workloads.includes(ref)) {
        known.workloads.push(ref);
      }
      found.set(key, known);
    }
  }
  return [...found.keys()].sort().flatMap(key => found.get(key) ?? []);
}
