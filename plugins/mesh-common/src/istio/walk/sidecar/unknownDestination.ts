import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { settingReason } from '../../meshConfig';
import { RouteView } from '../../routing/view';
import { refusesUnknown } from '../../serviceVisibility';
import { sidecarName, sidecarReason } from '../../sidecarScope';
import { OutboundAnswer, OutboundCall } from '../call';
import { egressProxy } from './egressProxy';

const RULE = 'istio/outbound-traffic-policy';

/**
 * What a sidecar does with a call to something that it does not know: it passes it through to where it was going, or
 * refuses it where the outbound traffic policy of the Sidecar, else of the mesh, is REGISTRY_ONLY (502 for HTTP on a
 * port that has routes; else the connection is closed), or sends it to the `egressProxy` of the Sidecar.
 *
 * Upstream: pilot/pkg/networking/core/httproute.go, `buildCatchAllVirtualHost`; listener_builder.go,
 * `buildOutboundCatchAllNetworkFiltersOnly`.
 */
export function unknownDestination(
  snapshot: MeshSnapshot,
  { host, port }: Pick<OutboundCall, 'host' | 'port'>,
  /** Whether the proxy listens there at all, for something else. */
  listens: boolean,
  view: RouteView,
): OutboundAnswer {
  const { scope, config } = view;
  const proxy = egressProxy(snapshot, view);
  const refuses = scope !== undefined && refusesUnknown(scope);
  const { mode } = config.outboundTrafficPolicy;
  const consequence = consequenceOf(refuses, proxy?.host);
  return {
    outcome: proxy ? 'route' : outcomeOf(refuses),
    destinations: proxy ? [proxy] : [],
    mirrors: [],
    reasons: [
      {
        rule: RULE,
        text: listens
          ? `The proxy of the client has something on port ${port}, but not ${host}`
          : `The proxy of the client knows nothing at this address and port ${port}`,
      },
      scope?.sidecar?.spec?.outboundTrafficPolicy
        ? sidecarReason(
            snapshot,
            scope,
            `${sidecarName(scope)}: ${consequence}`,
            'spec.outboundTrafficPolicy',
          )
        : settingReason(
            snapshot,
            config,
            'outboundTrafficPolicy',
            `The mesh has ${mode}: ${consequence}`,
          ),
    ],
  };
}

function outcomeOf(refuses: boolean): OutboundAnswer['outcome'] {
  return refuses ? 'blackhole' : 'passthrough';
}

function consequenceOf(refuses: boolean, proxy: string | undefined): string {
  if (refuses) {
    return 'REGISTRY_ONLY: what it does not know is refused';
  }
  return proxy === undefined
    ? 'what it does not know passes through to where it was going'
    : `what it does not know goes to ${proxy} (egressProxy)`;
}
