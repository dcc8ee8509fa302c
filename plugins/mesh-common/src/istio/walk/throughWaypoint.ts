import {
  GATEWAY_NAME_LABEL,
  GatewayApiGateway,
} from '../../gateway-api/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { Found, FoundBranch, unknownFound } from '../../mesh/walk/compose';
import { step } from '../../mesh/walk/steps';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { formatIdentity, trustDomainOf } from '../identity';
import { ofService } from '../meshServices';
import { waypointAccount, WaypointTarget } from '../waypoint';
import { WalkClient } from './client';
import { waypointMayDiffer } from './extensions';
import { NamedPlace } from './names';
import { passedWaypoint } from './passedWaypoint';
import { proxied } from './proxied';
import { waypointCall } from './waypointCall';
import { waypointDecision } from './waypointDecision';
import { Way } from './way';

/** What a waypoint may stand in front of, by its name. */
export type PlaceInFront = Extract<
  NamedPlace,
  { is: 'service' } | { is: 'entry' }
>;

/**
 * The waypoint reads the request, decides by its policies and routes it, with the endpoints that it is told of. Where it
 * sends the request to pods of a Service, what the policies of both say is told there.
 */
export function throughWaypoint(
  way: Way,
  place: PlaceInFront,
  { gateway, target }: { gateway: GatewayApiGateway; target: WaypointTarget },
): Found {
  const { snapshot, request } = way;
  const called =
    place.is === 'service' ? ofService(snapshot, place.service) : place.found;
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
  const reading = request.protocol === 'http' ? 'http' : 'tcp';
  const port = called.ports.find(one => one.port === request.port);
  const decision =
    port && waypointDecision({ ...way, reading }, { gateway, target }, port);
  const found = proxied(
    {
      ...way,
      ...(place.is === 'entry' && { client: asClient(snapshot, gateway) }),
      reading,
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
      branch => branch.host === called.host && isDecided(branch),
    );
  if (decision?.ending && !toldAtPods) {
    return decision;
  }
  const name = `${namespaceOf(gateway)}/${gateway.metadata.name}`;
  const passed = passedWaypoint(snapshot, gateway);
  return {
    ...found,
    branches: found.branches.map((branch): FoundBranch => passed(branch)),
    ...waypointMayDiffer(snapshot, { gateway, target }),
    steps: [
      ...(toldAtPods ? [] : decision?.steps ?? []),
      ...found.steps.map((one, index) =>
        index === 0
          ? { ...one, text: `${one.text} (at waypoint ${name})` }
          : one,
      ),
    ],
  };
}

function isDecided({ authorization }: FoundBranch): boolean {
  return authorization !== undefined;
}

/** The waypoint as the client of what is behind it. */
function asClient(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
): WalkClient {
  const namespace = namespaceOf(gateway);
  const { name } = gateway.metadata;
  const [pod] = podsWithLabels(snapshot, namespace, {
    [GATEWAY_NAME_LABEL]: name,
  });
  const trustDomain = trustDomainOf(snapshot);
  return {
    name: `waypoint ${namespace}/${name}`,
    namespace,
    labels: pod?.metadata.labels ?? {},
    mode: 'ambient',
    ...(pod && { pod }),
    ...(trustDomain && {
      identity: formatIdentity({
        trustDomain,
        namespace,
        serviceAccount: waypointAccount(snapshot, gateway),
      }),
    }),
  };
}
