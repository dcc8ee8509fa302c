import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { version } from '../package.json';
import { CORPORA } from './corpora';
import { jsonReport, textReport } from './report';
import { runFolder } from './runFolder';

/** Runs the command of this process. Exit code 0: no case failed; 1: some did; 2: nothing could be run. */
export function main(): void {
  const program = new Command('conformance')
    .version(version)
    .description(
      'Runs the rules of Mesh for Backstage against a folder of cases that say what the meshes answer',
    )
    .argument('<folder>', 'the folder with the files of the corpora')
    .option('--json', 'answer in JSON')
    .option(
      '--only <corpus>',
      `run one of ${CORPORA.map(({ name }) => name).join(', ')}`,
    )
    .action((folder: string, options: { json?: boolean; only?: string }) => {
      const path = resolve(process.env.INIT_CWD ?? '.', folder);
      const corpora = CORPORA.filter(
        ({ name }) => !options.only || options.only === name,
      );
      if (corpora.length === 0) {
        program.error(`--only ${options.only}: there is no such corpus`, {
          exitCode: 2,
        });
      }
      if (!existsSync(path)) {
        program.error(`${path}: there is no such folder`, { exitCode: 2 });
      }
      const reports = runFolder(path, corpora);
      if (reports.length === 0) {
        program.error(
          `${path}: none of its files is a corpus (${corpora
            .map(({ name }) => `${name}.json`)
            .join(', ')})`,
          { exitCode: 2 },
        );
      }
      process.stdout.write(
        `${options.json ? jsonReport(reports) : textReport(reports)}\n`,
      );
      process.exitCode = reports.some(({ failed }) => failed.length > 0)
        ? 1
        : 0;
    });
  program.parse();
}
