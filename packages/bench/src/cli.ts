import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { FleetMeshName, writeFleet } from 'mesh-fleet';
import { version } from '../package.json';
import { Line, LINES } from './lines';
import { Folders, NEEDS } from './measure';
import { measureAll } from './measureAll';
import { exitCodeOf, jsonOf, Measured, textOf, toMeasured } from './report';
import { runMeasurement } from './runMeasurement';
import { say } from './say';

const SEED = 1;

/** Runs the command of this process. Exit code 0: all lines are there and within their limits; 1: some are not. */
export function main(): void {
  const program = new Command('bench')
    .version(version)
    .description(
      'Measures what Mesh for Backstage costs on large fleets. Ratios are taken in one run, so that they hold on any machine.',
    )
    .argument(
      '[name...]',
      'the lines to measure; all of them where none is named',
    )
    .option('--json', 'print [{name, value, unit, limit}]')
    .action(async (names: string[], options: { json?: boolean }) => {
      const unknown = names.find(
        name => !LINES.some(line => line.name === name),
      );
      if (unknown) {
        program.error(
          `bench: there is no line ${unknown}; there are ${LINES.map(
            line => line.name,
          ).join(', ')}`,
          { exitCode: 2 },
        );
      }
      const wanted = LINES.filter(
        ({ name }) => names.length === 0 || names.includes(name),
      );
      const measured = await measureLines(wanted);
      process.stdout.write(options.json ? jsonOf(measured) : textOf(measured));
      process.exitCode = exitCodeOf(measured);
    });
  program.parseAsync().catch(error => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 2;
  });
}

async function measureLines(lines: readonly Line[]): Promise<Measured[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mesh-bench-'));
  try {
    const written = new Map<FleetMeshName, Folders>();
    const values = await measureAll(lines, async name => {
      const { mesh } = NEEDS[name];
      const folders =
        written.get(mesh) ?? (await writeFleets(path.join(folder, mesh), mesh));
      written.set(mesh, folders);
      return runMeasurement(name, folders);
    });
    return lines.map(line => toMeasured(line, values));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeFleets(
  folder: string,
  mesh: FleetMeshName,
): Promise<Folders> {
  const folders = { M: path.join(folder, 'M'), L: path.join(folder, 'L') };
  say(`writing the fleets with ${mesh}`);
  await writeFleet(folders.M, { mesh, size: 'M', seed: SEED });
  await writeFleet(folders.L, { mesh, size: 'L', seed: SEED });
  return folders;
}
