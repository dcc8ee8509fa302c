import { Answer, Reason } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshService } from '../meshServices';
import { isHttpOrDetected } from '../protocol';
import { candidates } from '../routing/candidates';
import { waypointPlace } from '../routing/place';
import { selectForWaypoint } from '../routing/select';
import { RouteView } from '../routing/view';
import { waypointConnectionRule } from '../routing/waypointConnections';
import { OutboundAnswer, OutboundCall } from './call';
import { byChosenRules, toServiceItself } from './chosenRules';
import { withPath } from './normalizedPath';
import { connectedTo } from './sidecar/connected';
import { requestOf } from './sidecar/routed';

const RULE = 'istio/waypoint-routes';

/**
 * What the waypoint of a Service, or of the hosts of a ServiceEntry, does with a call to it: HTTP goes by the rules of all
 * sources that the waypoint knows for what is called, where there are any, and else to that itself, as everything else does.
 *
 * Upstream: pilot/pkg/networking/core/listener_waypoint.go, `buildWaypointInboundHTTPRouteConfig`.
 */
export function waypointCall(
  snapshot: MeshSnapshot,
  service: MeshService,
  call: OutboundCall,
): OutboundAnswer | Answer<'unknown'> {
  const from = waypointPlace(snapshot, service);
  if (!from.applied) {
    return { ...from.routing, value: 'unknown' };
  }
  const port = service.ports.find(one => one.port === call.port);
  if (!port) {
    return none('no-listener', `${service.host} has no port ${call.port}`);
  }
  return call.protocol === 'http' && isHttpOrDetected(port.protocol)
    ? byRules(snapshot, service, call, from.view)
    : connected(snapshot, service, call.port, from.view);
}

function connected(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  view: RouteView,
): OutboundAnswer {
  const { sources } = candidates(snapshot, service, port, view);
  const rule = waypointConnectionRule(snapshot, sources, service.host, port);
  return connectedTo(
    snapshot,
    { to: 'connection', service, ...(rule && { rule }) },
    port,
    view,
  );
}

function byRules(
  snapshot: MeshSnapshot,
  service: MeshService,
  call: OutboundCall,
  view: RouteView,
): OutboundAnswer | Answer<'unknown'> {
  const { port } = call;
  const { sources } = candidates(snapshot, service, port, view);
  const { rules } = selectForWaypoint(sources, port, view);
  const applying = { snapshot, port, view };
  const request = requestOf(call, view.config);
  const answer = rules.some(({ never }) => never === undefined)
    ? byChosenRules(applying, service.host, rules, request)
    : toServiceItself(applying, service.host);
  return withPath(answer, request.path, call.path);
}

function none(
  outcome: OutboundAnswer['outcome'],
  text: string,
): OutboundAnswer {
  const reasons: Reason[] = [{ rule: RULE, text }];
  return { outcome, destinations: [], mirrors: [], reasons };
}
