/* Whether plugins/*\/report*.api.md say what the packages export. The types must have been compiled. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const STALE = /You have changed the API signature|API report file is missing/i;

/** Resolves to whether they do; says in one line what to do where they do not. */
export function checkApiReports(root, yarn) {
  const log = join(root, '.tools/logs/api-reports.log');
  mkdirSync(dirname(log), { recursive: true });
  const out = openSync(log, 'w');
  const child = spawn(
    process.execPath,
    [yarn, 'build:api-reports:only', '--ci'],
    { cwd: root, stdio: ['ignore', out, out] },
  );
  return new Promise(done => {
    const end = problem => {
      closeSync(out);
      if (problem) {
        console.error(`error: ${problem}`);
      }
      done(problem === undefined);
    };
    child.once('error', error =>
      end(`the API reports cannot be compared: ${error.message}`),
    );
    child.once('close', code =>
      end(code === 0 ? undefined : problemIn(log, root)),
    );
  });
}

/** What the output of the tool comes to. */
function problemIn(log, root) {
  const text = readFileSync(log, 'utf8');
  const where = relative(root, log);
  if (STALE.test(text)) {
    const [, folder] =
      text.split(STALE)[0].match(/[\s\S]*## Processing (\S+)/) ?? [];
    return `the API report of ${
      folder ?? 'a package'
    } is stale: run script/run build:api-reports, and commit what it changes (${where})`;
  }
  const [, withWarnings] =
    /API Report for (\S+) is not allowed to have warnings/.exec(text) ?? [];
  return withWarnings
    ? `the API report of ${withWarnings} has warnings: mend what its lines with "Warning:" are about, such as an export without @public (${where})`
    : `the API reports could not be made: see ${where}`;
}
