import { Answer } from '../../../contract/common';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { clusterTarget } from '../../cluster/target';
import { MeshService } from '../../meshServices';
import { resolveDestination } from '../../routing/backends';
import { RouteView } from '../../routing/view';
import { Destination } from '../../routing/virtualServiceParts';
import { hashPolicyOf } from '../action/hashPolicy';
import { appliedRetries } from '../action/retries';
import { OutboundAnswer, OutboundCall } from '../call';
import { byFirstRule, notFound } from '../firstRule';
import { portRoutes, PortRoutes } from '../listener/portRoutes';
import {
  VirtualHost,
  virtualHostFor,
  virtualHostNamed,
} from '../listener/virtualHosts';
import { RoutedRequest } from '../matchRequest';
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
  const context = {
    snapshot,
    config: view.config,
    port,
    resolve: (destination: Destination) =>
      resolveDestination(snapshot, destination, port, view),
  };
  const routes = rules.flatMap(({ rule, alternatives }) =>
    alternatives.map(({ match }) => ({ rule, match, context })),
  );
  return byFirstRule(snapshot, routes, { domain, reasonRule: RULE }, request);
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
