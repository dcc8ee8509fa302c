import { Answer, Reason } from '../../../contract/common';
import { lowerCase } from '../../../mesh/walk/headers';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { objectReason, titleOf } from '../../routing/source';
import { RouteView } from '../../routing/view';
import { OutboundAnswer, OutboundCall } from '../call';
import { byFirstRule, notFound } from '../firstRule';
import { pathWithoutQuery, RoutedRequest } from '../matchRequest';
import { GatewayTarget } from './listener';
import { lostSources } from './lostSources';
import { GatewayServer } from './server';
import { gatewayVirtualHost } from './virtualHost';

const RULE = 'istio/gateway-routes';

const UNBELIEVED: Reason = {
  rule: RULE,
  text: 'X-Forwarded-Proto says https already, which the gateway does not believe: no proxy in front of it is trusted (numTrustedProxies). Behind a load balancer that ends TLS every request is redirected again',
};

/**
 * What the routes that servers have in common make of a request: the Host header chooses a virtual host, whose first
 * rule that the request meets is applied. A server that redirects sends every plaintext request for its hosts on to
 * HTTPS, unless a proxy that is trusted says that its client uses that.
 */
export function gatewayRouted(
  snapshot: MeshSnapshot,
  call: OutboundCall,
  { servers, endsTls }: Extract<GatewayTarget, { to: 'routes' }>,
  view: RouteView,
): OutboundAnswer | Answer<'unknown'> {
  const request = requestAt(call, endsTls);
  const host = gatewayVirtualHost(snapshot, servers, request.authority, view);
  const lost = () =>
    lostSources(
      snapshot,
      servers,
      request.authority.replace(/:\d+$/, '').toLowerCase(),
      view,
    );
  if (!host) {
    return notFound([
      {
        rule: RULE,
        text: `No route that is bound to the gateway has the host ${request.authority} on this port`,
      },
      ...lost(),
    ]);
  }
  if (host.redirectedBy && !endsTls && call.forwardedProto !== 'https') {
    return toHttps(snapshot, request, host.redirectedBy);
  }
  const answer = byFirstRule(
    snapshot,
    host.routes,
    { domain: host.domain, reasonRule: RULE },
    request,
  );
  return 'outcome' in answer && answer.outcome === 'no-route'
    ? { ...answer, reasons: [...answer.reasons, ...lost()] }
    : answer;
}

/** Upstream: Envoy source/common/http/utility.cc, `createSslRedirectPath`. */
function toHttps(
  snapshot: MeshSnapshot,
  { path, headers }: RoutedRequest,
  { written }: GatewayServer,
): OutboundAnswer {
  return {
    outcome: 'redirect',
    destinations: [],
    mirrors: [],
    redirect: { code: 301, path: pathWithoutQuery(path), scheme: 'https' },
    reasons: [
      objectReason(
        snapshot,
        written,
        RULE,
        `${titleOf(written)} sends plaintext requests on to HTTPS`,
        `${written.field}.tls.httpsRedirect`,
      ),
      ...(saysHttps(headers) ? [UNBELIEVED] : []),
    ],
  };
}

function saysHttps(headers: Readonly<Record<string, string>>): boolean {
  return lowerCase(headers)['x-forwarded-proto'] === 'https';
}

/** Clients leave the port of a scheme out of the Host header. */
function requestAt(
  {
    method = 'GET',
    path = '/',
    headers = {},
    host,
    port,
    tokens,
  }: OutboundCall,
  https: boolean,
): RoutedRequest {
  const written = Object.entries(headers).find(
    ([name]) => name.toLowerCase() === 'host',
  );
  const usual = https ? 443 : 80;
  return {
    method,
    path,
    headers,
    authority: written?.[1] ?? (port === usual ? host : `${host}:${port}`),
    scheme: https ? 'https' : 'http',
    ...(tokens && { tokens }),
  };
}
