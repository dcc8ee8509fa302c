import { KubernetesObject } from '../kubernetes/objects';

/**
 * Older first; of one age by name, then by namespace. Objects that come from files have no age and count as
 * equally old.
 *
 * Upstream: pilot/pkg/model/config.go, `configCompareByCreationTime`.
 */
export function byAge(a: KubernetesObject, b: KubernetesObject): number {
  return (
    compare(timeOf(a), timeOf(b)) ||
    compare(a.metadata.name, b.metadata.name) ||
    compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '')
  );
}

/** Creation in milliseconds: the API writes whole seconds, files may write fractions or other zones. */
export function timeOf({ metadata }: KubernetesObject): number {
  const time = Date.parse(metadata.creationTimestamp ?? '');
  return Number.isNaN(time) ? 0 : time;
}

/** By code point, as Go compares strings. */
export function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
