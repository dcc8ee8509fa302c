import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { ClusterTarget } from '../../cluster/target';
import { HttpRoute } from '../../objects';
import { isGatewayApi, objectReason, SourceRule } from '../../routing/source';
import { authorityIn } from '../../routing/headers';
import { Destination } from '../../objectParts';
import { OutboundDestination } from '../call';
import { hashPolicyOf } from './hashPolicy';
import { headerOperations } from './headerOperations';

const RULE = 'istio/outbound-destination';

/** What a destination is to the proxy that applies the rule. */
export type ResolveDestination = (destination: Destination) => ClusterTarget;

/** Where a rule sends a request, and what of the request decides about the endpoint there. */
export interface RuleDestinations {
  destinations: OutboundDestination[];
  hashPolicies?: string[];
}

/**
 * The destinations of a rule with their shares: a single one gets everything, and of several those without weight
 * get nothing. Requests to what the proxy does not have fail: with 503, with 500 in the Gateway API.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `processDestination`, `processWeightedDestination`.
 */
export function ruleDestinations(
  snapshot: MeshSnapshot,
  rule: SourceRule,
  resolve: ResolveDestination,
): RuleDestinations {
  const { route = [] } = rule.http;
  const single = route.length === 1;
  const used = [...route.entries()].filter(
    ([, { weight }]) => single || (weight ?? 0) > 0,
  );
  const resolved = used.map(([index, entry]) => ({
    index,
    entry,
    target: resolve(entry.destination),
  }));
  const hashPolicies = resolved.flatMap(
    ({ entry: { destination }, target }) =>
      hashPolicyOf(target, destination.port?.number) ?? [],
  );
  return {
    destinations: resolved.map(({ index, entry, target }) => ({
      ...destinationOf(
        target,
        rule.invalid?.get(index) || target.missing,
        snapshot,
        rule,
        isGatewayApi(rule)
          ? `backendRefs[${index}]`
          : `route[${index}].destination${missingPart(target)}`,
      ),
      weight: used.length === 1 ? 100 : entry.weight ?? 0,
      ...(!single && ownChanges(entry.headers)),
    })),
    ...(hashPolicies.length > 0 && { hashPolicies }),
  };
}

/** A destination as answers have it; `missing` says why there is none. */
export function destinationOf(
  target: ClusterTarget,
  missing: string | undefined,
  snapshot: MeshSnapshot,
  rule: SourceRule,
  part?: string,
): Omit<OutboundDestination, 'weight'> {
  const { host, port, subset } = target;
  const status = isGatewayApi(rule) ? 500 : 503;
  return {
    ...(host !== '' && { host, port }),
    ...(subset && { subset }),
    ...(missing !== undefined && {
      missing: {
        status,
        reason: objectReason(
          snapshot,
          rule.written,
          RULE,
          `Requests to it are answered ${status}: ${missing}`,
          part ? `${rule.written.field}.${part}` : rule.written.field,
        ),
      },
    }),
  };
}

/** Which part of a destination names what is not there. */
function missingPart({
  service,
  port,
  subset,
  missing,
}: ClusterTarget): string {
  if (missing === undefined) {
    return '';
  }
  if (!service) {
    return '.host';
  }
  if (!service.ports.some(candidate => candidate.port === port)) {
    return '.port.number';
  }
  return subset === undefined ? '' : '.subset';
}

/** What is changed for a destination alone, where there are several. */
function ownChanges(
  headers: HttpRoute['headers'],
): Pick<OutboundDestination, 'headers' | 'authority'> {
  const request = headerOperations('request', headers);
  const response = headerOperations('response', headers);
  const authority = authorityIn(headers);
  return {
    ...((request || response) && {
      headers: { ...(request && { request }), ...(response && { response }) },
    }),
    ...(authority && { authority }),
  };
}
