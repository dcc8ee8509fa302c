import { Pod } from '../kubernetes/core';

/** Whether nothing of a pod runs any more. */
export function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}
