import { Reason } from '../../contract/common';
import { goDurationMs } from '../../kubernetes/goDuration';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshConfig, settingReason } from '../meshConfig';
import { MeshServicePort } from '../meshServices';
import { PortTrafficPolicy } from '../objects';
import { isHttp, Protocol } from '../protocol';
import { PolicyBlock } from './policyBlock';
import { ClusterClient } from './target';

const RULE = 'istio/connection-pool';

type Pool = NonNullable<PortTrafficPolicy['connectionPool']>;

/**
 * What limits the connections and requests of a cluster; what is absent has no limit.
 *
 * @public
 */
export interface ConnectionPool {
  maxConnections?: number;
  http1MaxPendingRequests?: number;
  http2MaxRequests?: number;
  maxRetries?: number;
  maxRequestsPerConnection?: number;
  maxConcurrentStreams?: number;
  idleTimeoutMs?: number;
  maxConnectionDurationMs?: number;
}

/**
 * How many connections and requests a cluster may have.
 *
 * @public
 */
export interface ClusterConnections {
  connectTimeoutMs: number;
  pool: ConnectionPool;
  /** http2; downstream: as the caller speaks; else HTTP/1.1. */
  protocol?: 'http2' | 'downstream';
  reasons: Reason[];
}

/**
 * The limits that a policy sets, where 0 means none, and the protocol of the requests. Idle connections are
 * closed by the HTTP setting, else by the TCP one.
 *
 * Upstream: pilot/pkg/networking/core/cluster_traffic_policy.go, `applyConnectionPool`.
 */
export function connectionsOf(
  snapshot: MeshSnapshot,
  port: MeshServicePort,
  block: PolicyBlock<Pool> | undefined,
  { proxy, config }: Pick<ClusterClient, 'proxy' | 'config'>,
): ClusterConnections {
  const { tcp = {}, http = {} } = block?.value ?? {};
  const connectTimeoutMs = milliseconds(tcp.connectTimeout);
  const protocol = upstreamProtocol(port.protocol, http, proxy, config);
  return {
    connectTimeoutMs: connectTimeoutMs ?? config.connectTimeoutMs,
    pool: {
      ...limit('maxConnections', tcp.maxConnections),
      ...limit('http1MaxPendingRequests', http.http1MaxPendingRequests),
      ...limit('http2MaxRequests', http.http2MaxRequests),
      ...limit('maxRetries', http.maxRetries),
      ...limit('maxRequestsPerConnection', http.maxRequestsPerConnection),
      ...limit('maxConcurrentStreams', http.maxConcurrentStreams),
      ...limit(
        'idleTimeoutMs',
        milliseconds(http.idleTimeout ?? tcp.idleTimeout),
      ),
      ...limit(
        'maxConnectionDurationMs',
        milliseconds(tcp.maxConnectionDuration),
      ),
    },
    ...(protocol && { protocol }),
    reasons: [
      ...(block ? [block.reason('Limits as it says')] : []),
      ...(connectTimeoutMs === undefined
        ? [connectTimeoutReason(snapshot, config)]
        : []),
    ],
  };
}

function connectTimeoutReason(
  snapshot: MeshSnapshot,
  config: MeshConfig,
): Reason {
  return config.configMap
    ? settingReason(
        snapshot,
        config,
        'connectTimeout',
        'The connect timeout is the default of the mesh',
      )
    : { rule: RULE, text: "The connect timeout is Istio's default" };
}

/**
 * HTTP/2 where the port's protocol is that or the policy, else the mesh, upgrades HTTP. As the caller where the
 * policy says so, or where the protocol of the port is found out by looking, which gateways do not do.
 *
 * Upstream: pilot/pkg/networking/core/cluster_builder.go, `setUpstreamProtocol`; cluster_traffic_policy.go,
 * `shouldH2Upgrade`.
 */
function upstreamProtocol(
  protocol: Protocol,
  http: NonNullable<Pool['http']>,
  proxy: ClusterClient['proxy'],
  config: MeshConfig,
): ClusterConnections['protocol'] {
  if (http.useClientProtocol) {
    return 'downstream';
  }
  const upgrades =
    http.h2UpgradePolicy === 'UPGRADE' ||
    (http.h2UpgradePolicy !== 'DO_NOT_UPGRADE' &&
      config.h2UpgradePolicy === 'UPGRADE' &&
      isHttp(protocol));
  if (upgrades || ['http2', 'grpc', 'grpc-web'].includes(protocol)) {
    return 'http2';
  }
  return protocol === 'detected' && proxy !== 'gateway'
    ? 'downstream'
    : undefined;
}

function limit<K extends keyof ConnectionPool>(
  name: K,
  value: number | undefined,
): ConnectionPool {
  return value ? { [name]: value } : {};
}

function milliseconds(text: string | undefined): number | undefined {
  return text === undefined ? undefined : goDurationMs(text);
}
