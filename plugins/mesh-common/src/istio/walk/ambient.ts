import { waypointInFront, waypointTarget } from '../waypoint';
import { Found, unknownFound } from '../../mesh/walk/compose';
import { directBranch } from './direct';
import { NamedPlace } from './names';
import { step } from '../../mesh/walk/steps';
import { serviceAt, throughWaypoint } from './throughWaypoint';
import { Way } from './way';

const RULE = 'istio/walk/ambient';

/**
 * A client in ambient mode: its ztunnel carries the connection, by mutual TLS to what takes it, and knows no
 * routes; the waypoint of the Service, or of the ServiceEntry that has the host, applies them, where there is one.
 */
export function ambientWalk(way: Way, place: NamedPlace): Found {
  const reasons = [
    {
      rule: RULE,
      text: 'The ztunnel of the client carries the connection: it uses HBONE, which is mutual TLS, with what takes that',
    },
  ];
  const front =
    place.is === 'service' || place.is === 'entry' ? place : undefined;
  const target = front && waypointTarget(serviceAt(way.snapshot, front));
  const waypoint = target && waypointInFront(way.snapshot, target);
  if (waypoint?.answer.value === 'unknown') {
    return unknownFound(
      step(
        'route',
        'unknown',
        `It is not known whether ${place.host} has a waypoint`,
        waypoint.answer.reasons,
      ),
      waypoint.answer.cause,
    );
  }
  if (front && target && waypoint?.gateway) {
    return throughWaypoint(way, front, { gateway: waypoint.gateway, target });
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
