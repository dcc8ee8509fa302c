import { Cause, Reason } from '../../contract/common';
import { Pod } from '../../kubernetes/core';
import { hasLabels } from '../../kubernetes/selectors';
import { containersOf, targetPortOf } from '../../mesh/services';
import { templatePodsSelected } from '../../mesh/templatePods';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { endpointMtls } from '../cluster/autoMtls';
import { ProxyCluster } from '../cluster/cluster';
import { ClusterEndpoint } from '../cluster/clusterEndpoints';
import { podEndpoint } from '../cluster/kubernetesEndpoints';
import { EndpointSource, ServiceEndpoint } from '../cluster/ServiceEndpoint';
import {
  isExportedNowhere,
  serviceEndpoints,
} from '../cluster/serviceEndpoints';
import { ClusterClient, clusterTarget } from '../cluster/target';
import { ClusterTls } from '../cluster/tls';
import { isTunnelled } from '../capability';
import { MeshConfig } from '../meshConfig';
import { NetworkClient } from '../networks/proxyNetwork';
import { networkReach } from './networkReach';

const RULE = 'istio/walk/endpoints';

/** The TLS that the client's proxy adds: mutual TLS of the mesh, none, or one of its own. */
export interface AddedTls {
  tls: 'mesh' | 'none' | 'other' | 'unknown';
  /** Why it is unknown. */
  cause?: Cause;
  /** The client's proxy cannot open it. */
  fails?: boolean;
  reasons: Reason[];
}

/** One place where a request may end. */
export interface WalkEndpoint {
  source?: EndpointSource;
  /** Another cluster of the mesh, where it is on one. */
  cluster?: string;
  /** Without a port. Absent: not known yet. */
  address?: string;
  /** Where the connection goes to. */
  port: number;
  ready: boolean;
  added: AddedTls;
  /** The pod is as a template would make it. */
  predicted?: boolean;
  /** As far as is declared, no process of the pod listens on the port. */
  unheard?: boolean;
  /** Why the client's proxy is not given it: it is on another network. */
  unreachable?: Reason;
}

/**
 * The endpoints of a cluster, and what the client's proxy adds for each. Undefined where they are not known.
 * Where the client picks the endpoint itself (headless Services) the connection goes on to the port that it
 * names: a target port is not looked up.
 *
 * Upstream: pilot/pkg/networking/core/cluster.go, `buildOutboundClusters`; Envoy's ORIGINAL_DST clusters.
 */
export function endpointsOf(
  snapshot: MeshSnapshot,
  cluster: ProxyCluster,
  client: ClusterClient & NetworkClient,
): WalkEndpoint[] | undefined {
  const { service, port, tls, balancing } = cluster;
  if (balancing.resolution === 'original-destination') {
    return pickedByClient(snapshot, cluster);
  }
  if (cluster.endpoints && cluster.endpoints.length === 0) {
    return predictedEndpoints(snapshot, cluster, client);
  }
  const servicePort = service.service?.spec.ports.find(
    one => one.port === port,
  );
  return cluster.endpoints?.map((endpoint): WalkEndpoint => {
    const { source, cluster: place, address, ready } = endpoint;
    const split = address === undefined ? undefined : splitAddress(address);
    const target =
      source.kind === 'Pod' && servicePort
        ? targetPortOf(servicePort, source.object)
        : undefined;
    return acrossNetworks(snapshot, client, {
      source,
      ...(place && { cluster: place }),
      ...(split && { address: split.address }),
      port: target ?? split?.port ?? port,
      ready,
      added: tunnelTo(snapshot, source) ?? addedTo(tls, endpoint),
    });
  });
}

function acrossNetworks(
  snapshot: MeshSnapshot,
  client: ClusterClient & NetworkClient,
  endpoint: WalkEndpoint,
): WalkEndpoint {
  const { added, source } = endpoint;
  const tunnelled = source ? tunnelTo(snapshot, source) !== undefined : false;
  const reach = networkReach(snapshot, endpoint, client, { tunnelled });
  if (!reach) {
    return endpoint;
  }
  if ('unknown' in reach) {
    const cause = reach.cause ?? added.cause;
    return {
      ...endpoint,
      added: {
        tls: 'unknown',
        ...(cause && { cause }),
        reasons: [...added.reasons, reach.unknown],
      },
    };
  }
  return 'unreachable' in reach
    ? { ...endpoint, unreachable: reach.unreachable }
    : {
        ...endpoint,
        added: { ...added, reasons: [...added.reasons, reach.through] },
      };
}

