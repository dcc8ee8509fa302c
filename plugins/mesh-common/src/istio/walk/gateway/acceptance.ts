import { Answer, Reason } from '../../../contract/common';
import { Accepts } from '../../../contract/mtls';
import { GATEWAY_NAME_LABEL } from '../../../gateway-api/objects';
import { Pod } from '../../../kubernetes/core';
import { namespaceOf } from '../../../kubernetes/objects';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { meshConfig } from '../../meshConfig';
import { injectedRevision } from '../../pods';
import { objectReason, titleOf } from '../../routing/source';
import { RouteView } from '../../routing/view';
import { unreadServers } from './gatewayCall';
import { gatewayChains, GatewayTarget } from './listener';
import { mergedServers } from './mergedServers';
import { proxyServers } from './proxyServers';
import { GatewayServer, isHttpPort } from './server';
import { openedBy } from './serverReasons';

const RULE = 'istio/gateway-accepts';

/** Ports on which the proxy answers for itself: merged metrics, health, its own metrics. */
const OWN_PORTS: ReadonlySet<number> = new Set([15020, 15021, 15090]);

/**
 * What a gateway accepts on a port of its pods: what the servers of its Gateways say. One without TLS takes plaintext
 * alone, `ISTIO_MUTUAL` mutual TLS of the mesh, `AUTO_PASSTHROUGH` passes this on, the others are for TLS with
 * certificates of their own. PeerAuthentication does not concern the listeners of a gateway.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `buildGatewayListeners`, `buildGatewayListenerTLSContext`; no
 * listener of a router asks pilot/pkg/security/authn for a mode.
 */
export function gatewayAccepts(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): Answer<Accepts> & { term?: string } {
  if (OWN_PORTS.has(port)) {
    return nothing([
      {
        rule: RULE,
        text: `Port ${port} answers health checks or scrapes of the proxy itself and carries no traffic`,
      },
    ]);
  }
  const tunnel = tunnelListener(snapshot, pod, port);
  if (tunnel) {
    return { value: 'mtls-only', term: 'HBONE', reasons: [tunnel] };
  }
  const mesh = meshConfig(snapshot, injectedRevision(pod));
  if (mesh.state === 'unknown') {
    return mesh.answer;
  }
  const namespace = namespaceOf(pod);
  const unread = unreadServers(snapshot, [
    namespace,
    mesh.config.rootNamespace,
  ]);
  if (unread) {
    return unread;
  }
  const { labels } = pod.metadata;
  const view: RouteView = {
    proxy: 'gateway',
    namespace,
    labels,
    config: mesh.config,
  };
  const ports = mergedServers(
    proxyServers(snapshot, { namespace, labels }),
    port,
  );
  const chains = gatewayChains(snapshot, ports.listeners, ports, view);
  return chains.length > 0
    ? acceptedBy(
        snapshot,
        chains.map(({ leadsTo }) => leadsTo),
      )
    : nothing(
        ports.listeners.length > 0
          ? openedBy(snapshot, ports.listeners).map(reason => ({
              ...reason,
              text: `${reason.text}, but has no routes, so that nothing listens`,
            }))
          : [
              {
                rule: RULE,
                text: `No Gateway that configures this proxy opens its port ${port}`,
              },
            ],
      );
}

function nothing(reasons: Reason[]): Answer<Accepts> {
  return { value: 'nothing', reasons };
}

function acceptedBy(
  snapshot: MeshSnapshot,
  targets: readonly GatewayTarget[],
): Answer<Accepts> & { term?: string } {
  const servers = [
    ...new Set(
      targets.flatMap(target =>
        target.to === 'routes' && !target.endsTls
          ? target.servers
          : target.server,
      ),
    ),
  ];
  const judged = servers.map(server => ({
    server,
    ...acceptedByServer(server),
  }));
  const values = new Set(judged.map(({ value }) => value));
  const terms = new Set(judged.map(({ term }) => term));
  const [term] = terms;
  return {
    value: worst(values),
    ...(terms.size === 1 && term && { term }),
    reasons: judged.map(({ server: { written, hosts, port }, text }) =>
      objectReason(
        snapshot,
        written,
        RULE,
        `${titleOf(written)}, port ${port.number} for ${hosts.join(
          ', ',
        )}: ${text}; PeerAuthentication does not concern it`,
        written.field,
      ),
    ),
  };
}

/** What protects least is said of the whole port. */
function worst(values: ReadonlySet<Accepts>): Accepts {
  const order: readonly Accepts[] = ['plaintext-only', 'own-tls', 'mtls-only'];
  return order.find(value => values.has(value)) ?? 'unknown';
}

function acceptedByServer(server: GatewayServer): {
  value: Accepts;
  term?: string;
  text: string;
} {
  const { tls, port } = server;
  if (!tls || isHttpPort(server)) {
    return {
      value: 'plaintext-only',
      text: tls?.httpsRedirect
        ? 'plaintext HTTP, which is redirected to https'
        : `${port.protocol} without TLS`,
    };
  }
  const { mode } = tls;
  switch (mode) {
    case 'ISTIO_MUTUAL':
      return {
        value: 'mtls-only',
        term: mode,
        text: 'mutual TLS of the mesh',
      };
    case 'AUTO_PASSTHROUGH':
      return {
        value: 'mtls-only',
        term: mode,
        text: 'mutual TLS of the mesh, which goes on to the workload that the server name spells and ends there',
      };
    case 'PASSTHROUGH':
      return {
        value: 'own-tls',
        term: mode,
        text: 'TLS, which passes through and ends behind the gateway',
      };
    case 'MUTUAL':
      return {
        value: 'own-tls',
        term: mode,
        text: 'TLS with a certificate of its own, from clients with a certificate',
      };
    default:
      return {
        value: 'own-tls',
        term: mode,
        text: 'TLS with a certificate of its own',
      };
  }
}

/** The listener by which an east-west gateway of the ambient mode carries HBONE. */
function tunnelListener(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): Reason | undefined {
  const name = pod.metadata.labels[GATEWAY_NAME_LABEL] ?? '';
  const kind = 'gateway.networking.k8s.io/Gateway';
  const gateway = snapshot.get(kind, namespaceOf(pod), name);
  const index = (gateway?.spec?.listeners ?? []).findIndex(
    listener => listener.protocol === 'HBONE' && listener.port === port,
  );
  return gateway && index >= 0
    ? objectReason(
        snapshot,
        { kind, object: gateway },
        RULE,
        `Gateway ${namespaceOf(
          gateway,
        )}/${name} takes HBONE on port ${port}, which is mutual TLS`,
        `spec.listeners[${index}]`,
      )
    : undefined;
}
