import { Found, unknownFound } from '../../mesh/walk/compose';
import { step } from '../../mesh/walk/steps';
import { WaypointSubject } from '../authorization/attachment';
import { evaluateAtWaypoint } from '../authorization/hops';
import { waypointProxy } from '../authorization/proxies';
import { meshConfig } from '../meshConfig';
import { MeshServicePort } from '../MeshService';
import { factsOf } from './callFacts';
import { policiesFound } from './policiesFound';
import { Way } from './way';

/**
 * What the policies of a waypoint make of a request, before it routes it: its caller is a client in ambient mode, whose
 * ztunnel comes by HBONE and shows its identity. Undefined where no policy says anything.
 *
 * Upstream: pilot/pkg/networking/core/listener_waypoint.go, `buildWaypointHTTPFilters`.
 */
export function waypointDecision(
  way: Way,
  front: WaypointSubject,
  { port, protocol }: MeshServicePort,
): Found | undefined {
  const { snapshot } = way;
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return unknownFound(
      step(
        'authorization',
        'unknown',
        'It is not known which policies the waypoint has',
        mesh.answer.reasons,
      ),
      mesh.answer.cause,
    );
  }
  const proxy = waypointProxy({ snapshot, config: mesh.config }, front, {
    port,
    protocol,
  });
  const facts = factsOf(
    { ...way, servicePort: port },
    { port, ready: true, added: { tls: 'mesh', reasons: [] } },
  );
  if (facts) {
    return policiesFound(way, evaluateAtWaypoint(proxy, facts));
  }
  return proxy.set.policies.length > 0
    ? unknownFound(
        step(
          'authorization',
          'unknown',
          'The identity of the client is not known, by which the policies of the waypoint decide',
          [],
        ),
        undefined,
      )
    : undefined;
}
