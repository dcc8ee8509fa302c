import { Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';

const MIRRORED = 'mirror.linkerd.io/mirrored-service';
const GATEWAY_MIRROR = 'mirror.linkerd.io/mirrored-gateway';
/** The cluster that a Service, or the controller that makes it, mirrors. */
export const CLUSTER = 'mirror.linkerd.io/cluster-name';
const REMOTE_NAME = 'mirror.linkerd.io/remote-svc-fq-name';
const DISCOVERY_CLUSTER = 'multicluster.linkerd.io/remote-discovery';
const DISCOVERY_SERVICE = 'multicluster.linkerd.io/remote-service';
const LOCAL_MEMBER = 'multicluster.linkerd.io/local-discovery';
const REMOTE_MEMBERS = 'multicluster.linkerd.io/remote-discovery';

/** A Service that stands behind another one. */
export interface MirroredService {
  /** By the name that the Link has for it; absent: the own cluster. */
  cluster?: string;
  namespace: string;
  name: string;
  /** One pod of it. */
  pod?: string;
}

/** A mirror of which requests go to the gateway of the other cluster, which sends them on. */
export interface GatewayMirror {
  by: 'gateway';
  of: MirroredService;
  field: string;
}

/** A mirror that has the endpoints of other Services; where it is federated, those of all of one name, of any cluster. */
export interface EndpointMirror {
  by: 'endpoints';
  isFederated: boolean;
  of: readonly MirroredService[];
  field: string;
}

/** What a Service stands for. */
export type Mirror = GatewayMirror | EndpointMirror;

/** The cluster that a Service is mirrored from; undefined for one that is no mirror, and for mirrors of gateways. */
export function mirroredFrom(
  labels: Readonly<Record<string, string>>,
): string | undefined {
  return isMirror(labels) ? labels[CLUSTER] : undefined;
}

/**
 * Whether the endpoints of a Service are written by the controller of a Link: it stands for one of another cluster that is
 * reached by the gateway there, or for that gateway.
 *
 * Upstream: multicluster/cmd/check.go, `checkIfMirrorServicesHaveEndpoints`, `checkIfGatewayMirrorsHaveEndpoints`.
 */
export function hasWrittenEndpoints(service: Service): boolean {
  const { labels } = service.metadata;
  return (
    mirrorOf(service)?.by === 'gateway' ||
    (labels[GATEWAY_MIRROR] !== undefined && labels[CLUSTER] !== undefined)
  );
}

function isMirror(labels: Readonly<Record<string, string>>): boolean {
  return labels[MIRRORED] !== undefined && labels[GATEWAY_MIRROR] === undefined;
}

/**
 * What a Service mirrors; undefined where it has endpoints of its own. Names of namespaces are the same in all clusters.
 *
 * Upstream: controller/api/destination/get.go, `Get`; federated_service_watcher.go, `remoteDiscoveryIDs`;
 * multicluster/service-mirror/cluster_watcher.go, `getMirrorServiceLabels`, `mirrorServiceName`.
 */
export function mirrorOf(service: Service): Mirror | undefined {
  const { labels, annotations } = service.metadata;
  if (
    annotations[LOCAL_MEMBER] !== undefined ||
    annotations[REMOTE_MEMBERS] !== undefined
  ) {
    return {
      by: 'endpoints',
      isFederated: true,
      of: membersOf(service),
      field: `metadata.annotations.${
        annotations[REMOTE_MEMBERS] === undefined
          ? LOCAL_MEMBER
          : REMOTE_MEMBERS
      }`,
    };
  }
  const namespace = namespaceOf(service);
  const cluster = labels[DISCOVERY_CLUSTER];
  if (cluster !== undefined) {
    return {
      by: 'endpoints',
      isFederated: false,
      of: [{ cluster, namespace, name: labels[DISCOVERY_SERVICE] ?? '' }],
      field: `metadata.labels.${DISCOVERY_CLUSTER}`,
    };
  }
  return isMirror(labels)
    ? {
        by: 'gateway',
        of: byGateway(service),
        field: `metadata.annotations.${REMOTE_NAME}`,
      }
    : undefined;
}

/** The Services that a Service stands for; none: it is no mirror. */
export function mirroredServices(service: Service): readonly MirroredService[] {
  const mirror = mirrorOf(service);
  if (!mirror) {
    return [];
  }
  return mirror.by === 'endpoints' ? mirror.of : [mirror.of];
}

/** `cart@east,cart@north`; what is not written so is left out. */
function membersOf(service: Service): MirroredService[] {
  const namespace = namespaceOf(service);
  const { annotations } = service.metadata;
  const local = annotations[LOCAL_MEMBER];
  const remote = (annotations[REMOTE_MEMBERS] ?? '')
    .split(',')
    .map(member => member.split('@'))
    .filter(parts => parts.length === 2)
    .map(([name, cluster]) => ({ cluster, namespace, name }));
  return [...(local ? [{ namespace, name: local }] : []), ...remote];
}

/** The mirror is called as what it mirrors, and the cluster. */
function byGateway(service: Service): MirroredService {
  const { name, labels, annotations } = service.metadata;
  const cluster = labels[CLUSTER] ?? '';
  const written = annotations[REMOTE_NAME]?.split('.svc.')[0].split('.') ?? [];
  const [remote, namespace] = written.slice(-2);
  return {
    cluster,
    namespace: namespace ?? namespaceOf(service),
    name:
      remote ??
      (name.endsWith(`-${cluster}`)
        ? name.slice(0, -cluster.length - 1)
        : name),
    ...(written.length === 3 && { pod: written[0] }),
  };
}
