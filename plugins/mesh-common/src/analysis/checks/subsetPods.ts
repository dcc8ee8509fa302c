import { Pod } from '../../kubernetes/core';
import { hasLabels } from '../../kubernetes/selectors';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsIn } from '../workloadPods';

type Labels = Readonly<Record<string, string>>;

const HOSTNAME = 'kubernetes.io/hostname';

/** Labels of a node that endpoints take over: where they are. */
const PLACE: readonly string[] = [
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
];

/** What the control plane adds by itself, which is not known here. */
const ADDED: readonly string[] = [
  'topology.istio.io/cluster',
  'topology.istio.io/network',
];

/**
 * Whether some pod of a namespace has these labels, by itself or by its node. On a cluster nodes are not read, and over files they
 * may be left out: labels of the node then count as there.
 *
 * Upstream: pilot/pkg/serviceregistry/util/label/label.go, `AugmentLabels`.
 */
export function somePodIsPlaced(
  snapshot: MeshSnapshot,
  labels: Labels,
  namespace: string,
): boolean {
  const own: Record<string, string> = {};
  const placed: Record<string, string> = {};
  for (const [key, value] of Object.entries(labels)) {
    if (key === HOSTNAME || PLACE.includes(key)) {
      placed[key] = value;
    } else if (!ADDED.includes(key)) {
      own[key] = value;
    }
  }
  for (const pod of podsIn(snapshot, namespace, own)) {
    if (
      Object.keys(placed).length === 0 ||
      hasLabels(placeOf(snapshot, pod) ?? placed, placed)
    ) {
      return true;
    }
  }
  return false;
}

/** The pod's labels with those of its place; undefined where its node is not known. */
function placeOf(snapshot: MeshSnapshot, pod: Pod): Labels | undefined {
  const { nodeName } = pod.spec;
  if (
    snapshot.read('Node').state !== 'read' ||
    snapshot.bucket('Node').size === 0
  ) {
    return undefined;
  }
  const node =
    nodeName === undefined
      ? undefined
      : snapshot.get('Node', undefined, nodeName);
  const place = Object.entries(node?.metadata.labels ?? {}).filter(([key]) =>
    PLACE.includes(key),
  );
  return {
    ...pod.metadata.labels,
    ...(nodeName !== undefined && { [HOSTNAME]: nodeName }),
    ...Object.fromEntries(place),
  };
}
