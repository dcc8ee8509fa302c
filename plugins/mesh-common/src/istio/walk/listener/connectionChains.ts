import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { MeshService } from '../../meshServices';
import { isTls, Protocol } from '../../protocol';
import { connectionCandidates } from '../../routing/candidates';
import {
  ConnectionMatch,
  ConnectionRule,
  tcpConnectionRules,
  tlsConnectionRules,
} from '../../routing/connectionRules';
import { RouteView } from '../../routing/view';
import { Chain } from './chains';
import { PortService } from './portServices';

/** Where a connection goes on to as it is: by a rule, or to the service itself. */
export interface ConnectionRoute {
  to: 'connection';
  service: MeshService;
  rule?: ConnectionRule;
}

/**
 * The chains of a service for connections that are not looked into: those of `tls` rules where the client's TLS passes
 * through, of `tcp` rules otherwise, and one for the rest, which goes to the service itself; with `tls` rules there is
 * no rest. Without them the names count by which the service is known, where there are any.
 *
 * Upstream: pilot/pkg/networking/core/tls.go.
 */
export function connectionChains(
  snapshot: MeshSnapshot,
  { service, port: { port }, address }: PortService,
  protocol: Protocol,
  names: readonly string[],
  view: RouteView,
): Chain<ConnectionRoute>[] {
  const ranges = address?.includes('/') ? [address] : [];
  const sources = connectionCandidates(snapshot, service, port, view);
  const rest: Chain<ConnectionRoute> = {
    sniHosts: [],
    ranges,
    httpOnly: false,
    leadsTo: { to: 'connection', service },
  };
  if (isTls(protocol)) {
    const { rules } = tlsConnectionRules(snapshot, sources, port, view);
    return rules.length > 0
      ? tlsChains(rules, rest)
      : [{ ...rest, sniHosts: names }];
  }
  const { rules, open } = tcpConnectionRules(snapshot, sources, port, view);
  const chains = rules.map(rule => ({
    ...rest,
    ranges: rule.matches.length > 0 ? rule.matches.flatMap(subnetsOf) : ranges,
    leadsTo: { ...rest.leadsTo, rule },
  }));
  return open ? [...chains, rest] : chains;
}

/** Ranges that an alternative names count for those after it too, until others are named. */
function tlsChains(
  rules: readonly ConnectionRule[],
  rest: Chain<ConnectionRoute>,
): Chain<ConnectionRoute>[] {
  let { ranges } = rest;
  return rules.flatMap(rule =>
    rule.matches.map(match => {
      const own = subnetsOf(match);
      ranges = own.length > 0 ? own : ranges;
      return {
        ...rest,
        sniHosts: match.sniHosts ?? [],
        ranges,
        leadsTo: { ...rest.leadsTo, rule },
      };
    }),
  );
}

function subnetsOf({ destinationSubnets = [] }: ConnectionMatch): string[] {
  return destinationSubnets;
}
