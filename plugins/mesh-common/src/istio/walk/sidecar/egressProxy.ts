import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { findService } from '../../meshServices';
import { Destination } from '../../objectParts';
import { RouteView } from '../../routing/view';
import { importsHost, sidecarName, sidecarReason } from '../../sidecarScope';
import { OutboundDestination } from '../call';

const RULE = 'istio/egress-proxy';
const FIELD = 'spec.outboundTrafficPolicy.egressProxy';

/**
 * Where a sidecar sends what it does not know, in place of where it was going: the `egressProxy` of its Sidecar, where the
 * mode there is ALLOW_ANY. The host counts as it is written, and has to be one that the Sidecar imports, since the proxy has
 * no such cluster else. (istioctl calls the field deprecated and ignored; istiod follows it.) Undefined: there is none.
 *
 * Upstream: pilot/pkg/networking/core/httproute.go, `buildCatchAllVirtualHost`; listener_builder.go,
 * `buildOutboundCatchAllNetworkFiltersOnly`.
 */
export function egressProxy(
  snapshot: MeshSnapshot,
  view: RouteView,
): OutboundDestination | undefined {
  const { scope } = view;
  const { mode, egressProxy: written } =
    scope?.sidecar?.spec?.outboundTrafficPolicy ?? {};
  if (!scope || !written || mode !== 'ALLOW_ANY') {
    return undefined;
  }
  const { host, subset, port } = written;
  return {
    host,
    port: port?.number ?? 0,
    ...(subset && { subset }),
    weight: 100,
    ...(!isKnown(snapshot, view, written) && {
      missing: {
        status: 503,
        reason: {
          ...sidecarReason(
            snapshot,
            scope,
            `${sidecarName(
              scope,
            )} sends what the proxy does not know to ${host}, which the proxy does not know either`,
            FIELD,
          ),
          rule: RULE,
        },
      },
    }),
  };
}

function isKnown(
  snapshot: MeshSnapshot,
  { scope, namespace, config }: RouteView,
  { host, port }: Destination,
): boolean {
  const service = findService(snapshot, host, namespace, config);
  const number = port?.number ?? 0;
  return (
    service !== undefined &&
    service.ports.some(one => one.port === number) &&
    (scope === undefined || importsHost(scope, service, number))
  );
}
