import { Gateway } from '../../objects';
import { isHttp, parseProtocol } from '../../protocol';
import { RouteObject } from '../../routing/source';

/** A port that a Gateway opens for some hosts. Of the Gateway API each listener is one. */
export interface GatewayServer {
  /** The name by which routes are bound: `namespace/name`, of the Gateway API with the listener. */
  gateway: string;
  /** Where it is written. */
  written: RouteObject & { field: string };
  namespace: string;
  port: { number: number; name: string; protocol: string };
  /** Perhaps with the namespace before a slash whose routes it is for; `~` is none. */
  hosts: readonly string[];
  /** The address to listen on; empty: all. */
  bind: string;
  tls?: { mode: string; httpsRedirect: boolean };
}

export function isHttpPort({ port }: GatewayServer): boolean {
  const protocol = parseProtocol(port.protocol);
  return protocol !== undefined && isHttp(protocol);
}

/** Whether the client's TLS goes on as it is. */
export function passesThrough({ tls }: GatewayServer): boolean {
  return tls?.mode === 'PASSTHROUGH' || tls?.mode === 'AUTO_PASSTHROUGH';
}

/** Whether it has TLS settings that are not just a redirect of plaintext. */
export function isTlsServer(server: GatewayServer): boolean {
  return server.tls !== undefined && !isHttpPort(server);
}

/** Whether HTTP routes apply, in plaintext or once the TLS of the client has ended. */
export function servesHttp(server: GatewayServer): boolean {
  return isHttpPort(server) || (isHttps(server) && !passesThrough(server));
}

/** Whether it ends the client's TLS and speaks HTTP inside. */
export function endsHttps(server: GatewayServer): boolean {
  return server.tls !== undefined && isHttps(server) && !passesThrough(server);
}

/** The hosts by which a client names it in a client hello. */
export function sniHostsOf({ hosts }: GatewayServer): string[] {
  return [...new Set(hosts.map(host => host.replace(/^[^/]*\//, '')))];
}

/**
 * The servers of an Istio Gateway. In hosts `./` is the Gateway's own namespace, and `*` + `/` says nothing; without
 * a port a server is nothing.
 *
 * Upstream: pilot/pkg/model/gateway.go, `sanitizeServerHostNamespace`.
 */
export function istioServers(gateway: Gateway): GatewayServer[] {
  const { name, namespace = '' } = gateway.metadata;
  return (gateway.spec?.servers ?? []).flatMap(
    ({ port, hosts = [], bind = '', tls }, index) =>
      port
        ? {
            gateway: `${namespace}/${name}`,
            written: {
              kind: 'networking.istio.io/Gateway' as const,
              object: gateway,
              field: `spec.servers[${index}]`,
            },
            namespace,
            port: {
              number: port.number,
              name: port.name ?? '',
              protocol: port.protocol ?? '',
            },
            hosts: sanitized(hosts, namespace),
            bind,
            ...(tls && {
              tls: {
                mode: tls.mode ?? 'PASSTHROUGH',
                httpsRedirect: tls.httpsRedirect ?? false,
              },
            }),
          }
        : [],
  );
}

function sanitized(hosts: readonly string[], namespace: string): string[] {
  return hosts.includes('*/*')
    ? ['*']
    : hosts.map(host =>
        host.replace(/^\.\//, `${namespace}/`).replace(/^\*\//, ''),
      );
}

function isHttps({ port }: GatewayServer): boolean {
  return parseProtocol(port.protocol) === 'https';
}
