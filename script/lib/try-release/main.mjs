/*
 * Tries what would be published: packs the packages, makes a new portal, installs the tarballs by the
 * three steps of the README, starts it on the sandbox, and looks at the tabs in Chromium.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Children } from '../children.mjs';
import { startLogged } from '../logged.mjs';
import { prepareSandbox } from '../sandboxClusters.mjs';
import { UserError } from '../userError.mjs';
import { freePort, lookAtTabs, waitFor } from './look.mjs';
import { checkTarball, pack, publishedPackages } from './packages.mjs';
import {
  addPackages,
  configure,
  createPortal,
  registerBackend,
} from './portal.mjs';
import { commandsIn, root, step } from './run.mjs';
import { documentedSteps } from './steps.mjs';

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
    throw new UserError(`${error.message}\n${USAGE}`);
  }
}

async function startSandbox(children, folder) {
  const state = join(folder, 'sandbox');
  mkdirSync(state);
  await prepareSandbox(children, root, state);
  return JSON.parse(readFileSync(join(state, 'sandbox.json'), 'utf8'));
}

async function startPortal(children, folder, portal, { appPort, backendPort }) {
  startLogged(
    children,
    folder,
    'portal',
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
  const isServed = (url, headers) => async () =>
    (await fetch(url, { headers })).ok;
  await waitFor(
    'the backend',
    isServed(`${backend}/.backstage/health/v1/readiness`),
  );
  const signIn = await fetch(`${backend}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const { backstageIdentity } = await signIn.json();
  await waitFor(
    'the entity reviews',
    isServed(
      `${backend}/api/catalog/entities/by-name/component/default/reviews`,
      {
        authorization: `Bearer ${backstageIdentity.token}`,
      },
    ),
  );
  await waitFor('the frontend', isServed(`http://localhost:${appPort}/`));
}

async function tryRelease({ built, keep }) {
  const folder = mkdtempSync(join(tmpdir(), 'mesh-try-release-'));
  const portal = join(folder, 'portal');
  const commands = commandsIn(folder);
  const children = new Children();
  let passed = false;
  try {
    const steps = documentedSteps();
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
    'The card and the tabs show in a portal that was installed from the tarballs.',
  );
}

try {
  await tryRelease(readOptions());
} catch (error) {
  console.error(error instanceof UserError ? `error: ${error.message}` : error);
  process.exit(1);
}
