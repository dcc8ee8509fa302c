import { isValid, parse, parseCIDR } from 'ipaddr.js';

/** An address, and how many of its first bits count. */
export type AddressBlock = ReturnType<typeof parseCIDR>;

/** Four parts, which are an IPv4 address or the end of one of IPv6. */
const QUAD = /(?<=^|:)\d{1,3}(?:\.\d{1,3}){3}$/;

const MAX_PART = 255;

/**
 * An address block, or undefined where a text is none; an address is a block of one. As Rust reads them: an IPv4 address has
 * four decimal parts, which may have leading zeros before a prefix only; and a prefix has no more digits than the longest.
 *
 * Upstream: policy-controller/k8s/api/src/policy/network.rs, `Cidr`; https://docs.rs/ipnet, `parser.rs`.
 */
export function parseBlock(written: string): AddressBlock | undefined {
  const [host, prefix] = partsOf(written);
  const isIpv6 = host.includes(':');
  const [quad] = QUAD.exec(host) ?? [];
  const isPrefix = isIpv6 ? /^\d{1,3}$/ : /^\d{1,2}$/;
  if (
    (quad === undefined && (!isIpv6 || host.includes('.'))) ||
    (quad !== undefined && !isQuad(quad, prefix !== undefined)) ||
    (prefix !== undefined && !isPrefix.test(prefix)) ||
    hasZone(host)
  ) {
    return undefined;
  }
  const text = host.replace(QUAD, found => plainQuad(found, isIpv6));
  if (!isValid(text)) {
    return undefined;
  }
  const address = parse(text);
  const longest = isIpv6 ? 128 : 32;
  const length = prefix === undefined ? longest : Number(prefix);
  return length <= longest ? [address, length] : undefined;
}

function partsOf(written: string): [host: string, prefix?: string] {
  const slash = written.indexOf('/');
  return slash < 0
    ? [written]
    : [written.slice(0, slash), written.slice(slash + 1)];
}

function isQuad(quad: string, isBlock: boolean): boolean {
  return quad
    .split('.')
    .every(part => Number(part) <= MAX_PART && (isBlock || !/^0\d/.test(part)));
}

/** Without leading zeros; the end of an IPv6 address as its last two parts. */
function plainQuad(quad: string, isIpv6: boolean): string {
  const [a, b, c, d] = quad.split('.').map(Number);
  return isIpv6
    ? [a * 256 + b, c * 256 + d].map(part => part.toString(16)).join(':')
    : [a, b, c, d].join('.');
}

/** An interface after the address, as in `fe80::1%eth0`. */
function hasZone(text: string): boolean {
  return text.includes('%');
}

/** Whether every address of the inner block is in the outer one. */
export function blockIncludes(
  outer: AddressBlock,
  inner: AddressBlock,
): boolean {
  return (
    outer[0].kind() === inner[0].kind() &&
    outer[1] <= inner[1] &&
    inner[0].match(outer)
  );
}
