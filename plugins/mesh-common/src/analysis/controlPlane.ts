import { KubernetesObject } from '../kubernetes/objects';

/**
 * Whether istioctl takes an object to be a part of Istio itself, by its labels.
 *
 * Upstream: pkg/config/analysis/analyzers/util/config.go, `IsIstioControlPlane`.
 */
export function isOfControlPlane({ metadata }: KubernetesObject): boolean {
  return 'istio' in metadata.labels || metadata.labels.release === 'istio';
}
