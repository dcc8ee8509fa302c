import { certificateKey, certificateValidity, Validity } from './certificate';

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * The validity of each certificate of a PEM bundle, in its order; undefined for one that cannot be read. What stands
 * between the blocks is passed over, as OpenSSL and Go do.
 *
 * Standard: RFC 7468, 2.
 */
export function bundleValidities(pem: string): (Validity | undefined)[] {
  return [...pem.matchAll(BLOCK)].map(([block]) => certificateValidity(block));
}

/** What is in each certificate of a PEM bundle, without its lines: the same text for the same certificate. */
export function bundledBlocks(pem: string): string[] {
  return [...pem.matchAll(BLOCK)].map(([block]) => block.replace(/\s+/g, ''));
}

/** The kind of key of each certificate of a PEM bundle, as `certificateKey` has it. */
export function bundleKeys(pem: string): ReturnType<typeof certificateKey>[] {
  return [...pem.matchAll(BLOCK)].map(([block]) => certificateKey(block));
}
