import { Placement } from '../contract/policy';
import { GATEWAY_NAME_LABEL } from '../gateway-api/objects';
import { Pod, Service } from '../kubernetes/core';
import { KubernetesObject, namespaceOf } from '../kubernetes/objects';
import { isInMesh, meshOfPod } from '../mesh/enrolment';
import { MeshAdapter } from '../mesh/MeshAdapter';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';

/**
 * Which mesh would carry a new pod of a namespace: what its enrolment rules say of a pod without settings of
 * its own, and in ambient mode the waypoint that a new Service would have. Where either is not known, the mode
 * is not.
 *
 * @public
 */
export function placementIn(
  snapshot: MeshSnapshot,
  namespace: string,
  meshes: readonly MeshAdapter[],
): Placement {
  const { mesh, enrolment } = meshOfPod(snapshot, newPod(namespace), meshes);
  const mode = enrolment.expected;
  const place = { cluster: snapshot.cluster, namespace, mode };
  if (!mesh || !isInMesh(mode.value)) {
    return place;
  }
  const waypoint =
    mode.value === 'ambient'
      ? mesh.waypoint?.(snapshot, newService(namespace))
      : undefined;
  if (waypoint?.answer.value === 'unknown') {
    return { ...place, mode: { ...waypoint.answer, value: 'unknown' } };
  }
  const trustDomain = mesh.clusterMesh(snapshot)?.trustDomain;
  return {
    ...place,
    mesh: mesh.id,
    meshTitle: mesh.title,
    ...(trustDomain && { trustDomain }),
    ...(waypoint?.gateway && {
      waypoint: describeWaypoint(snapshot, waypoint.gateway),
    }),
  };
}

function describeWaypoint(
  snapshot: MeshSnapshot,
  gateway: KubernetesObject,
): Placement['waypoint'] {
  const namespace = namespaceOf(gateway);
  const { name } = gateway.metadata;
  const accounts = new Set(
    podsWithLabels(snapshot, namespace, { [GATEWAY_NAME_LABEL]: name }).map(
      pod => pod.spec.serviceAccountName || 'default',
    ),
  );
  const [serviceAccount] = accounts;
  return {
    namespace,
    name,
    ...(accounts.size === 1 && { serviceAccount }),
  };
}

function newPod(namespace: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: newMetadata(namespace),
    spec: { containers: [], initContainers: [] },
  };
}

function newService(namespace: string): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: newMetadata(namespace),
    spec: { ports: [{ name: 'http', port: 80, protocol: 'TCP' }] },
  };
}

function newMetadata(namespace: string): Pod['metadata'] {
  return {
    // No object has this name, so that no policy means it.
    name: '',
    namespace,
    labels: {},
    annotations: {},
    ownerReferences: [],
  };
}
