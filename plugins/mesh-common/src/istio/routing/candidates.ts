import { Reason } from '../../contract/common';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { compare } from '../age';
import { isVisibleFrom } from '../exportTo';
import { isWildcard } from '../hosts';
import { MeshService } from '../meshServices';
import { importsRoute, sidecarName } from '../sidecarScope';
import { gatewayApiConnections } from './gatewayApiConnections';
import { gatewayApiSources } from './gatewayApiSource';
import { namesHost, objectReason, RouteSource, titleOf } from './source';
import { isPlacedFor, RouteView } from './view';
import {
  virtualServicesOfHost,
  virtualServicesWithin,
} from './virtualServiceIndex';
import { gatewaysOf, isBoundToMesh } from './virtualServiceParts';
import { virtualServiceSource } from './virtualServiceSource';

const RULE = 'istio/route-selection';

/** The sources that may route requests to a service, in the order in which they count. */
export interface Candidates {
  sources: RouteSource[];
  /** What is said about objects that name the service and do not count. */
  ignored: Reason[];
  predicted: boolean;
}

/**
 * The VirtualServices and Gateway API routes for the host of a service that a client's proxy is told of:
 * those that are bound to the mesh, visible from its namespace and imported by its Sidecar; private ones of
 * its own namespace first, then those exported to it by name, then the public ones; among each the Gateway
 * API routes of its own namespace first, and then the oldest.
 *
 * Upstream: pilot/pkg/model/virtualservice.go, `SelectVirtualServices`;
 * pilot/pkg/model/push_context.go, `initVirtualServices`.
 */
export function candidates(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  view: RouteView,
): Candidates {
  const ignored: Reason[] = [];
  const sources: RouteSource[] = [];
  for (const virtualService of virtualServicesOfHost(snapshot, service.host)) {
    if (isBoundToMesh(virtualService)) {
      sources.push(virtualServiceSource(snapshot, virtualService, view.config));
    } else {
      ignored.push(
        objectReason(
          snapshot,
          {
            kind: 'networking.istio.io/VirtualService',
            object: virtualService,
          },
          RULE,
          `VirtualService ${namespaceOf(virtualService)}/${
            virtualService.metadata.name
          } applies at ${gatewaysOf(virtualService).join(
            ', ',
          )} only, not in the mesh`,
          'spec.gateways',
        ),
      );
    }
  }
  const gatewayApi = gatewayApiSources(snapshot, service);
  const connections = gatewayApiConnections(snapshot, service);
  const all = [...sources, ...gatewayApi.sources, ...connections.sources];
  const misplaced = misplacedSource(all, service, port, view);
  const told = all.filter(source => {
    const why =
      whyNotTold(source, service, port, view) ??
      (misplaced && !namesHost(source, service.host)
        ? {
            text: `has no effect: ${titleOf(
              misplaced.objects[0],
            )} names the host itself, though that has no effect either`,
          }
        : undefined);
    if (why) {
      ignored.push(
        ...source.objects.map(written =>
          objectReason(
            snapshot,
            written,
            RULE,
            `${titleOf(written)} ${why.text}`,
            why.field,
          ),
        ),
      );
    }
    return !why;
  });
  return {
    sources: told.sort((a, b) => compareSources(a, b, view)),
    ignored: [...ignored, ...gatewayApi.ignored, ...connections.ignored],
    predicted:
      gatewayApi.predicted ||
      (snapshot.origin === 'files' && connections.sources.length > 0),
  };
}

/**
 * The VirtualServices for a host that is no service which a client's proxy is told of, in the order in which they
 * count.
 */
export function candidatesForHost(
  snapshot: MeshSnapshot,
  host: string,
  port: number,
  view: RouteView,
): RouteSource[] {
  return virtualServicesOfHost(snapshot, host)
    .filter(isBoundToMesh)
    .map(found => virtualServiceSource(snapshot, found, view.config))
    .filter(source => !whyNotTold(source, undefined, port, view))
    .sort((a, b) => compareSources(a, b, view));
}

