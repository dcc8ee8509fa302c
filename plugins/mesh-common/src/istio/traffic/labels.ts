import { WorkloadRef } from '../../contract/common';
import { workloadNamed } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { Sample } from '../../traffic/query';

/**
 * A label of Istio's metrics. `unknown` is what the proxies write where they know nothing, and a label may be
 * missing altogether, since Telemetry objects may drop any.
 *
 * Upstream: istio.io/docs/reference/config/metrics.
 */
export function known(
  { labels }: Pick<Sample, 'labels'>,
  name: string,
): string | undefined {
  const value = labels[name];
  return value === undefined || value === '' || value === 'unknown'
    ? undefined
    : value;
}

/** The identity that a principal label has, without its scheme. */
export function principal(
  sample: Pick<Sample, 'labels'>,
  name: string,
): string | undefined {
  return known(sample, name)?.replace(/^spiffe:\/\//, '');
}

/**
 * The workload that the labels of a side name. Metrics tell no kinds, so that the cluster's objects decide;
 * one that is not there (any more) is taken for a Deployment. One of another cluster is left out: metrics
 * call clusters by names of their own.
 */
export function workloadIn(
  snapshot: MeshSnapshot,
  sample: Pick<Sample, 'labels'>,
  side: 'source' | 'destination',
): WorkloadRef | undefined {
  const name = known(sample, `${side}_workload`);
  const namespace = known(sample, `${side}_workload_namespace`);
  if (!name || !namespace || isForeign(sample)) {
    return undefined;
  }
  return (
    workloadNamed(snapshot, namespace, name)?.ref ?? {
      cluster: snapshot.cluster,
      namespace,
      kind: 'Deployment',
      name,
    }
  );
}

function isForeign(sample: Pick<Sample, 'labels'>): boolean {
  const source = known(sample, 'source_cluster');
  const destination = known(sample, 'destination_cluster');
  return Boolean(source && destination && source !== destination);
}
