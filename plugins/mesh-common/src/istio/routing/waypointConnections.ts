import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { ConnectionMatch, ConnectionRule, rulesOf } from './connectionRules';
import { RouteSource } from './source';

/**
 * The rule that a waypoint applies to all connections of a port that are not HTTP: the first of the `tls` rules that is
 * for the Service's own host alone, else the first of the `tcp` rules. The name that a client asks for and addresses are
 * not looked at; rules for clients by labels or namespace are passed over.
 *
 * Upstream: pilot/pkg/networking/core/listener_waypoint.go, `getWaypointTCPRoutes`.
 */
export function waypointConnectionRule(
  snapshot: MeshSnapshot,
  sources: readonly RouteSource[],
  host: string,
  port: number,
): ConnectionRule | undefined {
  const isFor = (match: ConnectionMatch, isTls: boolean) =>
    (!match.port || match.port === port) &&
    (!match.gateways?.length || match.gateways.includes('mesh')) &&
    Object.keys(match.sourceLabels ?? {}).length === 0 &&
    !match.sourceNamespace &&
    (match.sniHosts
      ? match.sniHosts.length === 1 && match.sniHosts[0] === host
      : !isTls);
  const firstOf = (kind: 'tls' | 'tcp') =>
    rulesOf(snapshot, sources, kind).find(
      ({ route, matches }) =>
        route.length > 0 &&
        (matches.length === 0 ||
          matches.some(match => isFor(match, kind === 'tls'))),
    );
  const found = firstOf('tls') ?? firstOf('tcp');
  return found && { ...found, matches: [] };
}
