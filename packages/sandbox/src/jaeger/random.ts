import type { Latency } from '../traffic/latency';

/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 (included) to 1 (excluded). */
  next(): number;
}

/** Bob Jenkins' small generator with 32-bit words, as `sfc32` of PractRand. */
export function createRandom(seed: number): Random {
  let [a, b, c, counter] = [
    seed >>> 0,
    seed ^ 0x9e3779b9,
    seed ^ 0x243f6a88,
    1,
  ];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round += 1) {
    next();
  }
  return { next };
}

/** A draw from the log-normal distribution of a latency, in microseconds. */
export function drawLatency(random: Random, { p50, p99 }: Latency): number {
  const sigma = Math.log(p99 / p50) / 2.326348;
  // Box-Muller; the logarithm of 0 has no value.
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  const normal = radius * Math.cos(2 * Math.PI * random.next());
  return Math.max(1, Math.round(p50 * Math.exp(sigma * normal) * 1_000));
}

/** One of several, by weight; undefined where there is no weight. */
export function draw<T>(
  random: Random,
  items: readonly T[],
  weightOf: (item: T) => number,
): T | undefined {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0);
  let rest = random.next() * total;
  return items.find(item => {
    rest -= weightOf(item);
    return rest < 0;
  });
}

/** A whole number of events whose mean is `mean`. */
export function drawCount(random: Random, mean: number): number {
  const whole = Math.floor(mean);
  return whole + (random.next() < mean - whole ? 1 : 0);
}

/** An identifier of this many hexadecimal digits. */
export function drawId(random: Random, digits: number): string {
  let id = '';
  while (id.length < digits) {
    id += Math.floor(random.next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  return id.slice(0, digits);
}
