import { parse, parseCIDR } from 'ipaddr.js';
import { NetworkAuthentication } from './objects';

/**
 * Addresses from which an authorization lets clients in.
 *
 * @public
 */
export interface Network {
  cidr: string;
  except?: readonly string[];
}

export const EVERYWHERE: readonly Network[] = [
  { cidr: '0.0.0.0/0' },
  { cidr: '::/0' },
];

/** Networks as policies write them; a plain address is a block of one. */
export function networksOf(
  networks: NonNullable<NetworkAuthentication['spec']['networks']>,
): Network[] {
  return networks.map(({ cidr, except }) => ({
    cidr: blockOf(cidr),
    ...(except?.length && { except: except.map(blockOf) }),
  }));
}

function blockOf(text: string): string {
  if (text.includes('/')) {
    return text;
  }
  return text.includes(':') ? `${text}/128` : `${text}/32`;
}

/** Whether networks include every address. */
export function isEverywhere(networks: readonly Network[]): boolean {
  return networks.some(
    ({ cidr, except }) => cidr === '0.0.0.0/0' && !except?.length,
  );
}

/** Networks in words. */
export function networkText(networks: readonly Network[]): string {
  return networks
    .map(({ cidr, except }) =>
      except?.length ? `${cidr} (without ${except.join(', ')})` : cidr,
    )
    .join(', ');
}

/** Whether an address is in one of these blocks; undefined where one of the texts is no address or block. */
export function contains(
  blocks: readonly string[],
  address: string,
): boolean | undefined {
  try {
    const ip = parse(address);
    return blocks.some(block => {
      const range = parseCIDR(blockOf(block));
      return range[0].kind() === ip.kind() && ip.match(range);
    });
  } catch {
    // The parser's message names neither the text nor the object; callers say what they could not decide.
    return undefined;
  }
}
