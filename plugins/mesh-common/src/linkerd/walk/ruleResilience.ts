import { destinationPolicies } from '../destinations';
import { OutboundPolicy, OutboundRule } from '../outbound/policy';
import { ruleSettings, RuleSettings } from '../ruleSettings';
import { Resilience } from './resilience';
import { Way } from './way';

/**
 * The timeouts and the retries of a rule. `timeout.linkerd.io/response` is for each try: until its response is complete,
 * from when its request is. Where tries have a timeout of their own (`retry.linkerd.io/timeout`) it counts for the last one.
 *
 * Upstream: linkerd2-proxy, linkerd/http/stream-timeouts/src/lib.rs.
 */
export function settingsOf(
  { snapshot }: Way,
  policy: OutboundPolicy,
  rule: OutboundRule,
): RuleSettings & Pick<Resilience, 'responseMs'> {
  const { response } = rule.timeouts;
  return {
    ...ruleSettings(snapshot, policy, rule),
    ...(response && { responseMs: response.ms }),
  };
}

/** When an endpoint is taken out. */
export function breakingOf(
  { snapshot }: Way,
  policy: OutboundPolicy,
): Pick<Resilience, 'breaking'> {
  const { parent } = policy;
  const service = parent.kind === 'Service' ? parent.object : undefined;
  const [breaking] = service
    ? destinationPolicies(snapshot, service, [], policy)
    : [];
  return breaking ? { breaking } : {};
}
