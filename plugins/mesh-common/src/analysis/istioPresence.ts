import { injectionWebhooks } from '../istio/revisions';
import { KindId } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
]);

const TELLING_KINDS: readonly KindId[] = [
  'networking.istio.io/VirtualService',
  'networking.istio.io/DestinationRule',
  'networking.istio.io/Gateway',
  'networking.istio.io/ServiceEntry',
  'networking.istio.io/Sidecar',
  'security.istio.io/PeerAuthentication',
  'security.istio.io/AuthorizationPolicy',
];

/**
 * Whether an object of Kubernetes itself is any business of Istio: somewhere there is a control plane or an object
 * of Istio, and the namespace is none of Kubernetes' own, which istioctl leaves out.
 *
 * Upstream: pkg/config/analysis/local/istiod_analyze.go, `AddRunningKubeSource`.
 */
export function concernsIstio(
  snapshot: MeshSnapshot,
  object: KubernetesObject,
): boolean {
  const { namespace, name } = object.metadata;
  return (
    !SYSTEM_NAMESPACES.has(namespace ?? name) &&
    (hasSettings(snapshot) ||
      injectionWebhooks(snapshot).length > 0 ||
      TELLING_KINDS.some(kind => snapshot.namespacesOf(kind).length > 0))
  );
}

function hasSettings(snapshot: MeshSnapshot): boolean {
  return snapshot
    .namespacesOf('ConfigMap')
    .some(namespace =>
      [...snapshot.bucket('ConfigMap', namespace).keys()].some(name =>
        /^istio(-|$)/.test(name),
      ),
    );
}
