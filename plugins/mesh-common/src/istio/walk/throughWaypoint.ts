import { namespaceOf } from '../../kubernetes/objects';
import { Found, FoundBranch, unknownFound } from '../../mesh/walk/compose';
import { step } from '../../mesh/walk/steps';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { WaypointSubject } from '../authorization/attachment';
import { MeshService, ofService } from '../meshServices';
import { waypointMayDiffer } from './extensions';
import { NamedPlace } from './names';
import { passedWaypoint } from './passedWaypoint';
import { proxied } from './proxied';
import { waypointCall } from './waypointCall';
import { waypointClient } from './waypointClient';
import { waypointDecision } from './waypointDecision';
import { Way } from './way';

/** What a waypoint may stand in front of, by its name. */
export type PlaceInFront = Extract<
  NamedPlace,
  { is: 'service' } | { is: 'entry' }
>;

/** The service of the mesh that is called there. */
export function serviceAt(
  snapshot: MeshSnapshot,
  place: PlaceInFront,
): MeshService {
  return place.is === 'service'
    ? ofService(snapshot, place.service)
    : place.found;
}

/**
 * The waypoint reads the request, decides by its policies and routes it, with the endpoints that it is told of. Where it
 * sends the request to pods of a Service, what the policies of both say is told there.
 */
export function throughWaypoint(
  way: Way,
  place: PlaceInFront,
  front: WaypointSubject,
): Found {
  const { snapshot, request } = way;
  const { gateway } = front;
  const called = serviceAt(snapshot, place);
  const answer = waypointCall(snapshot, called, {
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
  const read: Way = {
    ...way,
    reading: request.protocol === 'http' ? 'http' : 'tcp',
  };
  const client = waypointClient(snapshot, gateway);
  const found = proxied(
    {
      ...read,
      ...(place.is === 'entry' && { client }),
      proxy: { proxy: 'waypoint', namespace: namespaceOf(gateway) },
    },
    place,
    answer,
  );
  // Elsewhere than at its own pods nothing tells of the policies of what is called.
  const toldAtPods =
    place.is === 'service' &&
    found.branches.length > 0 &&
    found.branches.every(
      ({ host, authorization }) => host === called.host && authorization,
    );
  const port = called.ports.find(one => one.port === request.port);
  const decision =
    toldAtPods || !port ? undefined : waypointDecision(read, front, port);
  if (decision?.ending) {
    return decision;
  }
  const name = `${namespaceOf(gateway)}/${gateway.metadata.name}`;
  const passed = passedWaypoint(snapshot, gateway, client);
  return {
    ...found,
    branches: found.branches.map((branch): FoundBranch => passed(branch)),
    ...waypointMayDiffer(snapshot, front),
    steps: [
      ...(decision?.steps ?? []),
      ...found.steps.map((one, index) =>
        index === 0
          ? { ...one, text: `${one.text} (at waypoint ${name})` }
          : one,
      ),
    ],
  };
}
