import { replacesPolicy } from '../../backendTls/withBackendTls';
import { TrafficPolicy } from '../../objects';
import { ClusterTarget } from '../../cluster/target';

type ConsistentHash = NonNullable<
  NonNullable<TrafficPolicy['loadBalancer']>['consistentHash']
>;

/**
 * What of a request decides, by a hash, about its endpoint: as the settings of the subset for the port say it, else
 * those of the subset, of the rule for the port, of the rule. Settings for a port only count for a destination
 * whose port is written out.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `HashForHTTPDestination`, `hashForService`,
 * `ConsistentHashToHashPolicy`.
 */
export function hashPolicyOf(
  { rule, subset }: Pick<ClusterTarget, 'rule' | 'subset'>,
  writtenPort: number | undefined,
): string | undefined {
  const own = rule?.subsets.find(one => one.subset.name === subset)?.subset
    .trafficPolicy;
  const whole = rule && !replacesPolicy(rule) ? rule.policy?.policy : undefined;
  const hash =
    onPort(own, writtenPort) ??
    own?.loadBalancer?.consistentHash ??
    onPort(whole, writtenPort) ??
    whole?.loadBalancer?.consistentHash;
  return hash && textOf(hash);
}

function onPort(
  policy: TrafficPolicy | undefined,
  port: number | undefined,
): ConsistentHash | undefined {
  return port === undefined
    ? undefined
    : policy?.portLevelSettings?.find(entry => entry.port?.number === port)
        ?.loadBalancer?.consistentHash;
}

function textOf({
  httpHeaderName,
  httpCookie,
  httpQueryParameterName,
  useSourceIp,
}: ConsistentHash): string | undefined {
  if (httpHeaderName) {
    return `header:${httpHeaderName}`;
  }
  if (httpCookie) {
    return `cookie:${httpCookie.name}`;
  }
  if (httpQueryParameterName) {
    return `query:${httpQueryParameterName}`;
  }
  return useSourceIp ? 'sourceIP' : undefined;
}
