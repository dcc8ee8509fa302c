/** Whether two hosts, each with a wildcard at its start or none, have a name in common. */
export function matchesHost(a: string, b: string): boolean {
  const [wildA, wildB] = [a.startsWith('*'), b.startsWith('*')];
  if (wildA && wildB) {
    return a.slice(1).endsWith(b.slice(1)) || b.slice(1).endsWith(a.slice(1));
  }
  if (wildA) {
    return b.endsWith(a.slice(1));
  }
  return wildB ? a.endsWith(b.slice(1)) : a === b;
}

/** Whether all names of the first host are names of the second. */
export function isSubsetOf(a: string, b: string): boolean {
  if (!b.startsWith('*')) {
    return a === b;
  }
  return a.startsWith('*')
    ? a.slice(1).endsWith(b.slice(1))
    : a.endsWith(b.slice(1));
}
