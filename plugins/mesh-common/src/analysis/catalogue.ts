import { CANARY_CHECKS } from './canaryChecks';
import { AnyCheck, CheckDescription } from './check';
import { malformedObject } from './checks/MESH-0001';
import { wrongGroups } from './checks/MESH-0006';
import { twoMeshes } from './checks/MESH-0009';
import { jobKeptByProxy } from './checks/MESH-0010';
import { parentInWrongGroup } from './checks/MESH-0011';
import { ISTIO_CHECKS, OPTIONAL_ISTIO_CHECKS } from './istioChecks';
import { LINKERD_CHECKS } from './linkerdChecks';

/**
 * Every check.
 *
 * @public
 */
export const CHECKS: readonly AnyCheck[] = [
  ...ISTIO_CHECKS,
  ...LINKERD_CHECKS,
  ...wrongGroups,
  ...twoMeshes,
  jobKeptByProxy,
  ...parentInWrongGroup,
  ...CANARY_CHECKS,
];

/**
 * Checks that run where they are asked for only.
 *
 * @public
 */
export const OPTIONAL_CHECKS: readonly AnyCheck[] = OPTIONAL_ISTIO_CHECKS;

/**
 * What the checks and the Analyzer itself can find, for documentation: the first of each code.
 *
 * @public
 */
export const CHECK_DESCRIPTIONS: readonly CheckDescription[] = [
  malformedObject,
  ...CHECKS.filter(
    (check, index) =>
      CHECKS.findIndex(({ code }) => code === check.code) === index,
  ),
];
