import type { Labels } from '../../prometheus/promql/series';
import type { Pod } from '../../world/coreKinds';
import { workloadName } from '../workload';

/** What Istio reports for what a proxy does not know. */
export const UNKNOWN = 'unknown';

/** What the reports need besides the flow. */
export interface ReportContext {
  /** The cluster's name in the mesh. */
  cluster: string;
  /** The ztunnel of a pod's node. */
  ztunnelOf(pod: Pod): Pod | undefined;
}

/** `source_*` and `destination_*` labels of a workload, without the principal. */
export function workloadLabels(
  side: 'source' | 'destination',
  pod: Pod | undefined,
  cluster: string,
): Labels {
  const labels = pod?.labels ?? {};
  const workload = pod ? workloadName(pod) : UNKNOWN;
  return {
    [`${side}_workload`]: workload,
    [`${side}_workload_namespace`]: pod?.namespace ?? UNKNOWN,
    [`${side}_canonical_service`]: pod
      ? labels['service.istio.io/canonical-name'] ?? labels.app ?? workload
      : UNKNOWN,
    [`${side}_canonical_revision`]:
      labels['service.istio.io/canonical-revision'] ??
      labels.version ??
      'latest',
    [`${side}_app`]: labels.app ?? UNKNOWN,
    [`${side}_version`]: labels.version ?? UNKNOWN,
    [`${side}_cluster`]: pod ? cluster : UNKNOWN,
  };
}
