import { Measurement } from '../prometheus/MetricsStores';

const MINUTE = 60_000;

/**
 * When the stores were asked, by the oldest of their answers. Where none was asked, the current minute: the
 * answer is the same for as long as nothing is measured.
 */
export function measuredAt(
  measurements: readonly Measurement<unknown>[],
): string {
  const times = measurements.flatMap(({ askedAt }) => askedAt?.getTime() ?? []);
  return new Date(
    times.length > 0
      ? Math.min(...times)
      : Math.floor(Date.now() / MINUTE) * MINUTE,
  ).toISOString();
}

/** The items by cluster and mesh, in which questions are asked together. */
export function byClusterAndMesh<T>(
  items: readonly T[],
  keysOf: (item: T) => { cluster: string; mesh: string | undefined },
): { cluster: string; mesh: string | undefined; items: T[] }[] {
  const groups = new Map<
    string,
    { cluster: string; mesh: string | undefined; items: T[] }
  >();
  for (const item of items) {
    const { cluster, mesh } = keysOf(item);
    const key = `${mesh ?? ''} ${cluster}`;
    const group = groups.get(key) ?? { cluster, mesh, items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  return [...groups.values()];
}
