import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const BIN = path.resolve(__dirname, '../bin/mesh-sandbox');

let state: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  state = await mkdtemp(path.join(tmpdir(), 'state-'));
});

afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  child = undefined;
  await rm(state, { recursive: true, force: true });
});

/** Starts the command and collects what it prints. */
function start(...args: string[]) {
  const output = { stdout: '', stderr: '' };
  const started = spawn(process.execPath, [BIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  const exit = once(started, 'exit').then(([code]) => code);
  const line = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => output.stdout.split('\n').includes(text) && resolve();
      started.stdout.on('data', look);
      exit.then(code =>
        reject(new Error(`ended with ${code}: ${output.stderr}`)),
      );
    });
  started.stdout.on('data', chunk => {
    output.stdout += chunk;
  });
  started.stderr.on('data', chunk => {
    output.stderr += chunk;
  });
  return { output, exit, line, started };
}

it('starts, says where it is, and ends cleanly', async () => {
  const { output, exit, line, started } = start('start', '--state', state);
  await line('sandbox ready');
  expect(output.stderr).toBe('');
  const description = JSON.parse(
    await readFile(path.join(state, 'sandbox.json'), 'utf8'),
  );
  expect(description.pid).toBe(started.pid);
  const ready = await fetch(`${description.prometheus.url}/-/ready`);
  expect(ready.status).toBe(200);
  started.kill('SIGTERM');
  expect(await exit).toBe(0);
  expect(await readdir(state)).toEqual([]);
  await expect(fetch(description.prometheus.url)).rejects.toThrow();
});

it('says that a port is taken', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    const { output, exit } = start(
      'start',
      '--state',
      state,
      '--port-prometheus',
      String(port),
    );
    expect(await exit).toBe(1);
    expect(output.stderr).toBe(
      `error: port ${port} is taken by another program; end it, or choose another port\n`,
    );
    expect(await readdir(state)).toEqual([]);
  } finally {
    server.close();
  }
});

it.each([
  [
    ['start', '--port-east', 'x'],
    /'--port-east <port>' argument 'x' is invalid. A port is a number/,
  ],
  [['start', '--scrape-interval', '2h'], /must be a duration from 1s to 1m/],
  [
    ['start', '--manifests', path.dirname(BIN)],
    /there is no folder east in it/,
  ],
  [['stop'], /unknown command 'stop'/],
])(
  'explains what is wrong with %j',
  async (args, message) => {
    const { output, exit } = start(...args);
    expect(await exit).toBe(1);
    expect(output.stderr).toMatch(message);
    expect(output.stderr).not.toMatch(/ {4}at /);
  },
  60_000,
);
