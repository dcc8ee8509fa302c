/**
 * The name that is most like a given one, if any is like it: the same letters but for case and separators, one
 * that begins with the other, a few letters apart, or words in common (`consecutiveGatewayFailure`:
 * `consecutiveGatewayErrors`).
 */
export function nearestName(
  name: string,
  names: readonly string[],
): string | undefined {
  // Names of fields are short: a longer one is no typing mistake.
  if (name.length > 100) {
    return undefined;
  }
  const [best] = names
    .map(candidate => ({ candidate, distance: distanceOf(name, candidate) }))
    .filter(({ candidate, distance }) => distance <= allowance(name, candidate))
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

function distanceOf(a: string, b: string): number {
  const [x, y] = [plain(a), plain(b)];
  if (x === y) {
    return 0;
  }
  const [shorter, longer] = x.length < y.length ? [x, y] : [y, x];
  if (longer.startsWith(shorter) && shorter.length * 2 >= longer.length) {
    return 1;
  }
  const edits = levenshtein(x, y);
  const shared = sharedWords(a, b);
  return shared >= 2 ? Math.min(edits, 3 - shared / 10) : edits;
}

function allowance(a: string, b: string): number {
  return Math.min(3, Math.floor(Math.max(a.length, b.length) / 3));
}

/** Without case and separators, in the singular. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/ies$/, 'y')
    .replace(/(?<=[^s])s$/, '');
}

function sharedWords(a: string, b: string): number {
  const words = wordsOf(b);
  return wordsOf(a).filter(word => words.includes(word)).length;
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
}

/** How many letters have to be put in, taken out or replaced. */
function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(
        Math.min(
          row[j] + 1,
          next[j - 1] + 1,
          row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row[b.length];
}
