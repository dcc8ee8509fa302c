import { Answer, Reason } from '../../../contract/common';
import { unknown } from '../../../mesh/answers';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { clusterTarget } from '../../cluster/target';
import { MeshService } from '../../meshServices';
import { resolveDestination } from '../../routing/backends';
import {
  isGatewayApi,
  objectReason,
  ruleName,
  SourceRule,
} from '../../routing/source';
import { RouteView } from '../../routing/view';
import { appliedRule } from '../actions';
import { hashPolicyOf } from '../action/hashPolicy';
import { appliedRetries } from '../action/retries';
import { OutboundAnswer, OutboundCall } from '../call';
import { portRoutes, PortRoutes } from '../listener/portRoutes';
import {
  VirtualHost,
  virtualHostFor,
  virtualHostNamed,
} from '../listener/virtualHosts';
import { matchesRequest, RoutedRequest } from '../matchRequest';
import { takenRule } from '../takenRule';
import { unknownDestination } from './unknownDestination';

const RULE = 'istio/outbound-routes';

/**
 * What the HTTP routes of a port make of a request: the Host header chooses a virtual host, whose first rule that the
 * request meets is applied; where it meets none the answer is 404. Where a listener is for one service alone, the Host
 * header does not matter.
 */
export function routed(
  snapshot: MeshSnapshot,
  call: OutboundCall,
  of: 'port' | MeshService,
  view: RouteView,
): OutboundAnswer | Answer<'unknown'> {
  const request = requestOf(call);
  const routes = portRoutes(snapshot, call.port, view);
  const host = routes && hostIn(routes, request.authority, of);
  if (host) {
    return host.source
      ? byRules(snapshot, host, request, call.port, view)
      : toService(snapshot, host, call.port, view);
  }
  return of === 'port'
    ? unknownDestination(snapshot, call, true, view)
    : notFound([
        {
          rule: RULE,
          text: `No routes for ${of.host} are there on port ${call.port}`,
        },
      ]);
}

/** The request as the client writes it. */
export function requestOf({
  method = 'GET',
  path = '/',
  headers = {},
  host,
  port,
}: OutboundCall): RoutedRequest {
  const written = Object.entries(headers).find(
    ([name]) => name.toLowerCase() === 'host',
  );
  return {
    method,
    path,
    headers,
    authority: written?.[1] ?? (port === 80 ? host : `${host}:${port}`),
    scheme: 'http',
  };
}

function hostIn(
  routes: PortRoutes,
  authority: string,
  of: 'port' | MeshService,
): VirtualHost | undefined {
  return of === 'port'
    ? virtualHostFor(routes, authority)
    : virtualHostNamed(routes, of.host.toLowerCase());
}

function byRules(
  snapshot: MeshSnapshot,
  { rules, domain }: VirtualHost,
  request: RoutedRequest,
  port: number,
  view: RouteView,
): OutboundAnswer | Answer<'unknown'> {
  for (const { rule, alternatives } of rules) {
    for (const { match } of alternatives) {
      const verdict = matchesRequest(match, request, isGatewayApi(rule));
      if (verdict === 'unknown') {
        return unreadable(rule);
      }
      if (verdict) {
        const done = appliedRule(rule, match, request, {
          snapshot,
          config: view.config,
          port,
          resolve: destination =>
            resolveDestination(snapshot, destination, port, view),
        });
        return done === 'unknown'
          ? unreadable(rule)
          : {
              ...done,
              by: takenRule(rule, match),
              reasons: [writtenIn(snapshot, rule)],
            };
      }
    }
  }
  return notFound([
    {
      rule: RULE,
      text: `No rule for ${domain} matches the request, and a host with rules gets only what they match`,
    },
    ...rules.slice(0, 1).map(({ rule }) => writtenIn(snapshot, rule)),
  ]);
}

function writtenIn(snapshot: MeshSnapshot, rule: SourceRule): Reason {
  const { written, http } = rule;
  return objectReason(
    snapshot,
    written,
    RULE,
    `Written in ${ruleName(rule)}${http.name ? ` (${http.name})` : ''}`,
    written.field,
  );
}

function unreadable(rule: SourceRule): Answer<'unknown'> {
  return unknown(
    'malformed',
    RULE,
    `${ruleName(rule)} has a regular expression that cannot be read`,
  );
}

function toService(
  snapshot: MeshSnapshot,
  { service }: VirtualHost,
  port: number,
  view: RouteView,
): OutboundAnswer {
  const host = service?.host ?? '';
  const retries = appliedRetries(snapshot, undefined, view.config);
  const hash = hashPolicyOf(
    clusterTarget(snapshot, { host, port }, view),
    port,
  );
  return {
    outcome: 'route',
    destinations: [{ host, port, weight: 100 }],
    mirrors: [],
    ...(retries && { retries }),
    ...(hash && { hashPolicies: [hash] }),
    reasons: [
      {
        rule: RULE,
        text: `No rule for ${host} decides on port ${port}: the request goes to the service itself`,
      },
    ],
  };
}

function notFound(reasons: Reason[]): OutboundAnswer {
  return { outcome: 'no-route', destinations: [], mirrors: [], reasons };
}
