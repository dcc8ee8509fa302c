import type { Labels } from '../../prometheus/promql/series';
import type { Pod } from '../../world/coreKinds';
import { asSeenByClient, type Latency } from '../latency';
import type { Rates } from '../rates';
import type { LinkerdFlow } from './flow';
import {
  authorityOf,
  destinationLabels,
  inboundTls,
  outboundTls,
  policyLabels,
  routeLabels,
  serviceReference,
  statusOf,
  targetLabels,
} from './labels';

/** Milliseconds. Upstream: linkerd2-proxy, `latency::BOUNDS`. */
const LATENCY_BOUNDS = [1, 10, 100, 1_000, 10_000].flatMap(scale =>
  [1, 2, 3, 4, 5].map(factor => scale * factor),
);
/** Seconds. Upstream: linkerd2-proxy, `RouteMetrics::{REQUEST,RESPONSE}_BUCKETS`. */
const REQUEST_BOUNDS = [0.05, 0.5, 1, 10];
const RESPONSE_BOUNDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 10];

/** Requests that share a connection. */
const REQUESTS_A_CONNECTION = 50;
/** What an opaque connection of the sandbox carries. */
const BYTES = { read: 4_100, write: 1_300 };

/**
 * What the proxies of a flow count: the client's as `outbound`, the server's as `inbound`; a proxy that the traffic
 * goes around counts nothing.
 */
export function countLinkerdFlow(rates: Rates, flow: LinkerdFlow): void {
  if (flow.outbound) {
    countOutbound(rates, flow);
  }
  if (flow.inbound && flow.server) {
    countInbound(rates, flow, flow.server);
  }
}

function countOutbound(rates: Rates, flow: LinkerdFlow): void {
  const { client, service, server, port, outbound } = flow;
  const transport = {
    direction: 'outbound',
    peer: 'dst',
    authority: authorityOf(flow),
    ...targetLabels(server, port),
    ...outboundTls(flow),
    ...destinationLabels(outbound?.backend?.service ?? service, server),
  };
  if (server) {
    countConnections(rates, flow, client, transport);
  }
  if (flow.opaque) {
    return;
  }
  if (server) {
    const { peer: _peer, ...labels } = transport;
    countHttp(rates, flow, client, labels, asSeenByClient(flow.latency));
  }
  if (outbound?.profileRoute) {
    countProfileRoute(rates, flow, outbound.profileRoute);
  } else if (outbound?.route) {
    countRoute(rates, flow);
  }
}

/** A ServiceProfile's route, before (`route_`) and after (`route_actual_`) retries, of which the sandbox has none. */
function countProfileRoute(
  rates: Rates,
  flow: LinkerdFlow,
  route: string,
): void {
  const { client, rate, pace, latency } = flow;
  const { labels } = statusOf(flow);
  const dst = {
    direction: 'outbound',
    dst: authorityOf(flow),
    rt_route: route,
  };
  for (const name of ['route', 'route_actual']) {
    rates.count(client, `${name}_request_total`, dst, rate, pace);
    rates.count(
      client,
      `${name}_response_total`,
      { ...dst, ...labels },
      rate,
      pace,
    );
  }
  rates.histogram(client, 'route_response_latency_ms', dst, {
    rate,
    latency: asSeenByClient(latency),
    bounds: LATENCY_BOUNDS,
    unit: 1,
    pace,
  });
}

