import ipaddr from 'ipaddr.js';

/** What a listener does with some of its connections. */
export interface Chain<T> {
  /** Server names that it is for; none: any, and connections without one. */
  sniHosts: readonly string[];
  /** Ranges of destination addresses that it is for; none: any. */
  ranges: readonly string[];
  /** It takes plaintext HTTP only, found out by looking at the first bytes. */
  httpOnly: boolean;
  leadsTo: T;
}

/** A connection as a listener sees it. */
export interface Connection {
  protocol: 'http' | 'tls' | 'tcp';
  /** Where it goes to. */
  address?: string;
  sni?: string;
}

/**
 * The chain that takes a connection: by the range that its destination is in (the smallest first), then by the server
 * name (exact before wildcards, the longest first), then by what is spoken. Each step keeps to what the one before has
 * chosen; what is left over then goes to the chain without conditions.
 *
 * Upstream: Envoy source/common/listener_manager/filter_chain_manager_impl.cc, `findFilterChain`;
 * pilot/pkg/networking/core/listener.go, `buildListenerFromEntry`.
 */
export function chainFor<T>(
  chains: readonly Chain<T>[],
  connection: Connection,
): Chain<T> | undefined {
  const unconditional = chains.find(isUnconditional);
  const conditional = chains.filter(chain => chain !== unconditional);
  // Only where a chain asks for server names does the listener look for them.
  const looks = chains.some(({ sniHosts }) => sniHosts.length > 0);
  const sni =
    looks && connection.protocol === 'tls' ? connection.sni : undefined;
  const here = byName(byRange(conditional, connection.address), sni);
  const found =
    here.find(({ httpOnly }) => httpOnly && connection.protocol === 'http') ??
    here.find(({ httpOnly }) => !httpOnly);
  return found ?? unconditional;
}

/** Whether two chains are for the same connections, so that a listener can have only one of them. */
export function isSameMatch<T>(a: Chain<T>, b: Chain<T>): boolean {
  const key = ({ sniHosts, ranges, httpOnly }: Chain<T>) =>
    JSON.stringify([
      httpOnly,
      [...new Set(sniHosts)].filter(host => host !== '*').sort(),
      [...new Set(ranges.flatMap(range => networkOf(range) ?? []))].sort(),
    ]);
  return key(a) === key(b);
}

function isUnconditional<T>({ sniHosts, ranges, httpOnly }: Chain<T>): boolean {
  return hasAnyName({ sniHosts }) && ranges.length === 0 && !httpOnly;
}

/**
 * Beside `*` other names do not count.
 *
 * Upstream: pilot/pkg/networking/core/listener.go, `toFilterChainMatch`.
 */
function hasAnyName({ sniHosts }: Pick<Chain<unknown>, 'sniHosts'>): boolean {
  return sniHosts.length === 0 || sniHosts.includes('*');
}

function byRange<T>(
  chains: readonly Chain<T>[],
  address: string | undefined,
): readonly Chain<T>[] {
  const measured = chains.map(chain => ({
    chain,
    bits: Math.max(
      ...(chain.ranges.length === 0
        ? [0]
        : chain.ranges.map(range => bitsOf(range, address))),
    ),
  }));
  const longest = Math.max(...measured.map(({ bits }) => bits));
  return measured
    .filter(({ bits }) => bits >= 0 && bits === longest)
    .map(({ chain }) => chain);
}

function byName<T>(
  chains: readonly Chain<T>[],
  sni: string | undefined,
): readonly Chain<T>[] {
  const nameless = chains.filter(hasAnyName);
  if (!sni) {
    return nameless;
  }
  const name = sni.toLowerCase();
  const labels = name.split('.');
  const patterns = [
    name,
    ...labels.slice(1).map((_, at) => `*.${labels.slice(at + 1).join('.')}`),
  ];
  for (const pattern of patterns) {
    const named = chains.filter(
      chain =>
        !hasAnyName(chain) &&
        chain.sniHosts.some(host => host.toLowerCase() === pattern),
    );
    if (named.length > 0) {
      return named;
    }
  }
  return nameless;
}

/** How many bits of an address a range that contains it fixes; -1 where it does not contain it. */
function bitsOf(range: string, address: string | undefined): number {
  const network = networkOf(range);
  if (!network || !address || !ipaddr.isValid(address)) {
    return -1;
  }
  const [base, bits] = ipaddr.parseCIDR(network);
  const parsed = ipaddr.process(address);
  return parsed.kind() === base.kind() && parsed.match(base, bits) ? bits : -1;
}

/** A range in its shortest form, of a single address too; undefined where it is none. */
function networkOf(range: string): string | undefined {
  const [address, written] = range.split('/');
  if (!ipaddr.isValid(address)) {
    return undefined;
  }
  const parsed = ipaddr.process(address);
  const bits = written ?? String(parsed.kind() === 'ipv4' ? 32 : 128);
  const cidr = `${parsed.toString()}/${bits}`;
  if (!ipaddr.isValidCIDR(cidr)) {
    return undefined;
  }
  const base =
    parsed.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(cidr)
      : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return `${base.toString()}/${bits}`;
}
