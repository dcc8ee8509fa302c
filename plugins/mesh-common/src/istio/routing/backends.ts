import { RouteBackend } from '../../contract/routing';
import { serviceRef } from '../../mesh/services';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { ClusterTarget, clusterTarget } from '../cluster/target';
import { findService } from '../meshServices';
import { objectReason, RouteObject } from './source';
import { RouteView } from './view';
import { Destination } from '../objectParts';

const RULE = 'istio/destination';

export type ResolvedDestination = ClusterTarget;

/**
 * What a destination is to a proxy: the service of that host which it is told of, on the port that is
 * written, else the one that the request came for. (A waypoint, a gateway, and a sidecar for connections that are not
 * HTTP, take the service's only port before that.) A service, port or subset that the proxy does not know
 * makes the request fail.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `GetDestinationCluster`; for HTTP a sidecar looks
 * services up as they are on the port of its listener (httproute.go, `BuildSidecarOutboundVirtualHosts`).
 */
export function resolveDestination(
  snapshot: MeshSnapshot,
  destination: Destination,
  listenerPort: number,
  view: RouteView,
  protocol: 'http' | 'tcp' = 'http',
): ResolvedDestination {
  const { host, subset } = destination;
  // What an imported route sends to is imported with it, so that the client's Sidecar does not matter here.
  const service = findService(snapshot, host, view.namespace, view.config);
  const only =
    (view.proxy !== 'sidecar' || protocol === 'tcp') &&
    service?.ports.length === 1
      ? service.ports[0].port
      : undefined;
  const port = destination.port?.number ?? only ?? listenerPort;
  return clusterTarget(
    snapshot,
    { host, port, ...(subset && { subset }) },
    view,
  );
}

/** The backends of a rule with their shares. */
export function backendsOf(
  snapshot: MeshSnapshot,
  route: readonly { destination: Destination; weight?: number }[],
  context: {
    port: number;
    view: RouteView;
    written: RouteObject & { field: string };
    /** What is known to be wrong with a destination, by its index. */
    invalid?: ReadonlyMap<number, string>;
    /** Of the answer to requests for a destination that is not there; absent: connections to it are closed. */
    missingStatus?: number;
    protocol?: 'http' | 'tcp';
  },
): { backends: RouteBackend[]; resolved: ResolvedDestination[] } {
  const { port, view, written, invalid, missingStatus, protocol } = context;
  // A single destination gets everything, whatever its weight.
  const weights = route.map(({ weight }) =>
    route.length === 1 ? 1 : weight ?? 0,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const resolved: ResolvedDestination[] = [];
  const backends = route.map(({ destination, weight }, index): RouteBackend => {
    const found = resolveDestination(
      snapshot,
      destination,
      port,
      view,
      protocol,
    );
    const missing = invalid?.get(index) || found.missing;
    if (weights[index] > 0) {
      resolved.push(found);
    }
    return {
      host: found.host,
      ...(found.service?.service && {
        service: serviceRef(snapshot, found.service.service),
      }),
      ...(found.subset && { subset: found.subset }),
      port: found.port,
      ...(weight !== undefined && { weight }),
      percent: total > 0 ? (100 * weights[index]) / total : 0,
      ...(missing && {
        missing: {
          ...(missingStatus !== undefined && { status: missingStatus }),
          reason: objectReason(
            snapshot,
            written,
            RULE,
            `${
              missingStatus === undefined
                ? 'Connections to it are closed'
                : `Requests to it are answered ${missingStatus}`
            }: ${missing}`,
            backendField(written, index),
          ),
        },
      }),
    };
  });
  return { backends, resolved };
}

function backendField(
  { kind, field }: RouteObject & { field: string },
  index: number,
): string {
  return kind === 'networking.istio.io/VirtualService'
    ? `${field}.route[${index}].destination`
    : `${field}.backendRefs`;
}
