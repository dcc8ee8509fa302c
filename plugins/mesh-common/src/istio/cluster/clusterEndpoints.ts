import { Reason } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { compare } from '../age';
import { endpointTls, writtenReason } from '../trafficPolicy';
import { endpointMtls } from './autoMtls';
import { EndpointSource, ServiceEndpoint, socketOf } from './ServiceEndpoint';
import { ClusterClient, ClusterTarget, targetEndpoints } from './target';
import { ClusterTls } from './tls';

/**
 * An endpoint as a proxy has it.
 *
 * @public
 */
export interface ClusterEndpoint {
  source: EndpointSource;
  /** Another cluster of the mesh, where it is on one. */
  cluster?: string;
  /** `10.0.0.1:8080`; absent: a pod that has no address yet. */
  address?: string;
  /** Not ready ones are not given to proxies. */
  ready: boolean;
  /** With auto mTLS: whether this one gets mutual TLS. */
  mtls?: { value: boolean | 'unknown'; reasons: Reason[] };
  /** Where it is not 1. */
  weight?: number;
}

/**
 * The endpoints of a cluster, by address: those of the service that have the labels of the subset. Undefined
 * where they are not known.
 */
export function clusterEndpoints(
  snapshot: MeshSnapshot,
  target: ClusterTarget,
  tls: Pick<ClusterTls, 'mode'>,
  client: ClusterClient,
): ClusterEndpoint[] | undefined {
  return targetEndpoints(snapshot, target)
    ?.map((endpoint): ClusterEndpoint => {
      const address = socketOf(endpoint);
      const { source, cluster, ready, weight } = endpoint;
      return {
        source,
        ...(cluster && { cluster }),
        ...(address !== undefined && { address }),
        ready,
        ...(tls.mode === 'auto-mtls' && {
          mtls: mtlsTo(snapshot, endpoint, target, client),
        }),
        ...(weight !== undefined && { weight }),
      };
    })
    .sort((a, b) => compare(a.address ?? '', b.address ?? ''));
}

/**
 * Whether auto mTLS uses mutual TLS with an endpoint. A TLS mode that the settings for the port replaced still
 * counts here.
 */
function mtlsTo(
  snapshot: MeshSnapshot,
  endpoint: ServiceEndpoint,
  { rule, subset, port }: ClusterTarget,
  { config }: ClusterClient,
): NonNullable<ClusterEndpoint['mtls']> {
  const written = endpointTls(rule, subset, port);
  if (written) {
    const mode = written.value.mode ?? 'DISABLE';
    return {
      value: mode === 'ISTIO_MUTUAL',
      reasons: [
        writtenReason(
          snapshot,
          written,
          `The settings for port ${port} replace this TLS mode (${mode}), but it still says which endpoints take mutual TLS`,
        ),
      ],
    };
  }
  const { value, reasons } = endpointMtls(snapshot, endpoint, config);
  return { value: value === 'unknown' ? value : value === 'mtls', reasons };
}
