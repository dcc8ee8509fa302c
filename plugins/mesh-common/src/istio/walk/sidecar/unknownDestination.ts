import { Reason } from '../../../contract/common';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { clusterDomain } from '../../injectorConfig';
import { settingReason } from '../../meshConfig';
import { servicesOfHost } from '../../meshServices';
import { RouteView } from '../../routing/view';
import { refusesUnknown, whyUnknown } from '../../serviceVisibility';
import { sidecarName, sidecarReason } from '../../sidecarScope';
import { OutboundAnswer, OutboundCall } from '../call';
import { hostsMeantBy } from '../listener/domains';
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
  call: Pick<OutboundCall, 'host' | 'port'>,
  /** Whether the proxy listens there at all, for something else. */
  listens: boolean,
  view: RouteView,
): OutboundAnswer {
  const { host, port } = call;
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
      ...hiddenService(snapshot, call, view),
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

/** What keeps a service that the mesh has from the proxy: the Sidecar of the client, or where the service is exported. */
function hiddenService(
  snapshot: MeshSnapshot,
  { host, port }: Pick<OutboundCall, 'host' | 'port'>,
  { scope, namespace, config }: RouteView,
): Reason[] {
  const [service] = hostsMeantBy(
    host,
    namespace,
    clusterDomain(snapshot),
  ).flatMap(name => servicesOfHost(snapshot, name));
  const why =
    service && scope && whyUnknown(snapshot, service, port, scope, config);
  return why ? [why] : [];
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
