import { BackendTLSPolicy } from '../../gateway-api/backendTlsPolicy';
import { ClientTls, DestinationRule } from '../objects';

/**
 * The TLS that a BackendTLSPolicy asks for.
 *
 * @public
 */
export interface BackendTls {
  value: ClientTls;
  policy: BackendTLSPolicy;
  /** Path of what it says, in the policy. */
  field: string;
}

/**
 * The TLS of a host by BackendTLSPolicies.
 *
 * @public
 */
export interface BackendSettings {
  /** Of the ports that have none of their own. */
  all?: BackendTls;
  byPort: ReadonlyMap<number, BackendTls>;
  /**
   * fills: what a DestinationRule of the user leaves unset. replaces: the whole `trafficPolicy` of a DestinationRule
   * with which it is merged, up to Istio 1.30.
   */
  with: 'fills' | 'replaces';
}

/** The DestinationRule that istiod makes of the BackendTLSPolicies for a host. No cluster has such an object. */
export interface BackendRule extends DestinationRule {
  backend: BackendSettings;
}

export function isBackendRule(rule: DestinationRule): rule is BackendRule {
  return 'backend' in rule;
}
