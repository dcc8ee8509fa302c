/*
 * Starts the sandbox and the portal: `node portal.mjs [--port N] [--dev] [--state DIR]`.
 *
 * Without --dev it is the portal as in production: the built backend (in .sandbox/portal, see build.sh)
 * serves the built frontend at one URL. With --dev it is Backstage's development server with reload.
 * Its last start-up line is `Ready: URL`.
 */
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Children } from './children.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const BUILT_PORTAL = join(root, '.sandbox/portal');
const USAGE = 'usage: script/server [--port N]';
const START_TIMEOUT_MS = 120_000;

class UserError extends Error {}

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        port: { type: 'string', default: '7007' },
        dev: { type: 'boolean', default: false },
        state: { type: 'string', default: join(root, '.sandbox') },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw new UserError(`${error.message}\n${USAGE}`);
  }
  if (values.help) {
    console.log(
      `${USAGE}\n\nStarts two simulated clusters and a Backstage portal on them, both on this machine only.`,
    );
    process.exit(0);
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535) {
    throw new UserError(
      `--port ${values.port}: a port is a number from 1 to 65535 (0 takes a free one)\n${USAGE}`,
    );
  }
  return { ...values, port, state: resolve(values.state) };
}

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

function logFile(state, name) {
  const path = join(state, 'logs', `${name}.log`);
  mkdirSync(dirname(path), { recursive: true });
  return { path, stream: createWriteStream(path) };
}

/** Runs a program whose output goes to a log; if it ends by itself, everything ends with the log's last lines. */
function startLogged(children, state, name, args, options) {
  const log = logFile(state, name);
  const child = children.start(process.execPath, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    onEnd: async how => {
      await children.end();
      console.error(tail(log.path));
      console.error(
        `error: the ${name} ended ${how}; its log is ${relative(
          process.cwd(),
          log.path,
        )}`,
      );
      process.exit(1);
    },
  });
  child.stdout.pipe(log.stream, { end: false });
  child.stderr.pipe(log.stream, { end: false });
  return child;
}

function tail(path) {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}

async function startSandbox(children, state) {
  const child = startLogged(
    children,
    state,
    'sandbox',
    [
      join(root, 'packages/sandbox/bin/mesh-sandbox'),
      'start',
      '--state',
      state,
    ],
    { cwd: root },
  );
  await lineOf(child, line => line === 'sandbox ready');
  return JSON.parse(readFileSync(join(state, 'sandbox.json'), 'utf8'));
}

function lineOf(child, matches) {
  return new Promise(done => {
    let rest = '';
    const read = chunk => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      if (lines.some(matches)) {
        child.stdout.off('data', read);
        done();
      }
    };
    child.stdout.on('data', read);
  });
}

function portalEnvironment({ sandbox, state, appUrl, backendUrl, port, dev }) {
  const { east, west } = sandbox.clusters;
  return {
    ...process.env,
    NODE_ENV: dev ? 'development' : 'production',
    MESH_ROOT: root,
    MESH_STATE: state,
    MESH_APP_URL: appUrl,
    MESH_BACKEND_URL: backendUrl,
    MESH_BACKEND_PORT: String(port),
    MESH_SANDBOX_CA: sandbox.caFile,
    MESH_SANDBOX_EAST_URL: east.url,
    MESH_SANDBOX_EAST_TOKEN: east.token,
    MESH_SANDBOX_WEST_URL: west.url,
    MESH_SANDBOX_WEST_TOKEN: west.token,
    MESH_SANDBOX_PROMETHEUS_URL: sandbox.prometheus.url,
  };
}

const CONFIGS = ['app-config.yaml', 'app-config.sandbox.yaml'].flatMap(file => [
  '--config',
  join(root, file),
]);

function startPortal(children, state, env) {
  startLogged(
    children,
    state,
    'portal',
    [join(BUILT_PORTAL, 'packages/backend'), ...CONFIGS],
    { cwd: BUILT_PORTAL, env },
  );
}

function startDevelopment(children, env) {
  children.start(
    process.execPath,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'repo',
      'start',
      ...CONFIGS,
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

/** The entity that the first link leads to. */
const FIRST_ENTITY = 'component/default/reviews';

/**
 * Waits until the backend says that it is ready, the first page is served, and the catalog has read the
 * example entities (at the first start it needs a moment for that).
 */
async function waitUntilServed(backendUrl, appUrl) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  await waitFor(`${backendUrl}/.backstage/health/v1/readiness`, deadline);
  await waitFor(appUrl, deadline);
  const signIn = await fetch(`${backendUrl}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const { backstageIdentity } = await signIn.json();
  await waitFor(
    `${backendUrl}/api/catalog/entities/by-name/${FIRST_ENTITY}`,
    deadline,
    { authorization: `Bearer ${backstageIdentity.token}` },
  );
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

function introduce(url, sandbox) {
  const kubeconfig = relative(process.cwd(), sandbox.kubeconfig);
  console.log(`
Two simulated clusters run on this machine: east (Istio) and west (Linkerd).
Kubeconfig: ${kubeconfig}

Three things to try:
  1. Open ${url}/catalog/default/component/reviews/mtls, sign in as guest: who must use mutual TLS, and which object says so.
  2. Open ${url}/mesh for the whole fleet. Edit packages/sandbox/manifests/east/shop/reviews.yaml and save: open pages follow.
  3. script/run mesh analyze packages/sandbox/manifests/west finds the planted problems of the west cluster in its files.
`);
  console.log(`Ready: ${url}`);
}

async function main() {
  const options = readOptions();
  const { state, dev } = options;
  const port = await freePort(options.port);
  const backendUrl = `http://localhost:${port}`;
  const appUrl = dev ? 'http://localhost:3000' : backendUrl;
  if (!dev && !existsSync(BUILT_PORTAL)) {
    throw new UserError(
      'there is no built portal yet; script/server builds it',
    );
  }
  mkdirSync(join(state, 'database'), { recursive: true });
  const children = new Children();
  try {
    const sandbox = await startSandbox(children, state);
    const env = portalEnvironment({
      sandbox,
      state,
      appUrl,
      backendUrl,
      port,
      dev,
    });
    if (dev) {
      startDevelopment(children, env);
    } else {
      startPortal(children, state, env);
    }
    await waitUntilServed(backendUrl, appUrl);
    introduce(appUrl, sandbox);
  } catch (error) {
    await children.end();
    throw error;
  }
}

main().catch(error => {
  console.error(error instanceof UserError ? `error: ${error.message}` : error);
  process.exit(1);
});
