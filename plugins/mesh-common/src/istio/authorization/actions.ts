import { namespaceOf } from '../../kubernetes/objects';
import { AuthorizationPolicy } from '../objects';

export type EnforcedAction = 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';

const DRY_RUN = 'istio.io/dry-run';

/** The order in which a proxy looks at policies; tokens are checked after CUSTOM. */
const ACTIONS: readonly EnforcedAction[] = ['CUSTOM', 'AUDIT', 'DENY', 'ALLOW'];

/** The action that a policy comes to. */
export function actionOf({
  spec,
  metadata,
}: AuthorizationPolicy): EnforcedAction {
  const action: EnforcedAction = spec?.action ?? 'ALLOW';
  // Read in the source: a CUSTOM policy that is only to be tried becomes a DENY that is enforced.
  return action === 'CUSTOM' && metadata.annotations[DRY_RUN] === 'true'
    ? 'DENY'
    : action;
}

/** Whether a policy is only tried: its rules are counted, and decide nothing. */
export function isDryRun({ spec, metadata }: AuthorizationPolicy): boolean {
  return metadata.annotations[DRY_RUN] === 'true' && spec?.action !== 'CUSTOM';
}

/** Policies in the order in which they are looked at. */
export function inOrder(
  policies: readonly AuthorizationPolicy[],
): AuthorizationPolicy[] {
  return [...policies].sort(
    (a, b) => ACTIONS.indexOf(actionOf(a)) - ACTIONS.indexOf(actionOf(b)),
  );
}

export function policyName(policy: AuthorizationPolicy): string {
  return `AuthorizationPolicy ${namespaceOf(policy)}/${policy.metadata.name}`;
}

/**
 * The name of a rule in the configuration of a proxy, as its access log has it.
 *
 * Upstream: pilot/pkg/security/authz/builder/builder.go, `policyName`.
 */
export function ruleName(policy: AuthorizationPolicy, index: number): string {
  return `ns[${namespaceOf(policy)}]-policy[${
    policy.metadata.name
  }]-rule[${index}]`;
}
