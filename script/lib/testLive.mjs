/* Runs tests of the backend against something that runs outside of them, where a variable names it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');

/**
 * The tests of a Jest configuration of the backend, with the arguments of this process. Without the variable they are
 * skipped, and `hint` says what to set it to; a path that is not there is an error.
 */
export function testLive({ variable, hint, what, config }) {
  const path = process.env[variable];
  if (!path) {
    console.log(`Skipped: ${variable} is not set. ${hint}`);
    return;
  }
  if (!existsSync(path)) {
    console.error(`error: ${variable}=${path}: there is no such ${what}`);
    process.exitCode = 1;
    return;
  }
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      ...['package', 'test', '--watchAll=false', '--maxWorkers=1'],
      ...['--config', config, ...process.argv.slice(2)],
    ],
    {
      cwd: join(root, 'plugins/mesh-backend'),
      stdio: 'inherit',
      env: { ...process.env, [variable]: resolve(path) },
    },
  );
  child.once('exit', code => {
    process.exitCode = code ?? 1;
  });
}
