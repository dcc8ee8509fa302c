import { Reason } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshService } from '../meshServices';
import { isTls, Protocol } from '../protocol';
import { Candidates } from './candidates';
import { RouteSource } from './source';
import {
  restRule,
  shownConnections,
  TcpRules,
  tcpRules,
  tlsRules,
} from './tcpRules';
import { RouteView } from './view';
import { waypointConnectionRule } from './waypointConnections';

/** The rules for connections to a port of a Service that are not looked into, with one for what they leave over. */
export function connectionRules(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  protocol: Protocol,
  view: RouteView,
  { sources }: Candidates,
): TcpRules & { reasons: Reason[] } {
  const found =
    view.proxy === 'waypoint'
      ? waypointRules(snapshot, service, sources, port, view)
      : sidecarRules(snapshot, sources, port, protocol, view);
  const rest =
    found.rules.length > 0 && found.open
      ? [
          restRule(
            service,
            port,
            isTls(protocol)
              ? 'Connections for other names pass through to where they were going'
              : 'Other connections go to the Service itself',
          ),
        ]
      : [];
  return {
    ...found,
    rules: [...found.rules, ...rest],
    reasons: found.rules.flatMap(({ reasons }) => reasons.slice(0, 1)),
  };
}

function sidecarRules(
  snapshot: MeshSnapshot,
  sources: readonly RouteSource[],
  port: number,
  protocol: Protocol,
  view: RouteView,
): TcpRules {
  return isTls(protocol)
    ? tlsRules(snapshot, sources, port, view)
    : tcpRules(snapshot, sources, port, view);
}

function waypointRules(
  snapshot: MeshSnapshot,
  service: MeshService,
  sources: readonly RouteSource[],
  port: number,
  view: RouteView,
): TcpRules {
  const rule = waypointConnectionRule(snapshot, sources, service.host, port);
  return {
    ...shownConnections(snapshot, rule ? [rule] : [], port, view),
    open: rule === undefined,
  };
}
