/* One portal a folder: two would overwrite what the other one tells its programs. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UserError } from './userError.mjs';

const FILE = 'server.pid';

/** Throws a UserError where a portal runs with this folder. */
export function checkState(state) {
  const file = join(state, FILE);
  const pid = runningPid(file);
  if (pid !== undefined) {
    throw new UserError(
      `a portal runs from this checkout already (process ${pid}); end it first. If there is none, delete ${relative(
        process.cwd(),
        file,
      )}`,
    );
  }
}

/** Takes the folder for this process, until it ends. */
export function takeState(state) {
  checkState(state);
  mkdirSync(state, { recursive: true });
  const file = join(state, FILE);
  writeFileSync(file, `${process.pid}\n`);
  process.on('exit', () => rmSync(file, { force: true }));
}

/** The process that has the folder, if there is one. */
function runningPid(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  const pid = Number(text);
  return Number.isInteger(pid) && pid > 0 && isRunning(pid) ? pid : undefined;
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return error.code === 'EPERM';
  }
}
