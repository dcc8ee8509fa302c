import { GATEWAY_API_GROUP } from '../../../gateway-api/references';
import { namespaceOf } from '../../../kubernetes/objects';
import { isSubsetOf, isWildcard, overlaps } from '../../hosts';
import { ListenerServer } from './listenerServers';
import { RouteOfGateway } from './routesOfGateway';

/** The kinds of routes that a listener takes by its protocol, where it names none itself. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TCP: ['TCPRoute'],
  TLS: ['TLSRoute'],
};

/**
 * Why a route is not attached to a listener; undefined where it is. Port and section of the parentRef have to be the
 * listener's; one of its hosts has to overlap with the listener's, which has to take routes of its namespace; and its
 * kind has to be one that the listener takes.
 *
 * Upstream: pilot/pkg/config/kube/gateway/conversion.go, `referenceAllowed`; gatewaycommon/conversion.go,
 * `GenerateSupportedKinds`.
 */
export function whyNotAttached(
  route: RouteOfGateway,
  server: ListenerServer,
): string | undefined {
  const { parent, object } = route;
  const { listener } = server;
  if (parent.port !== undefined && parent.port !== listener.port) {
    return `it is for port ${parent.port}`;
  }
  if (parent.sectionName && parent.sectionName !== listener.name) {
    return `it is for the listener ${parent.sectionName}`;
  }
  const hosts = hostnamesOf(route);
  const met = server.hosts
    .map(splitHost)
    .filter(({ host }) => hosts.some(name => overlaps(name, host)));
  if (met.length === 0) {
    return `none of its hosts is one of the listener's (${listener.hostname})`;
  }
  const namespace = namespaceOf(object);
  if (!met.some(({ place }) => place === '*' || place === namespace)) {
    return `the listener takes no routes of Namespace ${namespace}`;
  }
  return takesKind(server, object.kind)
    ? undefined
    : `the listener takes no routes of kind ${object.kind}`;
}

/** The hosts of a route; none is any. */
export function hostnamesOf({ object }: RouteOfGateway): readonly string[] {
  const { hostnames = [] } = object.spec ?? {};
  return hostnames.length > 0 ? hostnames : ['*'];
}

/**
 * Whether a listener takes a host of a route, or another listener beside it, of the same port and protocol, does
 * whose host is closer to it. One that is left out takes nothing away.
 *
 * Upstream: pilot/pkg/config/kube/gateway/conversion.go, `hostnameAllowedByIsolation`.
 */
export function isOwnHost(
  host: string,
  { listener, beside }: ListenerServer,
): boolean {
  const own = listener.hostname ?? '';
  if (own !== '' && !isWildcard(own)) {
    return true;
  }
  if (own !== '' && !overlaps(host, own)) {
    return false;
  }
  return !beside.some(
    other =>
      other.name !== listener.name &&
      other.port === listener.port &&
      other.protocol === listener.protocol &&
      (other.hostname ?? '') !== own &&
      own.length <= (other.hostname ?? '').length &&
      isSubsetOf(host, other.hostname ?? ''),
  );
}

function splitHost(written: string): { place: string; host: string } {
  const [place, host] = written.split('/');
  return host === undefined ? { place: '*', host: place } : { place, host };
}

function takesKind({ listener }: ListenerServer, kind: string): boolean {
  const byProtocol = [
    ...(Object.hasOwn(KINDS, listener.protocol)
      ? KINDS[listener.protocol]
      : []),
    // By default TLS ends too, but for TCPRoutes it has to be said.
    ...(listener.protocol === 'TLS' && listener.tls?.mode === 'Terminate'
      ? ['TCPRoute']
      : []),
  ];
  const written = listener.allowedRoutes?.kinds ?? [];
  return (
    byProtocol.includes(kind) &&
    (written.length === 0 ||
      written.some(
        entry =>
          entry.kind === kind &&
          (entry.group ?? GATEWAY_API_GROUP) === GATEWAY_API_GROUP,
      ))
  );
}
