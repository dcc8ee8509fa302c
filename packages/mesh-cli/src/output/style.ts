import { styleText } from 'node:util';
import { Terminal } from '../terminal';

type Format = Parameters<typeof styleText>[0];

/** Text output: words in colours where they are wanted, and lines that fit. */
export interface Style {
  paint(format: Format, text: string): string;
  /** Breaks a text at spaces, with these many spaces before each line. */
  wrap(text: string, indent: number, hanging?: number): string;
}

const LEAST_WIDTH = 20;

export function styleOf({ colour, columns }: Terminal): Style {
  return {
    paint: (format, text) =>
      colour ? styleText(format, text, { validateStream: false }) : text,
    wrap: (text, indent, hanging = indent) =>
      wrap(text, columns, indent, hanging),
  };
}

function wrap(
  text: string,
  columns: number,
  indent: number,
  hanging: number,
): string {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let empty = true;
  for (const word of text.split(' ')) {
    const width = Math.max(columns, hanging + LEAST_WIDTH);
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(hanging);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}

/** `1 error`, `2 errors` */
export function count(value: number, noun: string): string {
  return `${value} ${value === 1 ? noun : `${noun}s`}`;
}
