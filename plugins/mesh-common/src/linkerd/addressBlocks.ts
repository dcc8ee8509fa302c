import { isValid, isValidCIDR, parse, parseCIDR } from 'ipaddr.js';

/** An address, and how many of its first bits count. */
export type AddressBlock = ReturnType<typeof parseCIDR>;

/** The four parts of an IPv4 address before a prefix may have leading zeros; they are decimal nevertheless. */
const IPV4_OF_BLOCK = /^\d{1,3}(?:\.\d{1,3}){3}(?=\/)/;

/** As Rust reads them: an IPv4 address has four decimal parts, without leading zeros. */
const SHORT_IPV4 = /^(?!(0|[1-9]\d*)(\.(0|[1-9]\d*)){3}(\/|$))[^:]*$/;

/**
 * An address block, or undefined where a text is none; an address is a block of one.
 *
 * Upstream: policy-controller/k8s/api/src/policy/network.rs, `Cidr`.
 */
export function parseBlock(written: string): AddressBlock | undefined {
  const text = written.replace(IPV4_OF_BLOCK, address =>
    address.split('.').map(Number).join('.'),
  );
  if (SHORT_IPV4.test(text) || hasZone(text)) {
    return undefined;
  }
  if (isValidCIDR(text)) {
    return parseCIDR(text);
  }
  if (!isValid(text)) {
    return undefined;
  }
  const address = parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
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
