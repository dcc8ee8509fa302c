import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { Folders } from '../measure';
import { median, timed } from '../numbers';
import { packedCli, SOURCE_CLI } from './packedCli';

const RUNS = 21;

/** What starting the command takes, against starting Node alone; both in turn, so that both meet the same load. */
export function measureCliStart(): Record<string, number> {
  const bin = packedCli();
  try {
    const node = (args: string[]) =>
      timed(() => execFileSync(process.execPath, args, { stdio: 'ignore' })).ms;
    const runs = Array.from({ length: RUNS }, () => ({
      bare: node(['-e', '0']),
      mesh: node([bin, '--version']),
    }));
    return {
      'cli-start':
        median(runs.map(({ mesh }) => mesh)) /
        median(runs.map(({ bare }) => bare)),
    };
  } finally {
    rmSync(path.resolve(bin, '../../../..'), { recursive: true });
  }
}

/** How long `mesh analyze` takes for a fleet of size M. */
export function measureCliAnalyze({ M }: Folders): Record<string, number> {
  const { ms, value } = timed(() =>
    spawnSync(process.execPath, [SOURCE_CLI, 'analyze', M, '-o', 'json'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  // It finds the planted problems, or it has not done its work.
  if (value.status !== 1) {
    throw new Error(`mesh analyze ended with ${value.signal ?? value.status}`);
  }
  return { 'cli-analyze-M': ms / 1_000 };
}