/**
 * The sources whose rules for connections to a service count: VirtualServices for its host and, where it has a
 * wildcard for one, for hosts that this covers; and TCPRoutes and TLSRoutes whose parent it is.
 *
 * Upstream: pilot/pkg/networking/core/tls.go, `getConfigsForHost`.
 */
export function connectionCandidates(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  view: RouteView,
): RouteSource[] {
  const { host } = service;
  const written = [
    ...new Set([
      ...virtualServicesOfHost(snapshot, host),
      ...(isWildcard(host) ? virtualServicesWithin(snapshot, host) : []),
    ]),
  ]
    .filter(isBoundToMesh)
    .map(found => virtualServiceSource(snapshot, found, view.config));
  return [
    ...written.filter(source => !whyNotTold(source, undefined, port, view)),
    ...gatewayApiConnections(snapshot, service).sources.filter(
      source => !whyNotTold(source, service, port, view),
    ),
  ].sort((a, b) => compareSources(a, b, view));
}

/**
 * A route of the Gateway API for a service that is neither in its namespace nor in the client's: a sidecar that is told of
 * it makes nothing of it, but it names the host, so that wildcards for that do not count.
 *
 * Upstream: pilot/pkg/model/sidecar.go, `computeWildcardHostVirtualServiceIndex`;
 * pilot/pkg/networking/core/route/route.go, `buildSidecarVirtualHostsForVirtualService`.
 */
function misplacedSource(
  sources: readonly RouteSource[],
  service: MeshService,
  port: number,
  view: RouteView,
): RouteSource | undefined {
  return view.proxy === 'sidecar'
    ? sources.find(
        source =>
          !isPlacedFor(source, service, view) &&
          !whyNotTold(source, undefined, port, view),
      )
    : undefined;
}

/** Where a service is given, also whether it may be routed by the source. */
function whyNotTold(
  source: RouteSource,
  service: MeshService | undefined,
  port: number,
  view: RouteView,
): { text: string; field?: string } | undefined {
  const { namespace, scope } = view;
  if (!isVisibleFrom(visibilityOf(source, view), namespace)) {
    return {
      text: `is not exported to Namespace ${namespace}`,
      field: source.exportTo ? 'spec.exportTo' : undefined,
    };
  }
  if (service && !isPlacedFor(source, service, view)) {
    return {
      text:
        view.proxy === 'waypoint'
          ? `is neither in the Service's namespace nor in the waypoint's, so the waypoint takes no notice of it`
          : `is neither in the Service's namespace nor in the client's, so it has no effect`,
    };
  }
  if (
    scope &&
    !importsRoute(
      scope,
      {
        namespace: source.namespace,
        hosts: source.hosts,
        strict: source.from === 'gateway-api',
      },
      port,
    )
  ) {
    return { text: `is not imported by ${sidecarName(scope)} of the client` };
  }
  return undefined;
}

/** Which of two sources comes first for a client. */
export function compareSources(
  a: RouteSource,
  b: RouteSource,
  view: RouteView,
): number {
  return (
    rank(a, view) - rank(b, view) ||
    compare(a.time, b.time) ||
    compare(a.name, b.name) ||
    compare(a.namespace, b.namespace)
  );
}

function rank(source: RouteSource, view: RouteView): number {
  const { exportTo, defaults } = visibilityOf(source, view);
  const isPublic = (exportTo?.length ? exportTo : defaults).includes('*');
  const own = source.namespace === view.namespace;
  const list = isPublic ? 2 : Number(!own);
  return (
    list * 2 +
    Number(view.proxy !== 'waypoint' && !(own && source.from === 'gateway-api'))
  );
}

function visibilityOf(source: RouteSource, { config }: RouteView) {
  return {
    exportTo: source.exportTo,
    defaults: config.defaultVirtualServiceExportTo,
    namespace: source.namespace,
  };
}
