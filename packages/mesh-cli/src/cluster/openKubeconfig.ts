import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { UsageError } from '../usageError';

export interface KubeconfigOptions {
  /** Absent: where kubectl looks, in KUBECONFIG, ~/.kube/config and the account of the pod. */
  file?: string;
  /** Absent: the current context. */
  context?: string;
  cwd: string;
}

/** One context of a kubeconfig: a cluster, and as whom it is read. */
export interface OpenedContext {
  config: KubeConfig;
  name: string;
  server: string;
  /** How messages call the user. */
  user: string;
}

/** Opens a context, the way kubectl would. The errors never quote the file: there are credentials in it. */
export async function openKubeconfig(
  options: KubeconfigOptions,
): Promise<OpenedContext> {
  const { file, context } = options;
  const source = file ? `the kubeconfig ${file}` : 'the default kubeconfig';
  const config = await loaded(options, source);
  const names = config.getContexts().map(({ name }) => name);
  const name = context ?? config.getCurrentContext();
  if (!name) {
    throw new UsageError(
      `${source} has no current-context; name one by --context: ${names.join(
        ', ',
      )}`,
    );
  }
  const found = config.getContextObject(name);
  if (!found) {
    throw new UsageError(
      `${source} has no context ${name}; it has ${names.join(', ') || 'none'}`,
    );
  }
  config.setCurrentContext(name);
  const cluster = config.getCurrentCluster();
  if (!cluster) {
    throw new UsageError(
      `the context ${name} of ${source} names the cluster ${found.cluster}, of which it has no usable entry`,
    );
  }
  if (found.user && !config.getCurrentUser()) {
    throw new UsageError(
      `the context ${name} of ${source} names the user ${found.user}, of which it has no usable entry`,
    );
  }
  return {
    config,
    name,
    server: cluster.server,
    user: found.user || 'anonymous',
  };
}

/** The library takes longer to load than most files to be analysed, and is loaded only for a cluster. */
function emptyConfig(): KubeConfig {
  const library: typeof import('@kubernetes/client-node') =
    // eslint-disable-next-line global-require
    require('@kubernetes/client-node');
  return new library.KubeConfig();
}

async function loaded(
  { file, cwd }: KubeconfigOptions,
  source: string,
): Promise<KubeConfig> {
  const config = emptyConfig();
  // One bad entry must not take the others with it; a context that needs it says that it is not there.
  const lenient = { onInvalidEntry: 'filter' as const };
  if (file) {
    const path = resolve(cwd, file);
    const text = await readFile(path, 'utf8').catch(error => {
      throw new UsageError(`${source} cannot be read (${error.code})`);
    });
    parsed(source, () => config.loadFromString(text, lenient));
    config.makePathsAbsolute(dirname(path));
  } else {
    parsed(source, () => config.loadFromDefault(lenient));
  }
  const [first] = config.getContexts();
  if (!first) {
    throw new UsageError(`${source} has no contexts`);
  }
  if (!file && first.name === 'loaded-context' && !inCluster(config)) {
    // What the library answers where there is nothing.
    throw new UsageError(
      'there is no kubeconfig where kubectl looks (KUBECONFIG, ~/.kube/config); name one by --kubeconfig',
    );
  }
  return config;
}

function inCluster(config: KubeConfig): boolean {
  return config.getCurrentCluster()?.server !== 'http://localhost:8080';
}

function parsed(source: string, load: () => void): void {
  try {
    load();
  } catch {
    // The library's message may quote the file.
    throw new UsageError(
      `${source} is no kubeconfig: it is not YAML, or has no clusters, users and contexts`,
    );
  }
}
