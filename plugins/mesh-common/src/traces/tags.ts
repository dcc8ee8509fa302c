/**
 * What is wrong with a text that should be tags.
 *
 * @public
 */
export class TagSyntaxError extends Error {
  readonly name = 'TagSyntaxError';
}

const PAIR = /\s*([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?=\s|$)/y;

/**
 * Tags as people write them (logfmt): `http.method=GET error=true user="Jane Doe"`. Throws TagSyntaxError that shows
 * where it goes wrong.
 *
 * @public
 */
export function parseTags(text: string): Record<string, string> {
  const tags: Record<string, string> = Object.create(null);
  const pair = new RegExp(PAIR);
  let position = 0;
  while (text.slice(position).trim() !== '') {
    pair.lastIndex = position;
    const found = pair.exec(text);
    if (!found) {
      throw new TagSyntaxError(
        `expected name=value (with quotes where the value has blanks) at ${JSON.stringify(
          text.slice(position).trim().slice(0, 40),
        )}`,
      );
    }
    const [, name, quoted, plain] = found;
    tags[name] = quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1');
    position = pair.lastIndex;
  }
  return { ...tags };
}

/**
 * The text that parseTags reads as these tags.
 *
 * @public
 */
export function formatTags(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([name, value]) =>
      /^[^\s"]*$/.test(value)
        ? `${name}=${value}`
        : `${name}="${value.replace(/["\\]/g, '\\$&')}"`,
    )
    .join(' ');
}
