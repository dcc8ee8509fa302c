import { namespaceOf } from '../../kubernetes/objects';
import { GatewayApiGateway } from '../../gateway-api/objects';
import { waypointOf } from '../waypoint';
import { Found, unknownFound } from '../../mesh/walk/compose';
import { directBranch } from './direct';
import { waypointMayDiffer } from './extensions';
import { NamedPlace } from './names';
import { proxied } from './proxied';
import { waypointCall } from './waypointCall';
import { step } from '../../mesh/walk/steps';
import { Way } from './way';

const RULE = 'istio/walk/ambient';

/**
 * A client in ambient mode: its ztunnel carries the connection, by mutual TLS to what takes it, and knows no
 * routes; the waypoint of the Service applies them, where there is one.
 */
export function ambientWalk(way: Way, place: NamedPlace): Found {
  const reasons = [
    {
      rule: RULE,
      text: 'The ztunnel of the client carries the connection: it uses HBONE, which is mutual TLS, with what takes that',
    },
  ];
  const waypoint =
    place.is === 'service'
      ? waypointOf(way.snapshot, place.service)
      : undefined;
  if (waypoint?.answer.value === 'unknown') {
    return unknownFound(
      step(
        'route',
        'unknown',
        'It is not known whether the Service has a waypoint',
        waypoint.answer.reasons,
      ),
      waypoint.answer.cause,
    );
  }
  if (place.is === 'service' && waypoint?.gateway) {
    return throughWaypoint(way, place, waypoint.gateway);
  }
  return {
    steps: [
      step(
        'route',
        'ok',
        'The ztunnel of the client applies no routes',
        waypoint?.answer.reasons ?? reasons,
      ),
    ],
    branches: [directBranch(way, place, reasons, { tunnels: true })],
  };
}

/** The waypoint reads the request and routes it, with the endpoints and the policies that it is told of. */
function throughWaypoint(
  way: Way,
  place: Extract<NamedPlace, { is: 'service' }>,
  gateway: GatewayApiGateway,
): Found {
  const { snapshot, request } = way;
  const answer = waypointCall(snapshot, place.service, {
    protocol: request.protocol,
    host: request.host,
    port: request.port,
    method: request.method,
    path: request.path,
    headers: { ...request.headers, host: way.authority },
  });
  if ('value' in answer) {
    return unknownFound(
      step('route', 'unknown', answer.reasons[0]?.text ?? '', answer.reasons),
      answer.cause,
    );
  }
  const found = proxied(
    {
      ...way,
      reading: request.protocol === 'http' ? 'http' : 'tcp',
      proxy: { proxy: 'waypoint', namespace: namespaceOf(gateway) },
    },
    place,
    answer,
  );
  const name = `${namespaceOf(gateway)}/${gateway.metadata.name}`;
  return {
    ...found,
    ...waypointMayDiffer(snapshot, { gateway, service: place.service }),
    steps: found.steps.map((one, index) =>
      index === 0 ? { ...one, text: `${one.text} (at waypoint ${name})` } : one,
    ),
  };
}
