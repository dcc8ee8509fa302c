import { Reason } from '../../contract/common';
import { RouteCondition, RouteRule } from '../../contract/routing';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshService } from '../meshServices';
import { backendsOf, ResolvedDestination } from './backends';
import {
  ConnectionMatch,
  ConnectionRule,
  tcpConnectionRules,
  tlsConnectionRules,
} from './connectionRules';
import { objectReason, RouteSource, titleOf } from './source';
import { RouteView } from './view';

const RULE = 'istio/tcp-route';
/** The rules for connections, in order, and the destinations that they lead to. */
export interface TcpRules {
  rules: RouteRule[];
  destinations: ResolvedDestination[];
  /** Whether connections are left over, which go to the service itself. */
  open: boolean;
}

/** The `tcp` rules for connections to a port, see `tcpConnectionRules`. */
export function tcpRules(
  snapshot: MeshSnapshot,
  sources: readonly RouteSource[],
  port: number,
  view: RouteView,
): TcpRules {
  const { rules, open } = tcpConnectionRules(snapshot, sources, port, view);
  return { ...shownConnections(snapshot, rules, port, view), open };
}

/** The `tls` rules for connections to a port, see `tlsConnectionRules`. */
export function tlsRules(
  snapshot: MeshSnapshot,
  sources: readonly RouteSource[],
  port: number,
  view: RouteView,
): TcpRules {
  const { rules } = tlsConnectionRules(snapshot, sources, port, view);
  return { ...shownConnections(snapshot, rules, port, view), open: true };
}

/** The rule for what no other one takes. */
export function restRule(
  service: MeshService,
  port: number,
  text: string,
): RouteRule {
  const reason: Reason = { rule: RULE, text };
  return {
    name: 'everything else',
    matches: [],
    action: 'forward',
    backends: [{ host: service.host, port, percent: 100 }],
    mirrors: [],
    headers: [],
    reasons: [reason],
  };
}

/** Rules for connections as answers have them, and the destinations that they lead to. */
export function shownConnections(
  snapshot: MeshSnapshot,
  rules: readonly ConnectionRule[],
  port: number,
  view: RouteView,
): Pick<TcpRules, 'rules' | 'destinations'> {
  const translated = rules.map(({ written, route, matches }) => {
    const { backends, resolved } = backendsOf(snapshot, route, {
      port,
      view,
      written,
      protocol: 'tcp',
    });
    const name = `${titleOf(written)} ${written.field.slice('spec.'.length)}`;
    const rule: RouteRule = {
      name,
      matches: matches.flatMap(alternativesOf),
      action: 'forward',
      backends,
      mirrors: [],
      headers: [],
      reasons: [
        objectReason(
          snapshot,
          written,
          RULE,
          `Written in ${name}`,
          written.field,
        ),
      ],
    };
    return { rule, resolved };
  });
  return {
    rules: translated.map(({ rule }) => rule),
    destinations: translated.flatMap(({ resolved }) => resolved),
  };
}

/** Of names that are asked for, each is an alternative. */
function alternativesOf(match: ConnectionMatch): RouteCondition[][] {
  const addresses = conditionsOf(match);
  return match.sniHosts
    ? match.sniHosts.map(host => [sniCondition(host), ...addresses])
    : [addresses];
}

function conditionsOf({
  destinationSubnets = [],
}: ConnectionMatch): RouteCondition[] {
  return destinationSubnets.length === 0
    ? []
    : [
        {
          subject: 'destination-subnet',
          operator: 'exact',
          value: destinationSubnets.join(', '),
        },
      ];
}

function sniCondition(host: string): RouteCondition {
  return { subject: 'sni', operator: 'exact', value: host };
}
