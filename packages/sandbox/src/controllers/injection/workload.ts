import type { StoredObject } from '../../store/types';
import { listOf, recordOf } from '../../store/values';

/** The workload that a pod belongs to, as the injectors name it: a ReplicaSet stands for its Deployment or Rollout. */
export function workloadOf(pod: StoredObject): { kind: string; name: string } {
  const [first] = listOf(pod.metadata.ownerReferences);
  const { kind, name } = recordOf(first);
  if (typeof kind !== 'string' || typeof name !== 'string') {
    return { kind: 'Pod', name: pod.metadata.name };
  }
  const labels = pod.metadata.labels ?? {};
  const ofRollout = labels['rollouts-pod-template-hash'];
  const hash = ofRollout ?? labels['pod-template-hash'];
  return kind === 'ReplicaSet' && hash && name.endsWith(`-${hash}`)
    ? {
        kind: ofRollout ? 'Rollout' : 'Deployment',
        name: name.slice(0, -hash.length - 1),
      }
    : { kind, name };
}
