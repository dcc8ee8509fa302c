import { MergedRule } from '../mergedRules';
import type { ResolvedPolicy, Written } from '../trafficPolicy';
import { ClientTls } from '../objects';
import { BackendTls } from './BackendRule';

/** Blocks that settings for a port leave unset where they do not name them. */
const UNSET: ResolvedPolicy = {
  connectionPool: undefined,
  outlierDetection: undefined,
  loadBalancer: undefined,
};

/**
 * Whether what BackendTLSPolicies say stands in place of the whole `trafficPolicy` of the rules that it is merged with: up
 * to Istio 1.30 the first of several rules counts, and it always is that.
 *
 * Upstream: pilot/pkg/model/destination_rule.go, `mergeDestinationRule`.
 */
export function replacesPolicy({ backend }: MergedRule): boolean {
  return backend?.with === 'replaces';
}

/**
 * The blocks of a rule with the TLS that BackendTLSPolicies add where it has none: the settings for a port get that of the
 * port, the blocks for all ports that for all; the TLS of a port for which the rule has no settings makes settings of its
 * own, which replace all blocks.
 *
 * Upstream: pilot/pkg/model/destination_rule.go, `mergeBackendPolicyTrafficPolicy`,
 * `mergeBackendPolicyPortLevelSettings`.
 */
export function withBackendTls(
  merged: MergedRule,
  port: number,
  blocks: ResolvedPolicy,
): ResolvedPolicy {
  const { backend } = merged;
  if (!backend) {
    return blocks;
  }
  const ofPort = backend.byPort.get(port);
  if (hasSettingsFor(merged, port)) {
    return ofPort && !blocks.tls
      ? { ...blocks, tls: written(merged, ofPort) }
      : blocks;
  }
  if (ofPort) {
    return { ...UNSET, tls: written(merged, ofPort) };
  }
  return backend.all && !blocks.tls
    ? { ...blocks, tls: written(merged, backend.all) }
    : blocks;
}

/** The TLS by which single endpoints are judged, see `endpointTls`: that of the port counts before that of all. */
export interface EndpointTls {
  ofPort?: Written<ClientTls>;
  ofAll?: Written<ClientTls>;
}

/** The same with what BackendTLSPolicies add. */
export function withEndpointBackendTls(
  merged: MergedRule,
  port: number,
  { ofPort, ofAll }: EndpointTls,
): EndpointTls {
  const { byPort, all } = merged.backend ?? {};
  const added = byPort?.get(port);
  return {
    ofPort: ofPort ?? (added && written(merged, added)),
    ofAll: ofAll ?? (all && written(merged, all)),
  };
}

function hasSettingsFor(merged: MergedRule, port: number): boolean {
  return (
    !replacesPolicy(merged) &&
    (merged.policy?.policy.portLevelSettings ?? []).some(
      entry => entry.port?.number === port,
    )
  );
}

function written(
  { rule }: MergedRule,
  { value, policy, field }: BackendTls,
): Written<ClientTls> {
  return { value, rule, policy, field };
}
