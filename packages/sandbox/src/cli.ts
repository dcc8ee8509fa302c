import { Command, InvalidArgumentError } from 'commander';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseDuration } from './prometheus/promql/duration';
import { CLUSTERS, startSandbox, type Sandbox } from './sandbox';
import { StateFolder } from './stateFolder';

interface StartOptions {
  manifests?: string;
  state: string;
  portEast: number;
  portWest: number;
  portPrometheus: number;
  portJaeger: number;
  scrapeInterval: number;
}

/** A mistake of the caller: one line without a stack. */
class UsageError extends Error {}

/** The command `mesh-sandbox`. */
export function run(argv: readonly string[]): void {
  createProgram()
    .parseAsync([...argv])
    .catch(error => {
      process.stderr.write(
        `error: ${
          error instanceof UsageError ? error.message : explain(error)
        }\n`,
      );
      process.exitCode = 1;
    });
}

function createProgram(): Command {
  const program = new Command('mesh-sandbox').description(
    'Two simulated clusters (east: Istio, west: Linkerd), their Kubernetes APIs, their Prometheus and their Jaeger, on loopback',
  );
  program
    .command('start')
    .description('starts them; SIGINT or SIGTERM ends them')
    .option(
      '--manifests <dir>',
      "the folder with east, west and traffic (the package's own)",
    )
    .option(
      '--state <dir>',
      'where ca.crt, kubeconfig and sandbox.json are written',
      '.sandbox',
    )
    .option('--port-east <port>', 'of the Kubernetes API', readPort, 0)
    .option('--port-west <port>', 'of the Kubernetes API', readPort, 0)
    .option('--port-prometheus <port>', 'of the query API', readPort, 0)
    .option('--port-jaeger <port>', 'of the query API', readPort, 0)
    .option(
      '--scrape-interval <duration>',
      'between scrapes, from 1s to 1m',
      readInterval,
      5_000,
    )
    .action((options: StartOptions) => start(options));
  return program;
}

async function start(options: StartOptions): Promise<void> {
  const { manifests } = options;
  if (manifests !== undefined) {
    await checkManifests(manifests);
  }
  const state = await StateFolder.create(options.state);
  const sandbox = await startSandbox({
    ...(manifests !== undefined && { manifests: path.resolve(manifests) }),
    ports: {
      east: options.portEast,
      west: options.portWest,
      prometheus: options.portPrometheus,
      jaeger: options.portJaeger,
    },
    scrapeInterval: options.scrapeInterval,
  });
  await state.write(sandbox);
  endOnSignal(sandbox, state);
  for (const name of CLUSTERS) {
    process.stdout.write(`${name}: ${sandbox.clusters[name].url}\n`);
  }
  process.stdout.write(
    `prometheus: ${sandbox.prometheus.url}\njaeger: ${sandbox.jaeger.url}\nsandbox ready\n`,
  );
}

function endOnSignal(sandbox: Sandbox, state: StateFolder): void {
  let ending = false;
  const end = () => {
    if (!ending) {
      ending = true;
      Promise.all([sandbox.close(), state.clear()]).then(
        () => process.exit(0),
        error => {
          process.stderr.write(`error: ${explain(error)}\n`);
          process.exit(1);
        },
      );
    }
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

async function checkManifests(folder: string): Promise<void> {
  for (const name of [...CLUSTERS, 'traffic']) {
    const found = await stat(path.join(folder, name)).catch(() => undefined);
    if (!found?.isDirectory()) {
      throw new UsageError(
        `--manifests ${folder}: there is no folder ${name} in it; copy the package's own folder manifests and edit that`,
      );
    }
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError(
      'A port is a number from 1 to 65535; 0 takes a free one.',
    );
  }
  return port;
}

function readInterval(text: string): number {
  const interval = parseDuration(text);
  if (interval === undefined || interval < 1_000 || interval > 60_000) {
    throw new InvalidArgumentError('It must be a duration from 1s to 1m.');
  }
  return interval;
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `port ${error.port} is taken by another program; end it, or choose another port`;
  }
  return error.message;
}