/** Pods in ambient mode are reached by HBONE, whatever TLS the cluster has. */
export function tunnelTo(
  snapshot: MeshSnapshot,
  source: EndpointSource,
): AddedTls | undefined {
  return source.kind === 'Pod' && isTunnelled(snapshot, source.object)
    ? {
        tls: 'mesh',
        reasons: [
          {
            rule: RULE,
            text: 'The pod is in ambient mode, and proxies reach it by HBONE, which is mutual TLS',
          },
        ],
      }
    : undefined;
}

function pickedByClient(
  snapshot: MeshSnapshot,
  { service, port, tls, balancing }: ProxyCluster,
): WalkEndpoint[] | undefined {
  // An address of the Service itself is balanced, and its target port looked up, by the cluster.
  const byCluster =
    balancing.passthrough && service.resolution !== 'original-destination';
  return serviceEndpoints(snapshot, service, port)?.map(endpoint => {
    const { source, cluster, address, ready } = endpoint;
    return {
      source,
      ...(cluster && { cluster }),
      ...(address !== undefined && { address }),
      ...(byCluster ? { port: endpoint.port } : portNamed(endpoint, port)),
      ready,
      added: tunnelTo(snapshot, source) ?? addedTo(tls, {}),
    };
  });
}

/** The port that a client names when it has picked the pod itself: its Service's, wherever the process listens. */
export function portNamed(
  { source, port: target }: ServiceEndpoint,
  port: number,
): Pick<WalkEndpoint, 'port' | 'unheard'> {
  const declares =
    source.kind !== 'Pod' ||
    containersOf(source.object).some(({ ports }) =>
      ports.some(({ containerPort }) => containerPort === port),
    );
  return { port, ...(target !== port && !declares && { unheard: true }) };
}

function addedTo(
  { mode, cause, fails, reasons }: ClusterTls,
  { mtls }: Pick<ClusterEndpoint, 'mtls'>,
): AddedTls {
  switch (mode) {
    case 'ISTIO_MUTUAL':
      return { tls: 'mesh', reasons };
    case 'DISABLE':
      return { tls: 'none', reasons };
    case 'SIMPLE':
    case 'MUTUAL':
      return { tls: 'other', ...(fails && { fails }), reasons };
    case 'auto-mtls':
      return mtls === undefined || mtls.value === 'unknown'
        ? { tls: 'unknown', reasons: mtls?.reasons ?? reasons }
        : { tls: mtls.value ? 'mesh' : 'none', reasons: mtls.reasons };
    default:
      return { tls: 'unknown', ...(cause && { cause }), reasons };
  }
}

/** Over files, where no pods are: as the templates would make them. */
function predictedEndpoints(
  snapshot: MeshSnapshot,
  { service, host, port, subset, tls }: ProxyCluster,
  client: ClusterClient,
): WalkEndpoint[] {
  const { rule } = clusterTarget(snapshot, { host, port }, client);
  const subsetLabels =
    rule?.subsets.find(entry => entry.subset.name === subset)?.subset.labels ??
    {};
  const kubernetes = service.service;
  const servicePort = kubernetes?.spec.ports.find(one => one.port === port);
  if (!kubernetes || !servicePort || isExportedNowhere(service)) {
    return [];
  }
  return templateEndpoints(
    snapshot,
    service.namespace,
    kubernetes.spec.selector,
    pod => targetPortOf(servicePort, pod),
  )
    .filter(({ labels }) => hasLabels(labels, subsetLabels))
    .map(endpoint => ({
      source: endpoint.source,
      port: endpoint.port,
      ready: true,
      predicted: true,
      added:
        tunnelTo(snapshot, endpoint.source) ??
        addedTo(tls, {
          ...(tls.mode === 'auto-mtls' && {
            mtls: mtlsTo(snapshot, endpoint, client.config),
          }),
        }),
    }));
}

/** Over files, where no pods are: one for each workload that the selector would select. */
export function templateEndpoints(
  snapshot: MeshSnapshot,
  namespace: string,
  selector: Readonly<Record<string, string>> | undefined,
  portOf: (pod: Pod) => number | undefined,
): ServiceEndpoint[] {
  if (snapshot.origin !== 'files' || !selector) {
    return [];
  }
  return templatePodsSelected(snapshot, namespace, {
    matchLabels: selector,
  }).flatMap(pod => {
    const port = portOf(pod);
    return port === undefined ? [] : [podEndpoint(snapshot, pod, port)];
  });
}

function mtlsTo(
  snapshot: MeshSnapshot,
  endpoint: ServiceEndpoint,
  config: MeshConfig,
): NonNullable<ClusterEndpoint['mtls']> {
  const { value, reasons } = endpointMtls(snapshot, endpoint, config);
  return { value: value === 'unknown' ? value : value === 'mtls', reasons };
}

function splitAddress(text: string): { address: string; port?: number } {
  const [, address, port] = /^\[?(.*?)\]?:(\d+)$/.exec(text) ?? [];
  return port ? { address, port: Number(port) } : { address: text };
}
