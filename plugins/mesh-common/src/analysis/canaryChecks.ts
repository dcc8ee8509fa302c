import { AnyCheck } from './check';
import { canaryWithoutRule } from './checks/MESH-0007';
import { canaryWithTrafficSplit } from './checks/MESH-0008';

/** What is wrong with Rollouts and Canaries, whatever mesh there is. */
export const CANARY_CHECKS: readonly AnyCheck[] = [
  ...canaryWithoutRule,
  ...canaryWithTrafficSplit,
];