function countRoute(rates: Rates, flow: LinkerdFlow): void {
  const { client, rate, pace, latency, outbound } = flow;
  const labels = routeLabels(flow);
  const status = { http_status: String(statusOf(flow).http), error: '' };
  const duration = {
    rate,
    latency: asSeenByClient(latency),
    unit: 1_000,
    pace,
  };
  const prefix = 'outbound_http_route';
  rates.count(
    client,
    `${prefix}_request_statuses_total`,
    { ...labels, ...status },
    rate,
    pace,
  );
  rates.histogram(client, `${prefix}_request_duration_seconds`, labels, {
    ...duration,
    bounds: REQUEST_BOUNDS,
  });
  if (!outbound?.backend) {
    return;
  }
  const { hostname: _hostname, ...route } = labels;
  const backend = {
    ...route,
    ...serviceReference(
      'backend',
      outbound.backend.service,
      outbound.backend.port,
    ),
  };
  rates.count(client, `${prefix}_backend_requests_total`, backend, rate, pace);
  rates.count(
    client,
    `${prefix}_backend_response_statuses_total`,
    { ...backend, ...status },
    rate,
    pace,
  );
  rates.histogram(
    client,
    `${prefix}_backend_response_duration_seconds`,
    backend,
    { ...duration, bounds: RESPONSE_BOUNDS },
  );
}

function countInbound(rates: Rates, flow: LinkerdFlow, server: Pod): void {
  const { inbound, port, rate, pace } = flow;
  if (!inbound) {
    return;
  }
  const target = targetLabels(server, port);
  const policy = policyLabels(inbound, port);
  const tls = inboundTls(flow);
  const { authorization: _none, ...withoutAuthorization } = inbound;
  const serverOnly = policyLabels(
    { verdict: inbound.verdict, server: inbound.server },
    port,
  );
  countConnections(rates, flow, server, {
    direction: 'inbound',
    peer: 'src',
    ...target,
    ...tls,
    ...serverOnly,
  });
  const protocol = flow.opaque ? 'tcp' : 'http';
  const decided = flow.opaque ? { ...target, ...serverOnly } : target;
  if (inbound.verdict === 'allow') {
    rates.count(
      server,
      `inbound_${protocol}_authz_allow_total`,
      { ...decided, ...policy, ...tls },
      rate,
      pace,
    );
  } else if (inbound.verdict === 'deny') {
    rates.count(
      server,
      `inbound_${protocol}_authz_deny_total`,
      { ...decided, ...policyLabels(withoutAuthorization, port), ...tls },
      rate,
      pace,
    );
  } else {
    rates.count(
      server,
      'inbound_http_route_not_found_total',
      { ...target, ...serverOnly, ...tls },
      rate,
      pace,
    );
  }
  // The proxy refuses before it counts: what it denied is in no response metric of its own.
  if (inbound.verdict === 'allow' && !flow.opaque) {
    countHttp(
      rates,
      flow,
      server,
      {
        direction: 'inbound',
        authority: authorityOf(flow),
        ...target,
        ...tls,
        ...policy,
      },
      flow.latency,
    );
  }
}

function countHttp(
  rates: Rates,
  flow: LinkerdFlow,
  reporter: Pod,
  labels: Labels,
  latency: Latency,
): void {
  const { rate, pace } = flow;
  const { labels: status } = statusOf(flow);
  rates.count(reporter, 'request_total', labels, rate, pace);
  rates.count(reporter, 'response_total', { ...labels, ...status }, rate, pace);
  rates.histogram(
    reporter,
    'response_latency_ms',
    { ...labels, status_code: status.status_code },
    { rate, latency, bounds: LATENCY_BOUNDS, unit: 1, pace },
  );
}

function countConnections(
  rates: Rates,
  { opaque, rate, pace }: LinkerdFlow,
  reporter: Pod,
  labels: Labels,
): void {
  const connections = opaque ? rate : rate / REQUESTS_A_CONNECTION;
  rates.count(reporter, 'tcp_open_total', labels, connections, pace);
  rates.gauge(reporter, 'tcp_open_connections', labels, 1);
  rates.count(
    reporter,
    'tcp_read_bytes_total',
    labels,
    rate * BYTES.read,
    pace,
  );
  rates.count(
    reporter,
    'tcp_write_bytes_total',
    labels,
    rate * BYTES.write,
    pace,
  );
}
