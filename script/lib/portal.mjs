/*
 * Starts the portal on the sandbox, or on the clusters of a kubeconfig: `node portal.mjs [--port N]
 * [--kubeconfig FILE ...] [--dev] [--state DIR] [--check]`; portalOptions.mjs has the rest.
 *
 * Without --dev it is the portal as in production: the built backend (in .sandbox/portal, see build.sh)
 * serves the built frontend at one URL. With --dev it is Backstage's development server with reload. With
 * --check it only says whether it could start. Its last start-up line is `Ready: URL`.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Children } from './children.mjs';
import { startLogged } from './logged.mjs';
import { HELP, readOptions } from './portalOptions.mjs';
import { checkClusters, prepareClusters } from './realClusters.mjs';
import { prepareSandbox } from './sandboxClusters.mjs';
import { checkState, takeState } from './stateLock.mjs';
import { UserError } from './userError.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const BUILT_PORTAL = join(root, '.sandbox/portal');
const START_TIMEOUT_MS = 120_000;

/** The port itself if it is free on loopback; for 0, one that is. */
function freePort(port) {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', error =>
      failed(
        error.code === 'EADDRINUSE'
          ? new UserError(
              `port ${port} is taken by another program; end it, or choose another port: script/server --port ${
                port + 1
              }`,
            )
          : error,
      ),
    );
    server.listen({ host: '127.0.0.1', port }, () => {
      const { port: bound } = server.address();
      server.close(() => done(bound));
    });
  });
}

function configArguments(configs) {
  return [
    join(root, 'app-config.yaml'),
    join(root, 'app-config.loopback.yaml'),
    ...configs,
  ].flatMap(file => ['--config', file]);
}

function startPortal(children, state, configs, env) {
  startLogged(
    children,
    state,
    'portal',
    [join(BUILT_PORTAL, 'packages/backend'), ...configArguments(configs)],
    { cwd: BUILT_PORTAL, env },
  );
}

function startDevelopment(children, configs, env) {
  children.start(
    process.execPath,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'repo',
      'start',
      ...configArguments(configs),
    ],
    {
      cwd: root,
      env,
      stdio: 'inherit',
      onEnd: async how => {
        await children.end();
        console.error(`error: the development server ended ${how}`);
        process.exit(1);
      },
    },
  );
}

/**
 * Waits until the backend says that it is ready, the first page is served, and the catalog has read the
 * entity that the first link leads to (at the first start it needs a moment for that).
 */
async function waitUntilServed(backendUrl, appUrl, firstEntity) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  await waitFor(`${backendUrl}/.backstage/health/v1/readiness`, deadline);
  await waitFor(appUrl, deadline);
  const signIn = await fetch(`${backendUrl}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const { backstageIdentity } = await signIn.json();
  if (firstEntity) {
    await waitFor(
      `${backendUrl}/api/catalog/entities/by-name/${firstEntity}`,
      deadline,
      { authorization: `Bearer ${backstageIdentity.token}` },
    );
  }
}

async function waitFor(url, deadline, headers = {}) {
  for (;;) {
    const problem = await fetch(url, { headers }).then(
      response => (response.ok ? undefined : `HTTP ${response.status}`),
      error => error.cause?.code ?? error.message,
    );
    if (!problem) {
      return;
    }
    if (Date.now() > deadline) {
      throw new UserError(`${url} is not served after two minutes: ${problem}`);
    }
    await delay(200);
  }
}

async function main() {
  const options = readOptions(process.argv.slice(2), root);
  const { state, dev, clusters } = options;
  if (options.help) {
    console.log(HELP);
    return;
  }
  if (options.check) {
    if (clusters) {
      checkClusters(clusters);
    }
    checkState(state);
    await freePort(options.port);
    return;
  }
  takeState(state);
  const port = await freePort(options.port);
  const backendUrl = `http://localhost:${port}`;
  const appUrl = dev ? 'http://localhost:3000' : backendUrl;
  if (!dev && !existsSync(BUILT_PORTAL)) {
    throw new UserError(
      'there is no built portal yet; script/server builds it',
    );
  }
  const children = new Children();
  try {
    const { configs, env, database, firstEntity, introduce } = clusters
      ? await prepareClusters(clusters, state)
      : await prepareSandbox(children, root, state);
    const environment = {
      ...process.env,
      NODE_ENV: dev ? 'development' : 'production',
      MESH_ROOT: root,
      MESH_STATE: state,
      MESH_DATABASE: join(state, database),
      MESH_APP_URL: appUrl,
      MESH_BACKEND_URL: backendUrl,
      MESH_BACKEND_PORT: String(port),
      ...env,
    };
    mkdirSync(environment.MESH_DATABASE, { recursive: true });
    if (dev) {
      startDevelopment(children, configs, environment);
    } else {
      startPortal(children, state, configs, environment);
    }
    await waitUntilServed(backendUrl, appUrl, firstEntity);
    console.log(introduce(appUrl));
    console.log(`Ready: ${appUrl}`);
  } catch (error) {
    await children.end();
    throw error;
  }
}

main().catch(error => {
  console.error(error instanceof UserError ? `error: ${error.message}` : error);
  process.exit(1);
});
