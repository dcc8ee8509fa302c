import type { Labels } from '../../prometheus/promql/series';
import type { Pod, Service } from '../../world/coreKinds';
import { hostOf } from '../hosts';
import { asSeenByClient } from '../latency';
import type { Rates } from '../rates';
import { dataPlaneOf, spiffeOf } from './enrolment';
import type { IstioFlow } from './flow';
import { UNKNOWN, workloadLabels, type ReportContext } from './labels';
import { countTunnel } from './ztunnelMetrics';

/** Envoy's histogram buckets, which Istio does not change, in milliseconds. */
const DURATION_BOUNDS = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000,
  300000, 600000, 1800000, 3600000,
];

/** What a TCP connection of the sandbox carries. */
const BYTES = { sent: 5_200, received: 1_400 };

/**
 * What the proxies of a flow count. A client's sidecar or gateway reports as `source`, a server's sidecar as
 * `destination`, a waypoint as `waypoint`; ztunnels count connections only. Names and labels: istio/proxy,
 * source/extensions/filters/http/istio_stats/istio_stats.cc.
 */
export function countIstioFlow(
  rates: Rates,
  flow: IstioFlow,
  context: ReportContext,
): void {
  const { client, server, waypoint, outcome } = flow;
  const { cluster } = context;
  if (dataPlaneOf(client) === 'sidecar') {
    count(rates, flow, client, sourceReport(flow, cluster));
  }
  if (waypoint) {
    count(rates, flow, waypoint, waypointReport(flow, waypoint, cluster));
  }
  if (
    server &&
    dataPlaneOf(server) === 'sidecar' &&
    outcome.by !== 'reset' &&
    outcome.by !== 'client'
  ) {
    count(rates, flow, server, destinationReport(flow, server, cluster));
  }
  countTunnel(rates, flow, context);
}

function count(
  rates: Rates,
  { request, rate, pace, latency }: IstioFlow,
  reporter: Pod,
  labels: Labels,
): void {
  if (request.protocol === 'tcp') {
    const {
      response_code: _code,
      grpc_response_status: _grpc,
      ...tcp
    } = labels;
    const opened = { ...tcp, request_protocol: 'tcp' };
    for (const name of ['opened', 'closed']) {
      rates.count(
        reporter,
        `istio_tcp_connections_${name}_total`,
        opened,
        rate,
        pace,
      );
    }
    rates.count(
      reporter,
      'istio_tcp_sent_bytes_total',
      opened,
      rate * BYTES.sent,
      pace,
    );
    rates.count(
      reporter,
      'istio_tcp_received_bytes_total',
      opened,
      rate * BYTES.received,
      pace,
    );
    return;
  }
  rates.count(reporter, 'istio_requests_total', labels, rate, pace);
  rates.histogram(reporter, 'istio_request_duration_milliseconds', labels, {
    rate,
    latency: labels.reporter === 'source' ? asSeenByClient(latency) : latency,
    bounds: DURATION_BOUNDS,
    unit: 1,
    pace,
  });
}

/** A client's proxy knows itself, and its peer from the endpoint's metadata; security it does not report. */
function sourceReport(flow: IstioFlow, cluster: string): Labels {
  const { client, server, service, wire, outcome } = flow;
  const mutual = wire === 'mtls' && outcome.by !== 'reset';
  return {
    reporter: 'source',
    ...workloadLabels('source', client, cluster),
    source_principal: mutual ? spiffeOf(client) : UNKNOWN,
    ...workloadLabels('destination', server, cluster),
    destination_principal: mutual && server ? spiffeOf(server) : UNKNOWN,
    ...serviceLabels(flow, service, server?.namespace ?? UNKNOWN),
    ...responseLabels(flow),
    connection_security_policy: UNKNOWN,
  };
}

/** A server's sidecar knows its peer from the metadata exchange; from a client without a proxy it knows nothing. */
function destinationReport(
  flow: IstioFlow,
  server: Pod,
  cluster: string,
): Labels {
  const { client, service, wire } = flow;
  const known = dataPlaneOf(client) === 'none' ? undefined : client;
  return {
    reporter: 'destination',
    ...workloadLabels('source', known, cluster),
    source_principal: wire === 'mtls' ? spiffeOf(client) : UNKNOWN,
    ...workloadLabels('destination', server, cluster),
    destination_principal: wire === 'mtls' ? spiffeOf(server) : UNKNOWN,
    ...serviceLabels(flow, service, server.namespace),
    ...responseLabels(flow),
    connection_security_policy: wire === 'mtls' ? 'mutual_tls' : 'none',
  };
}

/** A waypoint is reached by mTLS only, and reports the Service's namespace as its own. */
function waypointReport(
  flow: IstioFlow,
  waypoint: Pod,
  cluster: string,
): Labels {
  const { client, server, service } = flow;
  return {
    reporter: 'waypoint',
    ...workloadLabels('source', client, cluster),
    source_principal: spiffeOf(client),
    ...workloadLabels('destination', server, cluster),
    destination_principal: server ? spiffeOf(server) : UNKNOWN,
    ...serviceLabels(flow, service, waypoint.namespace),
    ...responseLabels(flow),
    connection_security_policy: 'mutual_tls',
  };
}

/** Without a cluster the proxy has nothing but the Host header. */
function serviceLabels(
  { request, outcome }: IstioFlow,
  service: Service | undefined,
  namespace: string,
): Labels {
  const known =
    service && !(outcome.by === 'client' && !outcome.clusterKnown)
      ? service
      : undefined;
  const header =
    request.port === 80 ? request.host : `${request.host}:${request.port}`;
  return {
    destination_service: known ? hostOf(known) : header,
    destination_service_name: known ? known.name : header,
    destination_service_namespace: namespace,
  };
}

function responseLabels({ request, outcome }: IstioFlow): Labels {
  const { code, flags } = responseOf(outcome, request.protocol === 'tcp');
  const grpcStatus = code < 400 ? '0' : '14';
  return {
    request_protocol: request.protocol,
    response_code: String(code),
    grpc_response_status: request.protocol === 'grpc' ? grpcStatus : '',
    response_flags: flags,
  };
}

function responseOf(
  outcome: IstioFlow['outcome'],
  tcp: boolean,
): { code: number; flags: string } {
  switch (outcome.by) {
    case 'server':
      return { code: outcome.code, flags: '-' };
    case 'server policy':
      return { code: tcp ? 0 : 403, flags: '-' };
    case 'reset':
      return { code: tcp ? 0 : 503, flags: 'UC' };
    default:
      return { code: outcome.code, flags: outcome.flags };
  }
}
