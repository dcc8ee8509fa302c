import { waypointOf } from '../waypoint';
import { Found, unknownFound } from '../../mesh/walk/compose';
import { directBranch } from './direct';
import { NamedPlace } from './names';
import { step } from '../../mesh/walk/steps';
import { throughWaypoint } from './throughWaypoint';
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
