import path from 'node:path';
import { run } from '../cli';
import { COMMANDS } from '../commands';

export const FIXTURES = path.resolve(__dirname, '../__fixtures__');

export interface Run {
  code: number;
  out: string;
  err: string;
}

/** Runs the command in this process. */
export async function runMesh(
  args: readonly string[],
  options: { cwd?: string; stdin?: string; colour?: boolean } = {},
): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(
    args,
    {
      cwd: options.cwd ?? FIXTURES,
      columns: 100,
      colour: options.colour ?? false,
      readStdin: async () => options.stdin ?? '',
      out: text => out.push(text),
      err: text => err.push(text),
    },
    () => COMMANDS,
  );
  return { code, out: out.join('\n'), err: err.join('\n') };
}
