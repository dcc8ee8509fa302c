const lineages = new WeakMap<object, object>();

/** What all versions of something have in common of which each was made from the one before it. */
export function lineageOf(version: object): object {
  const known = lineages.get(version) ?? {};
  lineages.set(version, known);
  return known;
}

/** Says that one version was made from another. */
export function succeeds(later: object, earlier: object): void {
  lineages.set(later, lineageOf(earlier));
}
