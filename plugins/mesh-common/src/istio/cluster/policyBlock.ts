import { Reason } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshConfig, settingReason } from '../meshConfig';
import { PortTrafficPolicy } from '../objects';
import { ResolvedPolicy, writtenReason } from '../trafficPolicy';

/** A part of the policy of a cluster, and a reason that names where it is written. */
export interface PolicyBlock<T> {
  value: T;
  reason(text: string): Reason;
}

/**
 * A block as the DestinationRule has it, else as the mesh's `defaultTrafficPolicy` has it (from Istio 1.31). A
 * block that settings for the port of a subset leave out is left out.
 *
 * Upstream: pilot/pkg/networking/core/cluster_traffic_policy.go, `applyDefaultTrafficPolicy`.
 */
export function policyBlock<B extends 'connectionPool' | 'outlierDetection'>(
  snapshot: MeshSnapshot,
  policy: ResolvedPolicy,
  name: B,
  config: MeshConfig,
): PolicyBlock<NonNullable<PortTrafficPolicy[B]>> | undefined {
  const written = policy[name];
  if (written) {
    return {
      value: written.value,
      reason: text => writtenReason(snapshot, written, text),
    };
  }
  const value = policy.isWhole
    ? undefined
    : config.defaultTrafficPolicy?.[name];
  return (
    value && {
      value,
      reason: text =>
        settingReason(snapshot, config, 'defaultTrafficPolicy', text),
    }
  );
}
