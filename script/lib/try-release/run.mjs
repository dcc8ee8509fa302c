import { spawn } from 'node:child_process';
import {
  createWriteStream,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../userError.mjs';

export const root = resolve(fileURLToPath(import.meta.url), '../../../..');

const yarnFile = join(root, '.yarn/releases/yarn-4.13.0.cjs');

/** What runs yarn in a folder, with its output in a log that is named where it fails. */
export function commandsIn(logs) {
  const path = `${yarnIn(join(logs, 'bin'))}:${process.env.PATH}`;
  async function run(cwd, command, args, env = {}) {
    const log = join(logs, 'commands.log');
    const stream = createWriteStream(log, { flags: 'a' });
    stream.write(`\n$ ${[command, ...args].join(' ')}\n`);
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, PATH: path, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(stream, { end: false });
    child.stderr.pipe(stream, { end: false });
    const how = await new Promise(done => {
      child.once('error', error => done(error.message));
      child.once('close', (code, signal) =>
        done(code === 0 ? undefined : signal ?? `exit code ${code}`),
      );
    });
    await new Promise(done => stream.end(done));
    if (how !== undefined) {
      const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-20);
      throw new UserError(
        `${[command, ...args].join(
          ' ',
        )} failed (${how}); the log is ${log}\n${tail.join('\n')}`,
      );
    }
  }
  return {
    run,
    yarn: (cwd, ...args) => run(cwd, process.execPath, [yarnFile, ...args]),
  };
}

/** A folder with a `yarn` that is this project's: create-app makes no portal without one. */
function yarnIn(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'yarn'),
    `#!/bin/sh\nexec "${process.execPath}" "${yarnFile}" "$@"\n`,
    { mode: 0o755 },
  );
  return folder;
}

/** Does one step and says how long it took. */
export async function step(title, work) {
  process.stdout.write(`${title} ... `);
  const began = Date.now();
  try {
    const result = await work();
    console.log(`done in ${Math.round((Date.now() - began) / 1000)} s`);
    return result;
  } catch (error) {
    console.log(`failed after ${Math.round((Date.now() - began) / 1000)} s`);
    throw error;
  }
}
