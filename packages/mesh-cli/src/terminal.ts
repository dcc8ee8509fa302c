import path from 'node:path';
import { text } from 'node:stream/consumers';

/** What a command sees of the world around it. */
export interface Terminal {
  /** Where relative paths start. */
  cwd: string;
  /** Columns that text output may take. */
  columns: number;
  /** Whether text output is coloured. */
  colour: boolean;
  readStdin(): Promise<string>;
  /** The answer. */
  out(text: string): void;
  /** Everything else: problems, and what to do about them. */
  err(text: string): void;
  /** Shows how far it is in one line, which the next call replaces; absent where nobody looks. */
  progress?(text: string): void;
}

const COLUMNS = 100;

/** The line is written when it has changed: a file of thousands of documents says a hundred times how far it is. */
function progressLine(stream: NodeJS.WriteStream): (line: string) => void {
  let shown = '';
  return line => {
    if (line !== shown) {
      stream.write(`\r\u001b[K${line}`);
      shown = line;
    }
  };
}

/**
 * The terminal of this process. Package managers run scripts in the folder of the package and name that of
 * the caller in INIT_CWD. Colours are for people who look: not where output goes to a file or a pipe, nor
 * where NO_COLOR asks for none.
 */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    cwd: path.resolve(env.INIT_CWD || process.cwd()),
    columns: Math.min(stdout.columns || COLUMNS, COLUMNS),
    colour: Boolean(stdout.isTTY) && !env.NO_COLOR,
    readStdin: () => text(stdin),
    out: line => stdout.write(`${line}\n`),
    err: line => stderr.write(`${line}\n`),
    ...(stderr.isTTY && { progress: progressLine(stderr) }),
  };
}
