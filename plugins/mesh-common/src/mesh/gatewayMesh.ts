import { Cause, Reason } from '../contract/common';
import { GATEWAY_NAME_LABEL } from '../gateway-api/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';
import { isInMesh, meshOfPod } from './enrolment';
import { MeshAdapter } from './MeshAdapter';
import { UnknownPlaceError } from './serviceRouting';
import { workloadOfPod } from './workloads';

const RULE = 'mesh/gateway';

/** The mesh whose proxies a gateway is, or why it is none, or not known. */
export type GatewayMesh =
  | { mesh: MeshAdapter }
  | { mesh?: undefined; cause: Cause; reasons: Reason[] };

/**
 * Whose a gateway is: a mesh tells by the kind of the gateway, or by its class. That its pods are carried by a mesh makes it none of
 * that mesh's gateways: it is a workload there, from which requests are asked for as from others. Throws
 * UnknownPlaceError where the cluster has no such gateway.
 */
export function meshOfGateway(
  snapshot: MeshSnapshot,
  gateway: { namespace: string; name: string },
  meshes: readonly MeshAdapter[],
): GatewayMesh {
  const { namespace, name } = gateway;
  const answers = meshes.flatMap(mesh => {
    const owns = mesh.ownsGateway?.(snapshot, gateway);
    return owns ? [{ mesh, owns }] : [];
  });
  const own = answers.find(({ owns }) => owns.value === 'yes');
  if (own) {
    return { mesh: own.mesh };
  }
  if (answers.length === 0) {
    throw new UnknownPlaceError(
      `There is no Gateway ${namespace}/${name} on the cluster ${snapshot.cluster}`,
    );
  }
  const unread = answers.find(({ owns }) => owns.value === 'unknown');
  const text = `Gateway ${namespace}/${name} is of no mesh that is known${carriedBy(
    snapshot,
    gateway,
    meshes,
  )}`;
  return {
    cause: unread?.owns.cause ?? 'not-modelled',
    reasons: unread
      ? unread.owns.reasons
      : [{ rule: RULE, text }, ...answers.flatMap(({ owns }) => owns.reasons)],
  };
}

/** Where its pods are known, from which workload a request can be asked for. */
function carriedBy(
  snapshot: MeshSnapshot,
  { namespace, name }: { namespace: string; name: string },
  meshes: readonly MeshAdapter[],
): string {
  const [pod] = podsWithLabels(snapshot, namespace, {
    [GATEWAY_NAME_LABEL]: name,
  });
  if (!pod) {
    return '';
  }
  const { mesh, enrolment } = meshOfPod(snapshot, pod, meshes);
  const { ref } = workloadOfPod(snapshot, pod);
  return mesh && isInMesh(enrolment.mode.value)
    ? `; its pods are carried by ${mesh.title}, so that what becomes of a request behind it can be asked of ${ref.kind} ${ref.namespace}/${ref.name}`
    : '';
}
