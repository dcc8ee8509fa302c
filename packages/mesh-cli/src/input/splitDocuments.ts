/** A part of a file that holds whole documents. */
export interface TextPart {
  text: string;
  /** Where it begins. */
  offset: number;
  /** How many lines of the file are before it. */
  lines: number;
}

/**
 * The documents of a YAML text, each with the line of dashes that begins it. Such a line is nowhere else: in a block
 * of text its lines are indented. Directives belong to the document that follows them.
 */
export function* splitDocuments(text: string): IterableIterator<TextPart> {
  const marker = /^---(?=\s|$)/gm;
  let offset = 0;
  let lines = 0;
  let counted = 0;
  const partTo = (end: number): TextPart => {
    lines += linesIn(text, counted, offset);
    counted = offset;
    return { text: text.slice(offset, end), offset, lines };
  };
  for (;;) {
    const next = marker.exec(text);
    if (!next) {
      yield partTo(text.length);
      return;
    }
    const isDirective = /^\uFEFF?(?:\s|#.*$)*%/m.test(
      text.slice(offset, Math.min(next.index, offset + 1_000)),
    );
    if (next.index > offset && !isDirective) {
      yield partTo(next.index);
      offset = next.index;
    }
  }
}

function linesIn(text: string, start: number, end: number): number {
  let lines = 0;
  for (
    let at = text.indexOf('\n', start);
    at >= 0 && at < end;
    at = text.indexOf('\n', at + 1)
  ) {
    lines += 1;
  }
  return lines;
}
