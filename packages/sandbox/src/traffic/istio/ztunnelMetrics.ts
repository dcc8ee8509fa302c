import type { Labels } from '../../prometheus/promql/series';
import type { Pod, Service } from '../../world/coreKinds';
import { hostOf } from '../hosts';
import type { Rates } from '../rates';
import { dataPlaneOf, spiffeOf } from './enrolment';
import type { IstioFlow } from './flow';
import { UNKNOWN, workloadLabels, type ReportContext } from './labels';

/** Requests that share a connection. */
const REQUESTS_A_CONNECTION = 20;
/** What a request (and a TCP connection) of the sandbox carries. */
const BYTES = { sent: 1_800, received: 640 };

interface Connection {
  reporter: 'source' | 'destination';
  source: Pod;
  destination: Pod;
  mutual: boolean;
  flags: '-' | 'DENY' | 'CONNECT';
}

/**
 * The ztunnels of client and server count connections: mTLS as `mutual_tls`, plaintext as `unknown` (they have no
 * `none`), a refused one with the flag DENY. The source's principal is that of the handshake. Upstream:
 * istio/ztunnel src/proxy/metrics.rs.
 */
export function countTunnel(
  rates: Rates,
  flow: IstioFlow,
  { cluster, ztunnelOf }: ReportContext,
): void {
  const { client, server, waypoint, wire, outcome } = flow;
  const refused = outcome.by === 'server policy';
  const firstHop = waypoint ?? server;
  if (dataPlaneOf(client) === 'ambient' && firstHop) {
    add(rates, flow, cluster, ztunnelOf(client), {
      reporter: 'source',
      source: client,
      destination: firstHop,
      mutual: waypoint !== undefined || wire === 'mtls',
      flags: refused && !waypoint ? 'CONNECT' : '-',
    });
  }
  if (server && dataPlaneOf(server) === 'ambient') {
    add(rates, flow, cluster, ztunnelOf(server), {
      reporter: 'destination',
      source: waypoint ?? client,
      destination: server,
      mutual: wire === 'mtls',
      flags: refused ? 'DENY' : '-',
    });
  }
}

function add(
  rates: Rates,
  { request, rate, pace, service, called = service }: IstioFlow,
  cluster: string,
  ztunnel: Pod | undefined,
  connection: Connection,
): void {
  if (!ztunnel) {
    return;
  }
  // The client's ztunnel knows what was called, the server's what the waypoint made of it.
  const labels = labelsOf(
    connection,
    connection.reporter === 'source' ? called : service,
    cluster,
  );
  const tcp = request.protocol === 'tcp';
  const connections = tcp ? rate : rate / REQUESTS_A_CONNECTION;
  const carried = connection.flags === '-' ? rate : 0;
  const count = (name: string, value: number) =>
    rates.count(ztunnel, `istio_tcp_${name}_total`, labels, value, pace);
  count('connections_opened', connections);
  count('connections_closed', connections);
  count('sent_bytes', carried * BYTES.sent);
  count('received_bytes', carried * BYTES.received);
}

function labelsOf(
  { reporter, source, destination, mutual, flags }: Connection,
  service: Service | undefined,
  cluster: string,
): Labels {
  return {
    reporter,
    ...workloadLabels('source', source, cluster),
    source_principal:
      mutual && reporter === 'destination' ? spiffeOf(source) : UNKNOWN,
    ...workloadLabels('destination', destination, cluster),
    destination_principal: spiffeOf(destination),
    destination_service: service ? hostOf(service) : UNKNOWN,
    destination_service_name: service?.name ?? UNKNOWN,
    destination_service_namespace: service?.namespace ?? UNKNOWN,
    request_protocol: 'tcp',
    response_flags: flags,
    connection_security_policy: mutual ? 'mutual_tls' : UNKNOWN,
  };
}
