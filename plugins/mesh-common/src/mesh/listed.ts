const NAMED = 5;

/** The first few of some names in words, and how many more there are (of what, where that has to be said). */
export function listed(names: readonly string[], what = ''): string {
  const more = names.length - NAMED;
  const first = names.slice(0, NAMED).join(', ');
  return more > 0 ? `${first} and ${more} more${what && ` ${what}`}` : first;
}
