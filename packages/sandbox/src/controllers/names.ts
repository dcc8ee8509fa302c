/** The letters of generated names: no vowels and nothing that looks like another letter. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** 32-bit FNV-1a. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}

/** The `pod-template-hash` of a template: equal for equal templates. */
export function templateHash(template: unknown): string {
  return [...String(fnv1a(canonicalJson(template)))]
    .map(digit => ALPHABET[digit.charCodeAt(0) % ALPHABET.length])
    .join('');
}

/** The generated end of a pod's name. The same on every start, so that pictures and logs can be compared. */
export function podSuffix(owner: string, count: number): string {
  let hash = fnv1a(`${owner}#${count}`);
  let suffix = '';
  while (suffix.length < 5) {
    suffix += ALPHABET[hash % ALPHABET.length];
    hash = Math.floor(hash / ALPHABET.length);
  }
  return suffix;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(
          Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : member,
  );
}
