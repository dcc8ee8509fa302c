/** A part of a whole in percent; of nothing, none. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}

/** All requests together. */
export function sumOf(flows: readonly { requests: number }[]): number {
  return flows.reduce((total, { requests }) => total + requests, 0);
}
