import { AnyCheck } from './check';
import { LINKERD_CHECKS } from './linkerdChecks';

/** Every check. */
export const CHECKS: readonly AnyCheck[] = [...LINKERD_CHECKS];
