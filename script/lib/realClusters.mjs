/* The portal on real clusters: script/server --kubeconfig FILE. */
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { clustersConfig, tokensOf } from './clustersConfig.mjs';
import { listServices, readContexts } from './kubeconfig.mjs';
import { proposedEntities, proposeOnce } from './proposeCatalog.mjs';
import { UserError } from './userError.mjs';

/** Checks the arguments against the kubeconfig; throws a UserError that names what does not fit. */
export function checkClusters({ kubeconfig, contexts, prometheus, jaeger }) {
  const found = readContexts(kubeconfig, contexts);
  const names = found.map(({ name }) => name);
  for (const stores of [prometheus, jaeger]) {
    const owners = new Set();
    for (const { option, text, context } of stores) {
      if (context === undefined && names.length > 1) {
        throw new UserError(
          `--${option} ${text}: several contexts are read; say whose it is: --${option} CONTEXT=URL`,
        );
      }
      if (context !== undefined && !names.includes(context)) {
        throw new UserError(
          `--${option} ${text}: ${context} is none of the contexts that are read (${names.join(
            ', ',
          )})`,
        );
      }
      const owner = context ?? names[0];
      if (owners.has(owner)) {
        throw new UserError(
          `--${option} ${text}: context ${owner} has one already`,
        );
      }
      owners.add(owner);
    }
  }
  return found;
}

/**
 * What the portal is started with: a configuration file in the state folder, which one can read as the
 * start of one's own, and beside it the environment, which has the credentials.
 */
export async function prepareClusters(clusters, state) {
  const contexts = checkClusters(clusters);
  const catalog = clusters.catalog
    ? { path: clusters.catalog }
    : await proposeCatalog(clusters, contexts, state);
  const configFile = join(state, 'app-config.clusters.yaml');
  writeFileSync(
    configFile,
    `# Made by script/server at each start. The values in \${} are in its environment.\n${stringify(
      clustersConfig(clusters, contexts, catalog.path),
    )}`,
  );
  return {
    configs: [configFile],
    env: tokensOf(contexts),
    database: 'database-clusters',
    firstEntity: catalog.firstEntity,
    introduce: url => introduce(url, { clusters, catalog, contexts }),
  };
}

async function proposeCatalog({ kubeconfig }, contexts, state) {
  const path = join(state, 'catalog.yaml');
  const problems = [];
  let entities;
  const written = await proposeOnce(
    path,
    `${contexts.map(({ name }) => name).join(', ')} in ${kubeconfig}`,
    async () => {
      const services = [];
      for (const context of contexts) {
        try {
          services.push(...(await listServices(context)));
        } catch (error) {
          problems.push(`${context.name} (${firstLine(error)})`);
        }
      }
      entities = proposedEntities(services);
      return entities;
    },
  );
  const first = entities?.find(({ kind }) => kind === 'Component')?.metadata;
  return {
    path,
    written,
    problems,
    proposed: entities ? entities.length - 1 : 0,
    firstEntity: first && `component/${first.namespace}/${first.name}`,
  };
}

/** Without what the library adds: the body and the headers of the answer. */
function firstLine(error) {
  const [line] = (error.message || error.code || 'no answer').split('\n');
  return error.code && typeof error.code === 'number'
    ? `HTTP ${error.code}`
    : line;
}

function introduce(url, { clusters, catalog, contexts }) {
  const names = contexts.map(({ name }) => name);
  const fromHere = relative(process.cwd(), catalog.path);
  const path = fromHere.startsWith('..') ? catalog.path : fromHere;
  const lines = [
    '',
    `The portal reads ${names.join(', ')} of ${
      clusters.kubeconfig
    }; it writes nothing there.`,
    catalog.written
      ? `Catalog: ${path}, with ${catalog.proposed} components proposed from the Services. Edit it as you like: it is not written again.`
      : `Catalog: ${path}.`,
  ];
  if (catalog.problems?.length) {
    lines.push(
      `The Services could not be listed of: ${catalog.problems.join(
        '; ',
      )}. Delete ${path} to have its entities proposed again.`,
    );
  }
  const without = contexts.filter(({ user }) => !user.token);
  if (without.length > 0) {
    lines.push(
      `The Kubernetes tab has nothing of ${without
        .map(({ name }) => name)
        .join(', ')}: its account has no token.`,
    );
  }
  lines.push(
    '',
    'Two things to try:',
    `  1. Open ${url}/mesh and sign in as guest: the clusters, and what of them could be read.`,
    `  2. Open ${url}/catalog${
      catalog.firstEntity
        ? `/${catalog.firstEntity.replace(
            /^component\/([^/]+)/,
            '$1/component',
          )}/mtls`
        : ''
    } for what the mesh does for a service.`,
    '',
  );
  return lines.join('\n');
}
