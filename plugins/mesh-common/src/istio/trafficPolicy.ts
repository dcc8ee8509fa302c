import { Reason } from '../contract/common';
import { BackendTLSPolicy } from '../gateway-api/backendTlsPolicy';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  EndpointTls,
  replacesPolicy,
  withBackendTls,
  withEndpointBackendTls,
} from './backendTls/withBackendTls';
import { MergedRule } from './mergedRules';
import { ClientTls, DestinationRule, TrafficPolicy } from './objects';

const RULE = 'istio/destination-rule';

/** A part of a traffic policy, and where it is written. */
export interface Written<T> {
  value: T;
  rule: DestinationRule;
  /** The BackendTLSPolicy that says it in place of the rule. */
  policy?: BackendTLSPolicy;
  field: string;
}

const BLOCKS = [
  'connectionPool',
  'outlierDetection',
  'loadBalancer',
  'tls',
] as const;

/** The traffic policy that applies to one destination: each block as a whole, from wherever it comes. */
export type ResolvedPolicy = {
  [B in (typeof BLOCKS)[number]]?: Written<NonNullable<TrafficPolicy[B]>>;
} & {
  /** The subset has settings for the port: what they do not name is unset, whatever the mesh has for it. */
  isWhole?: boolean;
};

interface Source {
  policy: TrafficPolicy;
  rule: DestinationRule;
  /** Path of the policy in the rule. */
  path: string;
}

/**
 * The traffic policy of a destination: the rule's own, whose blocks the subset's override one by one. At
 * either level the settings for the port, where there are any, replace all four blocks: what they do not
 * name is then unset, not inherited. Ports are those of the Service.
 *
 * Upstream: pilot/pkg/networking/util/util.go, `GetPortLevelTrafficPolicy`, `MergeSubsetTrafficPolicy`.
 */
export function policyFor(
  merged: MergedRule | undefined,
  subset: string | undefined,
  port: number,
): ResolvedPolicy {
  if (!merged) {
    return {};
  }
  const resolved = withBackendTls(
    merged,
    port,
    replacesPolicy(merged) ? {} : blocksOf(ruleSource(merged), port),
  );
  const own = subsetSource(merged, subset);
  if (!own) {
    return resolved;
  }
  const isWhole = own.policy.portLevelSettings?.some(
    entry => entry.port?.number === port,
  );
  return {
    ...resolved,
    ...blocksOf(own, port),
    ...(isWhole && { isWhole }),
  };
}

/**
 * The client TLS mode by which istiod judges single endpoints, which is not quite that of the policy: the
 * settings for a port count only where they name TLS themselves.
 *
 * Upstream: pilot/pkg/xds/endpoints/mtls_checker.go, `tlsModeForDestinationRule`.
 */
export function endpointTls(
  merged: MergedRule | undefined,
  subset: string | undefined,
  port: number,
): Written<ClientTls> | undefined {
  if (!merged) {
    return undefined;
  }
  const own = subset === undefined ? undefined : subsetSource(merged, subset);
  const ofRule = replacesPolicy(merged) ? {} : tlsIn(ruleSource(merged), port);
  return (
    (own && tlsOf(tlsIn(own, port))) ??
    tlsOf(withEndpointBackendTls(merged, port, ofRule))
  );
}

/** A reason that names a part of a DestinationRule, or the BackendTLSPolicy that says it. */
export function writtenReason(
  snapshot: MeshSnapshot,
  { rule, policy, field }: Pick<Written<unknown>, 'rule' | 'policy' | 'field'>,
  text: string,
): Reason {
  return because(RULE, text, {
    snapshot,
    ...(policy
      ? { kind: 'gateway.networking.k8s.io/BackendTLSPolicy', object: policy }
      : { kind: 'networking.istio.io/DestinationRule', object: rule }),
    field,
  });
}

/** The kind of the object that says it. */
export function deciderOf({ policy }: Written<unknown>): string {
  return policy ? 'BackendTLSPolicy' : 'DestinationRule';
}

function ruleSource({ policy, rule }: MergedRule): Source {
  return {
    policy: policy?.policy ?? {},
    rule: policy?.rule ?? rule,
    path: 'spec.trafficPolicy',
  };
}

function subsetSource(
  { subsets }: MergedRule,
  name: string | undefined,
): Source | undefined {
  const found = subsets.find(({ subset }) => subset.name === name);
  return (
    found?.subset.trafficPolicy && {
      policy: found.subset.trafficPolicy,
      rule: found.rule,
      path: `spec.subsets[${found.index}].trafficPolicy`,
    }
  );
}

/** The blocks that a policy sets for a port; with settings for the port all four are there, if undefined. */
function blocksOf(
  { policy, rule, path }: Source,
  port: number,
): ResolvedPolicy {
  const settings = policy.portLevelSettings ?? [];
  const index = settings.findIndex(entry => entry.port?.number === port);
  const blocks = index < 0 ? policy : settings[index];
  const prefix = index < 0 ? path : `${path}.portLevelSettings[${index}]`;
  const resolved: Record<string, Written<unknown> | undefined> = {};
  for (const block of BLOCKS) {
    const value = blocks[block];
    if (value !== undefined || index >= 0) {
      resolved[block] =
        value === undefined
          ? undefined
          : { value, rule, field: `${prefix}.${block}` };
    }
  }
  // Each block holds what the policy has under the same name.
  return resolved as ResolvedPolicy;
}

/** The TLS that settings for the port name, and the one for all ports. */
function tlsIn({ policy, rule, path }: Source, port: number): EndpointTls {
  const settings = policy.portLevelSettings ?? [];
  const index = settings.findIndex(
    entry => entry.port?.number === port && entry.tls !== undefined,
  );
  const ofPort = settings[index]?.tls;
  return {
    ...(ofPort && {
      ofPort: {
        value: ofPort,
        rule,
        field: `${path}.portLevelSettings[${index}].tls`,
      },
    }),
    ...(policy.tls && {
      ofAll: { value: policy.tls, rule, field: `${path}.tls` },
    }),
  };
}

function tlsOf({ ofPort, ofAll }: EndpointTls): Written<ClientTls> | undefined {
  return ofPort ?? ofAll;
}
