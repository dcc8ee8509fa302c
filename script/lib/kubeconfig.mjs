/* The kubeconfig that script/server was given. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { UserError } from './userError.mjs';

const LIST_TIMEOUT_MS = 15_000;

/**
 * The contexts that are read, with their clusters and users. Errors never quote the file: there are
 * credentials in it.
 */
export function readContexts(file, names) {
  const text = readFileSync(file, 'utf8');
  const config = load(text, file);
  const all = config.getContexts().map(({ name }) => name);
  const wanted = names ?? [config.getCurrentContext()].filter(Boolean);
  if (wanted.length === 0) {
    throw new UserError(
      `--kubeconfig ${file}: it has no current-context; name one with --context: ${all.join(
        ', ',
      )}`,
    );
  }
  return wanted.map(name => {
    if (!all.includes(name)) {
      throw new UserError(
        `--context ${name}: ${file} has no such context; it has ${
          all.join(', ') || 'none'
        }`,
      );
    }
    return contextOf(config, name, file);
  });
}

function load(text, file) {
  const config = new KubeConfig();
  try {
    const content = parse(text);
    readTokenFiles(content, dirname(file));
    config.loadFromString(JSON.stringify(content), {
      onInvalidEntry: 'filter',
    });
    config.makePathsAbsolute(dirname(file));
  } catch (error) {
    if (error instanceof UserError) {
      throw error;
    }
    throw new UserError(`--kubeconfig ${file}: it is not a kubeconfig`);
  }
  return config;
}

/** The library does not know users whose token is in a file. */
function readTokenFiles({ users }, folder) {
  for (const { name, user } of users ?? []) {
    if (user?.tokenFile) {
      const path = resolve(folder, user.tokenFile);
      try {
        user.token = readFileSync(path, 'utf8').trim();
      } catch (error) {
        throw new UserError(
          `the token file ${path} of user ${name} cannot be read (${error.code})`,
        );
      }
    }
  }
}

function contextOf(config, name, file) {
  const context = config.getContextObject(name);
  const cluster = config.getCluster(context.cluster);
  const user = context.user
    ? config.getUser(context.user)
    : { name: 'anonymous' };
  if (!cluster || !user) {
    throw new UserError(
      `--context ${name}: ${file} has no usable entry for its ${
        cluster ? `user ${context.user}` : `cluster ${context.cluster}`
      }`,
    );
  }
  return { name, cluster, user };
}

/** All Services of a cluster. */
export async function listServices({ cluster, user }) {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(cluster, user);
  let timer;
  const late = new Promise((_, failed) => {
    timer = setTimeout(
      () => failed(new Error(`no answer within ${LIST_TIMEOUT_MS / 1000} s`)),
      LIST_TIMEOUT_MS,
    );
  });
  try {
    const { items } = await Promise.race([
      config.makeApiClient(CoreV1Api).listServiceForAllNamespaces(),
      late,
    ]);
    return items;
  } finally {
    clearTimeout(timer);
  }
}
