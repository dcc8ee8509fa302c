import { CallFacts } from '../../mesh/whoMayCall/facts';
import { fitsMatch } from '../authorization/requests';
import { GRPC_ROUTE_KIND, LinkerdRoute } from '../linkerdRoutes';
import { prefixLength } from '../matchOrder';
import { grpcMatches, httpMatches, RouteMatch } from '../rankedMatches';
import { isConnectionRoute } from './brokenRoute';
import {
  DefaultOutboundRoute,
  OutboundPolicy,
  OutboundRule,
  WrittenOutboundRoute,
} from './policy';

/**
 * What takes a request or a connection.
 *
 * @public
 */
export type TakenOutboundRule =
  | {
      by: 'route';
      route: WrittenOutboundRoute;
      /** The index of the rule in the route. */
      index: number;
      rule: OutboundRule;
      /** What of a request fits; absent: it is a connection. */
      match?: TakenMatch;
    }
  | { by: 'default'; route: DefaultOutboundRoute; rule: OutboundRule }
  /** Nothing does: a request is answered with 404, a connection is closed. */
  | { by: 'nothing' }
  /** The traffic policy of an EgressNetwork refuses it. */
  | { by: 'refusal' };

/**
 * The match of a rule that a request fits.
 *
 * @public
 */
export interface TakenMatch {
  /** How much of the path it is about. */
  path: { type: 'exact' | 'prefix' | 'regex'; length: number };
}

/**
 * What a client's proxy looks at.
 *
 * @public
 */
export interface OutboundRequest {
  protocol: 'http' | 'tls' | 'tcp';
  /** Without the port. */
  host: string;
  method: string;
  /** With its query. */
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  sni?: string;
}

/**
 * The rule of a policy that takes a request. Of the rules that fit the proxy takes the one whose match says most. What a
 * port that is read as HTTP gets and is none goes past its routes; so does, at an opaque port, all but the TCPRoute.
 *
 * Upstream: linkerd2-proxy, linkerd/http/route/src/lib.rs, `find`; linkerd/app/outbound/src/protocol.rs;
 * linkerd/tls/route/src/lib.rs.
 *
 * @public
 */
export function takenOutboundRule(
  policy: OutboundPolicy,
  request: OutboundRequest,
): TakenOutboundRule {
  switch (policy.protocol) {
    case 'opaque':
      return first(policy.routes) ?? byDefault(policy);
    case 'tls':
      return request.protocol === 'tls'
        ? ofServerName(policy, request.sni ?? request.host)
        : { by: 'nothing' };
    default:
      return request.protocol === 'http'
        ? ofRequest(policy, request)
        : ofOtherBytes(policy);
  }
}

/** What is not HTTP: with detection it goes on as it is, unless that is refused. */
function ofOtherBytes(policy: OutboundPolicy): TakenOutboundRule {
  if (policy.protocol !== 'detect') {
    return { by: 'nothing' };
  }
  if (policy.opaqueForbidden) {
    return { by: 'refusal' };
  }
  const { parent, defaultRoute } = policy;
  const name = parent.kind === 'Service' ? 'opaq' : defaultRoute?.name ?? 'tcp';
  return {
    by: 'default',
    route: { name, forbidden: false, rule: policy.connectionRule },
    rule: policy.connectionRule,
  };
}

function ofRequest(
  policy: OutboundPolicy,
  request: OutboundRequest,
): TakenOutboundRule {
  const facts = factsOf(request);
  const match = matchesOf(policy, request.path).find(
    candidate => fitsMatch(candidate, facts).value === 'yes',
  );
  const route =
    match &&
    policy.routes.find(
      written => written.route.route === match.candidate.route,
    );
  return route && match
    ? {
        by: 'route',
        route,
        index: match.rule,
        rule: route.rules[match.rule],
        match: takenMatch(match),
      }
    : byDefault(policy);
}

function takenMatch({ conditions }: RouteMatch): TakenMatch {
  const path = conditions.find(({ subject }) => subject === 'path');
  const type = path?.operator;
  return {
    path:
      type === 'exact' || type === 'regex'
        ? { type, length: path?.value?.length ?? 0 }
        : { type: 'prefix', length: prefixLength(path?.value ?? '/') },
  };
}

/** The matches of the routes of a policy, in the order in which the proxy prefers them, for a path where it is known. */
export function matchesOf(
  { protocol, routes }: OutboundPolicy,
  path?: string,
): RouteMatch[] {
  const candidates = routes.flatMap(({ route }): LinkerdRoute[] =>
    isConnectionRoute(route) ? [] : [route],
  );
  return protocol === 'grpc' || candidates[0]?.kind === GRPC_ROUTE_KIND
    ? grpcMatches(candidates)
    : httpMatches(candidates, path);
}

function factsOf(request: OutboundRequest): CallFacts {
  const { host, method, path, headers } = request;
  return {
    peer: { type: 'none' },
    mode: 'none',
    inCluster: true,
    protocol: 'http',
    host,
    method,
    path,
    headers,
  };
}

/** Exact names before wildcards, and of these the longest; without names a route takes all. */
function ofServerName(policy: OutboundPolicy, sni: string): TakenOutboundRule {
  const [best] = policy.routes
    .flatMap(route => {
      const names = route.hosts.length > 0 ? route.hosts : ['*'];
      return names
        .filter(name => includesName(name, sni.toLowerCase()))
        .map(name => ({ route, rank: rankOf(name) }));
    })
    .sort((a, b) => b.rank - a.rank);
  return (best && first([best.route])) ?? byDefault(policy);
}

function includesName(pattern: string, name: string): boolean {
  const lower = pattern.toLowerCase();
  if (lower === '*') {
    return true;
  }
  return lower.startsWith('*.')
    ? name.endsWith(lower.slice(1))
    : name === lower;
}

const LONGEST_NAME = 1_000;

function rankOf(pattern: string): number {
  return pattern.startsWith('*')
    ? pattern.length
    : LONGEST_NAME + pattern.length;
}

function first(
  routes: readonly WrittenOutboundRoute[],
): TakenOutboundRule | undefined {
  const [route] = routes;
  const rule = route?.rules[0];
  return rule && { by: 'route', route, index: 0, rule };
}

function byDefault({ defaultRoute }: OutboundPolicy): TakenOutboundRule {
  if (!defaultRoute) {
    return { by: 'nothing' };
  }
  return defaultRoute.forbidden
    ? { by: 'refusal' }
    : { by: 'default', route: defaultRoute, rule: defaultRoute.rule };
}
