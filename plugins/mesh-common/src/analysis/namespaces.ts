import { namespacesWithWorkloads } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/** Whether there is a namespace; over files also one of which there are workloads alone. */
export function namespaceExists(snapshot: MeshSnapshot, name: string): boolean {
  return (
    snapshot.get('Namespace', undefined, name) !== undefined ||
    (snapshot.origin === 'files' && namespacesWithWorkloads(snapshot).has(name))
  );
}
