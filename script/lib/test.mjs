/*
 * Runs every check of the project, one after the other, and goes on where one fails. Each check that is
 * not made of tests counts as one; of Jest and Playwright each test counts. The last line is
 * `N passed, N failed`, and no test executed is a failure.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkApiReports } from './apiReports.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const results = join(root, '.tools/results');
const yarn = join(root, '.yarn/releases/yarn-4.13.0.cjs');

/** Runs a command with its output shown; true where it succeeds. */
function run(command, args, env = {}) {
  return new Promise(done => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, CI: '1', ...env },
    });
    child.once('error', error => {
      console.error(`error: ${command} cannot be run: ${error.message}`);
      done(false);
    });
    child.once('exit', code => done(code === 0));
  });
}

const runYarn = (...args) => run(process.execPath, [yarn, ...args]);

/** A check that passes or fails as a whole. */
async function whole(command) {
  return (await command) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function jest(name, ...command) {
  const file = join(results, `${name}.json`);
  const ok = await runYarn(...command, '--json', `--outputFile=${file}`);
  const report = readReport(file);
  return counted(ok, {
    passed: report?.numPassedTests ?? 0,
    failed:
      (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0),
  });
}

async function playwright() {
  const file = join(results, 'playwright.json');
  const ok = await run(
    process.execPath,
    [yarn, 'playwright', 'test', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  );
  const { stats } = readReport(file) ?? {};
  return counted(ok, {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`error: no test report: ${error.message}`);
    return undefined;
  }
}

/** A run that failed without a failed test, or in which no test was executed, counts as one failure. */
function counted(ok, { passed, failed }) {
  const silent = (!ok && failed === 0) || passed + failed === 0;
  return { passed, failed: silent ? 1 : failed };
}

const CHECKS = [
  ['Types', () => whole(runYarn('tsc'))],
  ['API reports', () => whole(checkApiReports(root, yarn))],
  ['Lint', () => whole(runYarn('backstage-cli', 'repo', 'lint'))],
  [
    'Package manifests',
    () => whole(runYarn('backstage-cli', 'repo', 'fix', '--check')),
  ],
  ['Formatting', () => whole(runYarn('prettier', '--check', '.'))],
  [
    'Start script',
    () => whole(run(process.execPath, ['--test', 'script/lib/*.test.mjs'])),
  ],
  [
    'Unit and integration tests',
    () => jest('jest', 'backstage-cli', 'repo', 'test', '--maxWorkers=2'),
  ],
  // They need real programs, which not every machine has.
  ...(process.env.KUBEBUILDER_ASSETS
    ? [['Live tests', () => jest('live', 'test:live')]]
    : []),
  ['Package builds', () => whole(runYarn('backstage-cli', 'repo', 'build'))],
  [
    'Portal build',
    () => whole(run('bash', [join(root, 'script/lib/build-portal')])),
  ],
  ['End-to-end tests', playwright],
];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const totals = { passed: 0, failed: 0 };
const summary = [];
for (const [title, check] of CHECKS) {
  console.log(`\n== ${title}`);
  const began = Date.now();
  const { passed, failed } = await check();
  totals.passed += passed;
  totals.failed += failed;
  const seconds = Math.round((Date.now() - began) / 1000);
  summary.push(`${title}: ${passed} passed, ${failed} failed, ${seconds} s`);
}
console.log(`\n${summary.join('\n')}`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);
