import { Reason } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshService } from '../meshServices';
import { policyFor } from '../trafficPolicy';
import { ClusterEndpoint, clusterEndpoints } from './clusterEndpoints';
import { ClusterConnections, connectionsOf } from './connectionPool';
import { Balancing, balancingOf } from './loadBalancer';
import { LocalityBalancing, localityOf } from './locality';
import { OutlierDetection, outlierDetectionOf } from './outlierDetection';
import { peerEndpoints } from './peerEndpoints';
import { policyBlock } from './policyBlock';
import { ClusterClient, ClusterTarget, clusterTarget } from './target';
import { ClusterTls, clusterTls } from './tls';

/**
 * What a proxy has for one destination: Envoy calls it a cluster. Each part carries why it is so.
 *
 * @public
 */
export interface ProxyCluster {
  state: 'present';
  host: string;
  port: number;
  subset?: string;
  service: MeshService;
  balancing: Balancing;
  tls: ClusterTls;
  connections: ClusterConnections;
  outlierDetection?: OutlierDetection;
  locality: LocalityBalancing;
  /** Undefined where they are not known; none where the client picks the endpoint. */
  endpoints?: readonly ClusterEndpoint[];
  /** What is missing: other clusters of the mesh whose endpoints are not known. */
  partial: Reason[];
}

/**
 * The cluster, or why the proxy has none, so that requests to it fail.
 *
 * @public
 */
export type ClusterAnswer =
  | ProxyCluster
  | { state: 'missing'; target: ClusterTarget; reasons: Reason[] };

const RULE = 'istio/cluster';

/**
 * The cluster that the proxy of a client has for a destination `host:port` and subset, as a route of it names it.
 *
 * Upstream: pilot/pkg/networking/core/cluster.go, `buildOutboundClusters`.
 */
export function clusterFor(
  snapshot: MeshSnapshot,
  destination: { host: string; port: number; subset?: string },
  client: ClusterClient,
): ClusterAnswer {
  return clusterOf(
    snapshot,
    clusterTarget(snapshot, destination, client),
    client,
  );
}

/** The cluster of a destination that has been resolved. */
export function clusterOf(
  snapshot: MeshSnapshot,
  target: ClusterTarget,
  client: ClusterClient,
): ClusterAnswer {
  const { host, port, subset, service, rule } = target;
  const servicePort = service?.ports.find(one => one.port === port);
  if (target.missing || !service || !servicePort) {
    return missing(target, target.missing ?? `${host} has no port ${port}`);
  }
  const policy = policyFor(rule, subset, port);
  const balancing = balancingOf(snapshot, service, policy.loadBalancer, client);
  const original = balancing.resolution === 'original-destination';
  const tls = clusterTls(snapshot, target, policy.tls, client, {
    original,
    passthrough: balancing.passthrough,
  });
  const endpoints = original
    ? []
    : clusterEndpoints(snapshot, target, tls, client);
  const detection = policyBlock(
    snapshot,
    policy,
    'outlierDetection',
    client.config,
  );
  return {
    state: 'present',
    host,
    port,
    ...(subset && { subset }),
    service,
    balancing,
    tls,
    connections: connectionsOf(
      snapshot,
      servicePort,
      policyBlock(snapshot, policy, 'connectionPool', client.config),
      client,
    ),
    ...(detection && { outlierDetection: outlierDetectionOf(detection) }),
    locality: localityOf(
      snapshot,
      service,
      policy,
      detection !== undefined,
      client.config,
    ),
    ...(endpoints && { endpoints }),
    partial: peerEndpoints(snapshot, service, servicePort.name).unread.map(
      cluster => ({
        rule: RULE,
        text: `The endpoints on the cluster ${cluster}, which is or may be of the same mesh, are not known: there may be more`,
      }),
    ),
  };
}

function missing(target: ClusterTarget, text: string): ClusterAnswer {
  return {
    state: 'missing',
    target,
    reasons: [{ rule: RULE, text: `The proxy has no such cluster: ${text}` }],
  };
}
