import { hasLabels } from '../kubernetes/selectors';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { ExternalWorkload } from './objects';

/** The workloads outside Kubernetes that the selector of a Service selects, as it selects pods. */
export function externalWorkloads(
  snapshot: MeshSnapshot,
  namespace: string,
  selector: Readonly<Record<string, string>>,
): ExternalWorkload[] {
  return [
    ...snapshot
      .bucket('workload.linkerd.io/ExternalWorkload', namespace)
      .values(),
  ].filter(({ metadata }) => hasLabels(metadata.labels, selector));
}

/**
 * Whether one gets requests: by its condition, which is not there over files.
 *
 * Upstream: controller/api/destination/external-workload/controller_util.go, `IsEwReady`.
 */
export function isExternalReady(
  { origin }: MeshSnapshot,
  { status }: ExternalWorkload,
): boolean {
  return (
    status?.conditions?.some(
      condition => condition.type === 'Ready' && condition.status === 'True',
    ) ?? origin === 'files'
  );
}
