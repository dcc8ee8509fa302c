import { GatewayApiGateway } from '../../gateway-api/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { Found, FoundBranch, unknownFound } from '../../mesh/walk/compose';
import { step } from '../../mesh/walk/steps';
import { waypointMayDiffer } from './extensions';
import { NamedPlace } from './names';
import { passedWaypoint } from './passedWaypoint';
import { proxied } from './proxied';
import { waypointCall } from './waypointCall';
import { Way } from './way';

/** The waypoint reads the request and routes it, with the endpoints and the policies that it is told of. */
export function throughWaypoint(
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
  const passed = passedWaypoint(snapshot, gateway);
  return {
    ...found,
    branches: found.branches.map((branch): FoundBranch => passed(branch)),
    ...waypointMayDiffer(snapshot, { gateway, service: place.service }),
    steps: found.steps.map((one, index) =>
      index === 0 ? { ...one, text: `${one.text} (at waypoint ${name})` } : one,
    ),
  };
}
