import { workloadOf } from '../controllers/injection/workload';
import type { ObjectStore } from '../store/types';
import { isReady, pods, type Pod } from '../world/coreKinds';
import type { WorkloadRef } from './profile';

/** The name of a pod's Deployment, StatefulSet or DaemonSet. */
export function workloadName(pod: Pod): string {
  return workloadOf(pod.object).name;
}

/** The ready pods of a workload. */
export function podsOf(
  store: ObjectStore,
  { namespace, deployment }: WorkloadRef,
): Pod[] {
  return pods
    .list(store, namespace)
    .filter(pod => isReady(pod) && workloadName(pod) === deployment);
}
