/*
 * Tries what would be published: packs the packages, makes a new portal, installs the tarballs by the
 * three steps of the README, starts it on the sandbox, and looks at the tabs in Chromium.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Children } from '../children.mjs';
import { freePort, lookAtTabs, startLogged, waitFor } from './look.mjs';
import { checkTarball, pack, publishedPackages } from './packages.mjs';
import {
  addPackages,
  configure,
  createPortal,
  readmeSteps,
  registerBackend,
} from './portal.mjs';
import { commandsIn, root, step, TryError } from './run.mjs';

const USAGE = 'usage: script/try-release [--built] [--keep]';

function readOptions() {
  try {
    return parseArgs({
      options: {
        built: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new TryError(`${error.message}\n${USAGE}`);
  }
}

async function startSandbox(children, folder) {
  const state = join(folder, 'sandbox');
  mkdirSync(state);
  const sandbox = startLogged(
    children,
    join(folder, 'sandbox.log'),
    [
      join(root, 'packages/sandbox/bin/mesh-sandbox'),
      'start',
      '--state',
      state,
    ],
    { cwd: root },
  );
  return waitFor(
    'the sandbox',
    () =>
      readFileSync(join(folder, 'sandbox.log'), 'utf8').includes(
        'sandbox ready',
      ) && JSON.parse(readFileSync(join(state, 'sandbox.json'), 'utf8')),
    sandbox,
  );
}

async function startPortal(children, folder, portal, { appPort, backendPort }) {
  const running = startLogged(
    children,
    join(folder, 'portal.log'),
    [
      join(portal, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'repo',
      'start',
    ],
    {
      cwd: portal,
      env: { ...process.env, NODE_ENV: 'development', BROWSER: 'none' },
    },
  );
  const backend = `http://localhost:${backendPort}`;
  const get = (url, headers) => fetch(url, { headers }).then(({ ok }) => ok);
  await waitFor(
    'the backend',
    () => get(`${backend}/.backstage/health/v1/readiness`),
    running,
  );
  const signIn = await fetch(`${backend}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const { backstageIdentity } = await signIn.json();
  const headers = { authorization: `Bearer ${backstageIdentity.token}` };
  const entity = `${backend}/api/catalog/entities/by-name/component/default/reviews`;
  await waitFor('the entity reviews', () => get(entity, headers), running);
  await waitFor(
    'the frontend',
    () => get(`http://localhost:${appPort}/`),
    running,
  );
}

async function tryRelease({ built, keep }) {
  const folder = mkdtempSync(join(tmpdir(), 'mesh-try-release-'));
  const portal = join(folder, 'portal');
  const commands = commandsIn(folder);
  const children = new Children();
  let passed = false;
  try {
    const steps = readmeSteps();
    const packages = publishedPackages();
    if (!built) {
      await step('Building the packages', async () => {
        await commands.yarn(root, 'tsc');
        await commands.yarn(root, 'backstage-cli', 'repo', 'build');
      });
    }
    const tarballs = await step('Packing the packages', () =>
      pack(packages, folder, commands),
    );
    for (const [name, tarball] of tarballs) {
      console.log(`  ${name}: ${checkTarball(name, tarball)} files`);
    }
    await step('Making a portal', () => createPortal(portal, commands));
    await step('README step 1: adding the packages', () =>
      addPackages(portal, steps.adds, tarballs, commands),
    );
    await step('README step 2: registering the backend', async () =>
      registerBackend(portal, steps.registrations),
    );
    const sandbox = await step('Starting the sandbox', () =>
      startSandbox(children, folder),
    );
    const ports = { appPort: await freePort(), backendPort: await freePort() };
    await step('README step 3: configuring', async () =>
      configure(portal, steps.config, { sandbox, ...ports }),
    );
    await step('Starting the portal', () =>
      startPortal(children, folder, portal, ports),
    );
    await step('Looking at the tabs of reviews in Chromium', () =>
      lookAtTabs(`http://localhost:${ports.appPort}`, folder),
    );
    passed = true;
  } finally {
    await children.end();
    if (passed && !keep) {
      rmSync(folder, { recursive: true, force: true });
    } else {
      console.log(`The portal and the logs are in ${folder}`);
    }
  }
  console.log(
    'The mTLS and Routing tabs show in a portal that was installed from the tarballs.',
  );
}

try {
  await tryRelease(readOptions());
} catch (error) {
  console.error(error instanceof TryError ? `error: ${error.message}` : error);
  process.exit(1);
}
