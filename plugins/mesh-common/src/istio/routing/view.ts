import { MeshConfig } from '../meshConfig';
import { MeshService } from '../meshServices';
import { HttpMatch } from '../objects';
import { SidecarScope } from '../sidecarScope';

/** Whose proxy applies the routes. */
export interface RouteView {
  /** sidecar: the client's own. waypoint: the one in front of the service. gateway: the one that a call comes in by. */
  proxy: 'sidecar' | 'waypoint' | 'gateway';
  /** Of the client, the waypoint or the gateway. */
  namespace: string;
  /** Of the client, or of the gateway's pods. Absent: no workload in particular, or a waypoint. */
  labels?: Readonly<Record<string, string>>;
  /** What the client's proxy is told of; a waypoint is told of everything. */
  scope?: SidecarScope;
  config: MeshConfig;
  /** Whether a waypoint merges the VirtualServices of a host (from 1.30), or takes the first. */
  merges?: boolean;
  /** The full name of the Gateway whose routes are asked for, at a gateway. */
  gateway?: string;
}

/** What is found out about an alternative before any request comes. */
export type StaticVerdict = 'applies' | 'other-port' | { never: string };

/**
 * Whether an alternative of a rule can apply at all: its port is the one, and it is for the mesh, or for the gateway (then the
 * client's labels and namespace do not count, whatever it says of them) or for clients such as this one.
 * Labels of a client that is no workload in particular are left to be seen. Waypoints know no source labels.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `TranslateRoute`, `sourceMatchHTTP`;
 * pilot/pkg/networking/core/listener_waypoint.go, `waypointInboundRoute`.
 */
export function staticVerdict(
  match: HttpMatch,
  port: number,
  view: RouteView,
): StaticVerdict {
  if (match.port && match.port !== port) {
    return 'other-port';
  }
  const sourceLabels = Object.entries(match.sourceLabels ?? {});
  if (view.proxy === 'waypoint' && sourceLabels.length > 0) {
    return { never: 'it names source labels, which waypoints do not know' };
  }
  if (match.gateways?.length) {
    return match.gateways.includes(view.gateway ?? 'mesh')
      ? 'applies'
      : {
          never: `it is for gateways (${match.gateways.join(', ')}), not for ${
            view.gateway ?? 'the mesh'
          }`,
        };
  }
  const { labels } = view;
  if (labels) {
    const missing = sourceLabels.find(
      ([key, value]) => !Object.hasOwn(labels, key) || labels[key] !== value,
    );
    if (missing) {
      return {
        never: `it is for clients with the label ${missing.join(
          '=',
        )}, which this one does not have`,
      };
    }
  }
  return !match.sourceNamespace || match.sourceNamespace === view.namespace
    ? 'applies'
    : { never: `it is for clients of Namespace ${match.sourceNamespace}` };
}

/** Whether the client's labels and namespace are known, so that conditions on them have been decided. */
export function isClientKnown({ proxy, labels }: RouteView): boolean {
  return proxy === 'waypoint' || labels !== undefined;
}

/** Whether a source is one that a service's clients may be routed by, whatever its hosts. */
export function isPlacedFor(
  source: { from: 'virtual-service' | 'gateway-api'; namespace: string },
  service: MeshService,
  view: RouteView,
): boolean {
  return (
    (view.proxy === 'sidecar' && source.from === 'virtual-service') ||
    source.namespace === service.namespace ||
    source.namespace === view.namespace
  );
}
