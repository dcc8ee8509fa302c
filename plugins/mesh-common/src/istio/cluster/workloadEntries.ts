import { defineIndex } from '../../snapshot/defineIndex';
import { hasLabels } from '../../kubernetes/selectors';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { WorkloadEntry } from '../objects';
import { TLS_MODE_LABEL } from '../pods';
import { EndpointSource } from './ServiceEndpoint';

/** What is written of a workload outside the cluster, in a WorkloadEntry or in a ServiceEntry. */
export type WrittenEndpoint = NonNullable<WorkloadEntry['spec']>;

/** A WorkloadEntry, and the labels that it counts by. */
export interface LabelledEntry {
  entry: WorkloadEntry;
  labels: Readonly<Record<string, string>>;
}

/**
 * The labels of the object are merged into those of its `spec`, and win.
 *
 * Upstream: pilot/pkg/serviceregistry/serviceentry/conversion.go, `ConvertWorkloadEntry`.
 */
const entryIndex = defineIndex(
  ['networking.istio.io/WorkloadEntry'],
  ({ objects }) =>
    [...objects('networking.istio.io/WorkloadEntry')].map(
      (entry): LabelledEntry => ({
        entry,
        labels: { ...entry.spec?.labels, ...entry.metadata.labels },
      }),
    ),
);

/** The WorkloadEntries of a namespace that have all these labels. */
export function workloadEntriesWithLabels(
  snapshot: MeshSnapshot,
  namespace: string,
  selector: Readonly<Record<string, string>>,
): LabelledEntry[] {
  return entryIndex(snapshot, namespace).filter(({ labels }) =>
    hasLabels(labels, selector),
  );
}

/**
 * Whether clients take a workload outside the cluster for one with a proxy: its label says so; without the
 * label, one that has a service account.
 *
 * Upstream: pilot/pkg/serviceregistry/serviceentry/conversion.go, `getTLSModeFromWorkloadEntry`.
 */
export function isCapableEntry(
  labels: Readonly<Record<string, string>>,
  serviceAccount: string | undefined,
): boolean {
  const mode = Object.hasOwn(labels, TLS_MODE_LABEL)
    ? labels[TLS_MODE_LABEL]
    : undefined;
  return mode === undefined ? Boolean(serviceAccount) : mode === 'istio';
}

/** What is written of a workload that is no pod, and the labels that it counts by. */
export function writtenWorkload(
  source: EndpointSource,
):
  | { written: WrittenEndpoint; labels: Readonly<Record<string, string>> }
  | undefined {
  switch (source.kind) {
    case 'networking.istio.io/WorkloadEntry': {
      const { spec = {}, metadata } = source.object;
      return { written: spec, labels: { ...spec.labels, ...metadata.labels } };
    }
    case 'networking.istio.io/ServiceEntry': {
      const [, index] = /^spec\.endpoints\[(\d+)\]$/.exec(source.field) ?? [];
      const written = source.object.spec?.endpoints?.[Number(index)];
      return written && { written, labels: written.labels ?? {} };
    }
    default:
      return undefined;
  }
}

const CHECKED = 'proxy.istio.io/health-checks-enabled';

/**
 * Whether a WorkloadEntry gets requests: one whose health is checked does once its condition says that it is healthy,
 * any other always.
 *
 * Upstream: pilot/pkg/serviceregistry/serviceentry/controller.go, `isHealthy`.
 */
export function isHealthyEntry({ metadata, status }: WorkloadEntry): boolean {
  if (metadata.annotations[CHECKED] !== 'true') {
    return true;
  }
  const healthy = status?.conditions?.find(({ type }) => type === 'Healthy');
  return healthy?.status === 'True';
}
