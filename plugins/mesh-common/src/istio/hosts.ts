/*
 * Hosts as Istio compares them: fully resolved names, and wildcards that begin with `*`.
 * Upstream: pkg/config/host/name.go; pilot/pkg/model/config.go.
 */

export function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/** Whether two hosts overlap; of wildcards it is enough that one covers the other. */
export function overlaps(a: string, b: string): boolean {
  return isSubsetOf(a, b) || isSubsetOf(b, a);
}

/**
 * Whether every name that `host` stands for is one that `other` stands for.
 *
 * @public
 */
export function isSubsetOf(host: string, other: string): boolean {
  if (!isWildcard(other)) {
    return host === other;
  }
  return isWildcard(host)
    ? host.length >= other.length && host.slice(1).endsWith(other.slice(1))
    : host.endsWith(other.slice(1));
}

/**
 * The host that a short name means for an object of a namespace: a Service there. Whatever has a dot is taken
 * as it is written (`reviews.shop` too), and so are `*` and IPv6 addresses.
 *
 * Upstream: pilot/pkg/model/config.go, `ResolveShortnameToFQDN`.
 */
export function resolveHost(
  host: string,
  namespace: string,
  domain: string,
): string {
  return host === '' || host === '*' || /[.:]/.test(host)
    ? host
    : `${host}.${namespace}.svc.${domain}`;
}

/** The full name of a Service. */
export function serviceHost(
  { name, namespace }: { name: string; namespace: string },
  domain: string,
): string {
  return `${name}.${namespace}.svc.${domain}`;
}

/** The Service that a full name is of; undefined where it is none of the cluster's domain. */
export function parseServiceHost(
  host: string,
  domain: string,
): { name: string; namespace: string } | undefined {
  const suffix = `.svc.${domain}`;
  if (!host.endsWith(suffix)) {
    return undefined;
  }
  const [name, namespace, ...rest] = host.slice(0, -suffix.length).split('.');
  return name && namespace && rest.length === 0
    ? { name, namespace }
    : undefined;
}

/**
 * The entry whose host matches a host most specifically: the same host, else the longest wildcard that covers
 * it, of equally long ones the first by code point.
 *
 * Upstream: pilot/pkg/model/config.go, `MostSpecificHostMatch`; pkg/config/host/names.go, `MoreSpecific`.
 */
export function mostSpecific<T>(
  host: string,
  entries: ReadonlyMap<string, T>,
): { host: string; value: T } | undefined {
  const exact = entries.get(host);
  if (exact !== undefined) {
    return { host, value: exact };
  }
  let best: { host: string; value: T } | undefined;
  for (const [candidate, value] of entries) {
    if (
      isWildcard(candidate) &&
      isSubsetOf(host, candidate) &&
      (!best || isMoreSpecific(candidate, best.host))
    ) {
      best = { host: candidate, value };
    }
  }
  return best;
}

function isMoreSpecific(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length > b.length;
}
