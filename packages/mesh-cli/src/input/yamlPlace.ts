import { isMap, LineCounter, parseAllDocuments } from 'yaml';
import { placeInYaml } from './locate';

/** Where an object is written in a text, and where in the file that is. */
export interface Written {
  text: string;
  start: number;
  end: number;
  line: number;
  column: number;
}

/**
 * Where a field of an object is written. Its text is read again for that, and of a list no more than the item: a list may
 * have thousands.
 */
export function placeInText(
  { text, start, end, line, column }: Written,
  field: string,
): { line: number; column: number } {
  const lines = new LineCounter();
  // Its first line is indented as the others are.
  const own = `${' '.repeat(column - 1)}${text.slice(start, end)}`;
  const [document] = parseAllDocuments(own, {
    lineCounter: lines,
    logLevel: 'error',
  });
  if (!isMap(document?.contents)) {
    return { line, column };
  }
  const place = placeInYaml(document.contents, lines, field);
  return { line: line + place.line - 1, column: place.column };
}
