import { isRecord, listOf } from '../store/values';
import { timestamp, type Now } from '../world/clock';

export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
}

/**
 * The conditions as a controller writes them: with the time of the last change of `status`, which stays while the
 * status does.
 */
export function withTransitions(
  previous: unknown,
  conditions: readonly Condition[],
  now: Now,
  observedGeneration?: number,
): Record<string, unknown>[] {
  const known = listOf(previous).filter(isRecord);
  return conditions.map(condition => {
    const before = known.find(
      ({ type, status }) =>
        type === condition.type && status === condition.status,
    );
    return {
      ...condition,
      ...(observedGeneration !== undefined && { observedGeneration }),
      lastTransitionTime: before?.lastTransitionTime ?? timestamp(now()),
    };
  });
}
