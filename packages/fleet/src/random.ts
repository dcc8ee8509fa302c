/** Numbers that look random, and that are the same for the same seed on every machine. */
export interface Random {
  /** An integer from 0 to below the bound. */
  below(bound: number): number;
  pick<T>(items: readonly T[]): T;
  /** As many hexadecimal digits. */
  hex(length: number): string;
  /** As many characters of those that Kubernetes makes names of. */
  suffix(length: number): string;
}

const SUFFIX_CHARACTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** The generator Mulberry32, of 32 bits of state: enough for fleets, and nothing that protects anything. */
export function randomOf(seed: number): Random {
  let state = seed % 2 ** 32;
  const next = () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    /* eslint-disable no-bitwise */
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    /* eslint-enable no-bitwise */
  };
  const below = (bound: number) => Math.floor(next() * bound);
  const text = (length: number, characters: string) =>
    Array.from({ length }, () => characters[below(characters.length)]).join('');
  return {
    below,
    pick: items => items[below(items.length)],
    hex: length => text(length, '0123456789abcdef'),
    suffix: length => text(length, SUFFIX_CHARACTERS),
  };
}
