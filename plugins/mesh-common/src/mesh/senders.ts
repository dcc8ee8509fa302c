import { ClientClass, EnrolmentMode } from '../contract/mtls';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { MeshAdapter } from './MeshAdapter';
import { isInMesh, MeshPod, meshPodsOf } from './enrolment';
import { isMachine } from './machineKinds';
import { Sender } from './sending';
import { Workload } from './workloads';

/**
 * One sender for each way in which the client's pods take part.
 *
 * @public
 */
export function sendersOf(
  snapshot: MeshSnapshot,
  client: Workload,
  meshes: readonly MeshAdapter[],
): Sender[] {
  const senders = new Map<string, Sender>();
  for (const { pod, mesh, enrolment } of meshPodsOf(snapshot, client, meshes)) {
    const mode = enrolment.mode.value;
    senders.set(`${mesh?.id} ${mode}`, {
      mesh,
      client: {
        name: client.ref.name,
        namespace: client.ref.namespace,
        labels: pod.metadata.labels,
        pod,
        mode,
      },
    });
  }
  return [...senders.values()];
}

/**
 * A client of a class: one that takes part as the server does, or one that does not.
 *
 * @public
 */
export function classSender(
  server: MeshPod | undefined,
  name: ClientClass,
  namespace?: string,
): Sender {
  const mode: EnrolmentMode =
    name === 'outside-mesh' || !server ? 'none' : clientMode(server);
  return {
    mesh: isInMesh(mode) ? server?.mesh : undefined,
    client: { mode, ...(namespace && { namespace }) },
  };
}

/** How an ordinary client takes part in the mesh of such a server. */
function clientMode({ pod, enrolment }: MeshPod): EnrolmentMode {
  const { value } = enrolment.mode;
  return value === 'gateway' || value === 'waypoint' || isMachine(pod)
    ? 'sidecar'
    : value;
}
