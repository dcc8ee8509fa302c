import { isValid, isValidCIDR, parse, parseCIDR } from 'ipaddr.js';

/** An address, and how many of its first bits count. */
export type AddressBlock = ReturnType<typeof parseCIDR>;

/** As Rust reads them: an IPv4 address has four decimal parts, without leading zeros. */
const SHORT_IPV4 = /^(?!(0|[1-9]\d*)(\.(0|[1-9]\d*)){3}(\/|$))[^:]*$/;

/**
 * An address block, or undefined where a text is none; an address is a block of one.
 *
 * Upstream: policy-controller/k8s/api/src/policy/network.rs, `Cidr`.
 */
export function parseBlock(text: string): AddressBlock | undefined {
  if (SHORT_IPV4.test(text)) {
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
