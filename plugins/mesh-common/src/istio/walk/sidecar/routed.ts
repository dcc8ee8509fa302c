import { Answer } from '../../../contract/common';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { MeshConfig } from '../../meshConfig';
import { MeshService } from '../../meshServices';
import { RouteView } from '../../routing/view';
import { OutboundAnswer, OutboundCall } from '../call';
import { byChosenRules, toServiceItself } from '../chosenRules';
import { notFound } from '../firstRule';
import { portRoutes, PortRoutes } from '../listener/portRoutes';
import {
  VirtualHost,
  virtualHostFor,
  virtualHostNamed,
} from '../listener/virtualHosts';
import { RoutedRequest } from '../matchRequest';
import { normalizedPath, withPath } from '../normalizedPath';
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
  const request = requestOf(call, view.config);
  const routes = portRoutes(snapshot, call.port, view);
  const host = routes && hostIn(routes, request.authority, of);
  if (host) {
    const applying = { snapshot, port: call.port, view };
    const answer = host.source
      ? byChosenRules(applying, host.domain, host.rules, request)
      : toServiceItself(applying, host.service?.host ?? host.domain);
    return withPath(answer, request.path, call.path);
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

/** The request as the client writes it, but for what the proxy does to the path before it looks at it. */
export function requestOf(
  { method = 'GET', path = '/', headers = {}, host, port }: OutboundCall,
  config: MeshConfig,
): RoutedRequest {
  const written = Object.entries(headers).find(
    ([name]) => name.toLowerCase() === 'host',
  );
  return {
    method,
    path: normalizedPath(path, config),
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
