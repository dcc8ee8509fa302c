import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../package.json';
import { FleetMeshName, MESHES } from './meshes';
import { FleetSize, SIZES } from './sizes';
import { writeFleet } from './writeFleet';

/** Runs the command of this process. */
export function main(): void {
  const program = new Command('fleet')
    .version(version)
    .description(
      'Writes a valid, realistic cluster with Istio or Linkerd as JSON Lists, the same for the same seed; one object in a hundred has a problem',
    )
    .addOption(
      new Option('--mesh <mesh>', 'whose fleet it is')
        .choices(Object.keys(MESHES))
        .default('istio'),
    )
    .addOption(
      new Option('--size <size>', 'how large the fleet is')
        .choices(SIZES)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--seed <number>', 'fleets of another seed are others')
        .argParser(parseSeed)
        .default(1),
    )
    .requiredOption('--out <folder>', 'the folder to write, which is empty')
    .action(
      async (options: {
        mesh: FleetMeshName;
        size: FleetSize;
        seed: number;
        out: string;
      }) => {
        const folder = path.resolve(process.env.INIT_CWD ?? '.', options.out);
        try {
          const { objects, planted, files, bytes } = await writeFleet(
            folder,
            options,
          );
          process.stdout.write(
            `${objects} objects, ${planted} with a problem, in ${files} files of ${Math.round(
              bytes / 1e6,
            )} MB in ${options.out}\n`,
          );
        } catch (error) {
          program.error(
            `fleet: ${error instanceof Error ? error.message : error}`,
            { exitCode: 2 },
          );
        }
      },
    );
  program.parseAsync().catch(error => {
    throw error;
  });
}

function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new InvalidArgumentError('It is a whole number from 0 to 999999999.');
  }
  return Number(text);
}
