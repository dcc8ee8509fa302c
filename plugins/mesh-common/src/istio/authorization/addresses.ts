import { parse, parseCIDR } from 'ipaddr.js';

/** Whether an address is in a block (or is the address); undefined where it is not known. */
export function matchesBlock(
  address: string | undefined,
  block: string,
): boolean | undefined {
  if (address === undefined) {
    return undefined;
  }
  try {
    const ip = parse(address);
    const range = parseCIDR(
      block.includes('/')
        ? block
        : `${block}/${block.includes(':') ? 128 : 32}`,
    );
    return range[0].kind() === ip.kind() && ip.match(range);
  } catch {
    // A block that is none is refused by Istio's webhook; whether a proxy would take it is not known.
    return undefined;
  }
}
