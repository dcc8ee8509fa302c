import { isSubsetOf, overlaps } from '../../hosts';
import { GatewayServer } from './server';

/**
 * The hosts of a server for the routes of a namespace, without the namespaces that are written before them.
 *
 * Upstream: pkg/config/host/names.go, `NamesForNamespace`.
 */
export function hostsFor(
  { hosts }: Pick<GatewayServer, 'hosts'>,
  namespace: string,
): string[] {
  return hosts.flatMap(written => {
    const [place, host] = written.split('/');
    if (host === undefined) {
      return written;
    }
    return place === namespace || place === '*' ? host : [];
  });
}

/**
 * What hosts have in common: of two of which one covers the other the narrower one.
 *
 * Upstream: pkg/config/host/names.go, `Intersection`.
 */
export function commonHosts(
  hosts: readonly string[],
  others: readonly string[],
): string[] {
  return [
    ...new Set(
      hosts.flatMap(host =>
        others
          .filter(other => overlaps(host, other))
          .map(other => (isSubsetOf(host, other) ? host : other)),
      ),
    ),
  ];
}
