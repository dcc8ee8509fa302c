/** Namespaces whose Services are a cluster's own, unless the mesh's settings say otherwise. */
const CLUSTER_LOCAL: ReadonlySet<string> = new Set(['kube-system']);

/**
 * Whether a Service is each cluster's own, although the mesh spans several: those of the control plane of Kubernetes.
 *
 * Upstream: pilot/pkg/model/cluster_local.go, `defaultClusterLocalNamespaces`.
 */
export function isClusterLocal(namespace: string, name: string): boolean {
  return (
    CLUSTER_LOCAL.has(namespace) ||
    (namespace === 'default' && name === 'kubernetes')
  );
}
