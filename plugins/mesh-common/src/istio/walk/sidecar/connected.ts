import { Reason } from '../../../contract/common';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { clusterTarget } from '../../cluster/target';
import { resolveDestination } from '../../routing/backends';
import { ConnectionRule } from '../../routing/connectionRules';
import { objectReason, titleOf } from '../../routing/source';
import { RouteView } from '../../routing/view';
import { serviceItself } from '../action/serviceItself';
import { OutboundAnswer, OutboundDestination } from '../call';
import { ConnectionRoute } from '../listener/connectionChains';

const RULE = 'istio/outbound-connection';

/**
 * Where a connection goes that is not looked into: to the destinations of a rule, of which several share by their
 * weights, or to the service itself on the port. What the proxy does not have closes it.
 *
 * Upstream: pilot/pkg/networking/core/networkfilter.go, `buildOutboundNetworkFilters`.
 */
export function connectedTo(
  snapshot: MeshSnapshot,
  { service, rule }: ConnectionRoute,
  port: number,
  view: RouteView,
): OutboundAnswer {
  if (!rule) {
    return answer(
      [
        serviceItself(
          clusterTarget(snapshot, { host: service.host, port }, view),
        ),
      ],
      [
        {
          rule: RULE,
          text: `The connection goes to ${service.host} itself: no rule for connections decides`,
        },
      ],
    );
  }
  return connectedByRule(snapshot, rule, port, view);
}

/** Where a rule sends a connection. */
export function connectedByRule(
  snapshot: MeshSnapshot,
  rule: ConnectionRule,
  port: number,
  view: RouteView,
): OutboundAnswer {
  const { written } = rule;
  const where = `${titleOf(written)} ${written.field.replace(/^spec\./, '')}`;
  return {
    ...answer(destinationsOf(snapshot, rule, port, view), [
      objectReason(
        snapshot,
        written,
        RULE,
        `Written in ${where}`,
        written.field,
      ),
    ]),
    by: {
      kind: written.kind,
      object: written.object,
      field: written.field,
      rule: Number(/\[(\d+)\]$/.exec(written.field)?.[1] ?? 0),
    },
  };
}

function answer(
  destinations: OutboundDestination[],
  reasons: Reason[],
): OutboundAnswer {
  return { outcome: 'route', destinations, mirrors: [], reasons };
}

function destinationsOf(
  snapshot: MeshSnapshot,
  { route, written }: ConnectionRule,
  listenerPort: number,
  view: RouteView,
): OutboundDestination[] {
  const used = route.filter(
    ({ weight }) => route.length === 1 || (weight ?? 0) > 0,
  );
  return used.map(({ destination, weight }) => {
    const { host, port, subset, missing } = resolveDestination(
      snapshot,
      destination,
      listenerPort,
      view,
      'tcp',
    );
    return {
      ...(host !== '' && { host, port }),
      ...(subset && { subset }),
      weight: used.length === 1 ? 100 : weight ?? 0,
      ...(missing !== undefined && {
        missing: {
          reason: objectReason(
            snapshot,
            written,
            RULE,
            `The connection is closed: ${missing}`,
            written.field,
          ),
        },
      }),
    };
  });
}
