import {
  Answer,
  isBetter,
  MtlsAnswer,
  ObservedMtlsAnswer,
  ObservedWorkload,
  PortMtls,
  Verdict,
  WorkloadMtls,
} from 'backstage-plugin-mesh-common';
import { workloadKey } from '../../format/refs';

/** A workload by configuration, with what was seen of it where that is known already. */
export interface WorkloadView {
  key: string;
  mtls: WorkloadMtls;
  observed?: ObservedWorkload;
  /** With what was seen, where that is known. */
  verdict: Answer<Verdict>;
}

/** The workloads of an entity, worst first. */
export function workloadViews(
  mtls: MtlsAnswer,
  observed: ObservedMtlsAnswer | undefined,
): WorkloadView[] {
  const seen = new Map(
    observed?.workloads.map(entry => [workloadKey(entry.workload), entry]),
  );
  return mtls.workloads
    .map((workload): WorkloadView => {
      const key = workloadKey(workload.workload);
      const entry = seen.get(key);
      return {
        key,
        mtls: workload,
        ...(entry && { observed: entry }),
        verdict: lowered(workload.verdict, entry?.verdict),
      };
    })
    .sort((a, b) => worstFirst(a.verdict.value, b.verdict.value));
}

/**
 * The verdict with what was seen. It is never better than that of the configuration: where it is, it was
 * asked for before the configuration changed.
 */
export function lowered(
  configured: Answer<Verdict>,
  observed: Answer<Verdict> | undefined,
): Answer<Verdict> {
  return observed && !isBetter(observed.value, configured.value)
    ? observed
    : configured;
}

function worstFirst(a: Verdict, b: Verdict): number {
  if (a === b) {
    return 0;
  }
  return isBetter(a, b) ? 1 : -1;
}

/** A port of a workload. */
export interface PortView {
  workload: WorkloadView;
  port: PortMtls;
}

export function portsOfViews(views: readonly WorkloadView[]): PortView[] {
  return views.flatMap(workload =>
    workload.mtls.ports.map(port => ({ workload, port })),
  );
}
