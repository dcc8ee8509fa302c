/**
 * How likely it is that of n requests as few or as many as `seen` come to a destination that each comes to with
 * probability p: the smaller of both tails.
 */
export function binomialTail(n: number, p: number, seen: number): number {
  let below = 0;
  let above = 0;
  for (let k = 0; k <= n; k++) {
    const density = Math.exp(logDensity(n, p, k));
    below += k <= seen ? density : 0;
    above += k >= seen ? density : 0;
  }
  return Math.min(below, above, 1);
}

function logDensity(n: number, p: number, k: number): number {
  if (p <= 0 || p >= 1) {
    return k === (p <= 0 ? 0 : n) ? 0 : -Infinity;
  }
  return logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log(1 - p);
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) {
    sum += Math.log((n - k + i) / i);
  }
  return sum;
}
