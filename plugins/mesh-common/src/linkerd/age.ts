import { KubernetesObject } from '../kubernetes/objects';

/**
 * The order in which Linkerd takes objects that compete: the oldest first, of equal ages by name. Objects
 * without an age (from files) come last.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/index.rs, `Ord` of `CreationTimestamp`-keyed resources.
 */
export function byAge(a: KubernetesObject, b: KubernetesObject): number {
  return (
    compare(ageOf(a), ageOf(b)) || compare(a.metadata.name, b.metadata.name)
  );
}

/** Whether one is older than another by what is written: in files there is often no age, and of equal ages the name decides. */
export function isOlder(
  { metadata: one }: KubernetesObject,
  { metadata: other }: KubernetesObject,
): boolean {
  return (
    one.creationTimestamp !== undefined &&
    other.creationTimestamp !== undefined &&
    compare(one.creationTimestamp, other.creationTimestamp) < 0
  );
}

/** Sorts after every time. */
const NO_AGE = '~';

function ageOf({ metadata }: KubernetesObject): string {
  return metadata.creationTimestamp ?? NO_AGE;
}

export function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
