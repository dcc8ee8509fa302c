/**
 * Shares by weight. A single entry gets everything, whatever its weight; without any weight above zero nobody gets
 * anything.
 */
export function sharesOf<T>(
  entries: readonly T[],
  weightOf: (entry: T) => number,
): { entry: T; share: number }[] {
  if (entries.length === 1 && weightOf(entries[0]) >= 0) {
    return [{ entry: entries[0], share: 1 }];
  }
  const total = entries.reduce((sum, entry) => sum + weightOf(entry), 0);
  return total > 0
    ? entries
        .map(entry => ({ entry, share: weightOf(entry) / total }))
        .filter(({ share }) => share > 0)
    : [];
}
