import { isHttp, parseProtocol } from '../../protocol';
import { ProxyServer } from './proxyServers';
import { GatewayServer, isHttpPort, isTlsServer, servesHttp } from './server';

/** The servers of a port that share one listener. */
export interface MergedServers {
  bind: string;
  /** Of the first of them: it says how the listener is built. */
  protocol: string;
  servers: GatewayServer[];
}

/** What listens on a port of a proxy. */
export interface PortServers {
  listeners: MergedServers[];
  /** Which servers share the routes of a server: those of HTTP all, those of HTTPS none. */
  sharedRoutes(server: GatewayServer): readonly GatewayServer[];
  /** What is left out for the sake of an earlier one, and why. */
  rejected: { server: GatewayServer; why: string }[];
}

/** The merging of one port, server by server. */
class Merge {
  readonly listeners = new Map<string, MergedServers>();
  readonly byRouteName = new Map<string, GatewayServer[]>();
  readonly rejected: PortServers['rejected'] = [];
  readonly #port: number;
  readonly #tlsHosts = new Map<string, string>();
  #used = false;
  #plaintext: { protocol: string; bind: string } | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  add(server: GatewayServer): void {
    const duplicates = this.#duplicateHosts(server);
    if (duplicates.length > 0) {
      this.#reject(
        server,
        `an earlier server with TLS has ${duplicates.join(', ')} already`,
      );
    } else if (!this.#used) {
      this.#used = true;
      this.#open(server);
    } else if (this.#plaintext) {
      this.#besidePlaintext(server, this.#plaintext);
    } else {
      this.#besideTls(server);
    }
  }

  /** Of a server with TLS settings; without any its hosts are taken from here on. */
  #duplicateHosts({ tls, hosts, bind }: GatewayServer): string[] {
    if (!tls) {
      return [];
    }
    const duplicates = hosts.filter(host => this.#tlsHosts.get(host) === bind);
    if (duplicates.length === 0) {
      hosts.forEach(host => this.#tlsHosts.set(host, bind));
    }
    return duplicates;
  }

  #besidePlaintext(
    server: GatewayServer,
    current: { protocol: string; bind: string },
  ): void {
    const key = listenerKey(server);
    if (current.bind === server.bind) {
      if (!canShare(server.port.protocol, current.protocol)) {
        this.#reject(
          server,
          `an earlier server has the port for ${current.protocol}`,
        );
        return;
      }
      this.#append(keyOf(current), server);
    } else if (this.listeners.has(key)) {
      this.#append(key, server);
    } else {
      this.#open(server);
    }
  }

  #besideTls(server: GatewayServer): void {
    if (!isTlsServer(server)) {
      this.#open(server);
      return;
    }
    const name = routeName(server, this.#port);
    if (servesHttp(server)) {
      if (this.byRouteName.has(name)) {
        this.#reject(
          server,
          `an earlier server of its Gateway has the port name ${server.port.name} already`,
        );
        return;
      }
      this.byRouteName.set(name, [server]);
    }
    const key = listenerKey(server);
    if (this.listeners.has(key)) {
      this.listeners.get(key)?.servers.push(server);
    } else {
      this.listeners.set(key, listenerOf(server));
    }
  }

  #open(server: GatewayServer): void {
    if (!isTlsServer(server)) {
      this.#plaintext = {
        protocol: server.port.protocol,
        bind: server.bind,
      };
    }
    if (servesHttp(server)) {
      this.byRouteName.set(routeName(server, this.#port), [server]);
    }
    this.listeners.set(listenerKey(server), listenerOf(server));
  }

  #append(key: string, server: GatewayServer): void {
    this.listeners.get(key)?.servers.push(server);
    const name = routeName(server, this.#port);
    this.byRouteName.set(name, [...(this.byRouteName.get(name) ?? []), server]);
  }

  #reject(server: GatewayServer, why: string): void {
    this.rejected.push({ server, why });
  }
}

/**
 * The servers of several Gateways on one port of a proxy, merged. HTTP servers share a listener and its routes; those
 * with TLS share one in which the server name decides, and hosts that an earlier one has already are refused with
 * their whole server. Everything else is for the first: it keeps the port, unless another address is bound.
 *
 * Upstream: pilot/pkg/model/gateway.go, `mergeGateways`.
 */
export function mergedServers(
  all: readonly ProxyServer[],
  port: number,
): PortServers {
  const merge = new Merge(port);
  for (const { server, ports } of all) {
    if (ports.includes(port)) {
      merge.add(server);
    }
  }
  return {
    listeners: [...merge.listeners.values()],
    sharedRoutes: server =>
      merge.byRouteName.get(routeName(server, port)) ?? [],
    rejected: merge.rejected,
  };
}

function listenerOf(server: GatewayServer): MergedServers {
  return {
    bind: server.bind,
    protocol: server.port.protocol,
    servers: [server],
  };
}

function listenerKey({ port, bind }: GatewayServer): string {
  return keyOf({ protocol: port.protocol, bind });
}

function keyOf({ protocol, bind }: { protocol: string; bind: string }): string {
  return JSON.stringify([protocol, bind]);
}

/** HTTP in any of its forms goes with HTTP. */
function canShare(a: string, b: string): boolean {
  return [a, b].every(written => {
    const protocol = parseProtocol(written);
    return protocol !== undefined && isHttp(protocol);
  });
}

/** Servers of HTTP have the routes of the port in common, those that end HTTPS their own. */
function routeName(server: GatewayServer, port: number): string {
  const { number, name } = server.port;
  return isHttpPort(server)
    ? JSON.stringify(['http', port, server.bind])
    : JSON.stringify(['https', number, name, server.gateway, server.bind]);
}
