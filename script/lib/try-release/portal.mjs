import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import YAML from 'yaml';
import { UserError } from '../userError.mjs';
import { root } from './run.mjs';

/** The version of create-app that makes a portal of the release in backstage.json. */
const CREATE_APP = '@backstage/create-app@0.9.2';

/** A new portal, as create-app makes it, locked to the release that this project is made for. */
export async function createPortal(portal, { run }) {
  await run(
    root,
    'npx',
    ['--yes', CREATE_APP, '--skip-install', '--path', portal],
    {
      BACKSTAGE_APP_NAME: 'try-release',
    },
  );
  // A fresh resolution mixes releases, see docs/decisions/0006-one-backstage-release.md.
  cpSync(join(root, 'yarn.lock'), join(portal, 'yarn.lock'));
}

/** Step 1. The tarballs stand in for the registry, also where one of our packages needs another. */
export async function addPackages(portal, adds, tarballs, { yarn }) {
  const path = join(portal, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const { resolutions } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  manifest.resolutions = { ...manifest.resolutions, ...resolutions };
  for (const [name, tarball] of tarballs) {
    manifest.resolutions[name] = `file:${tarball}`;
  }
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
  for (const { workspace, name } of adds) {
    const tarball = tarballs.get(name);
    if (!tarball) {
      throw new UserError(
        `the documentation adds ${name}, which is none of our packages`,
      );
    }
    await yarn(portal, '--cwd', workspace, 'add', `${name}@file:${tarball}`);
  }
}

/** Step 2. */
export function registerBackend(portal, registrations) {
  const path = join(portal, 'packages/backend/src/index.ts');
  const source = readFileSync(path, 'utf8');
  const start = 'backend.start();';
  if (!source.includes(start)) {
    throw new UserError(`${path} has no line ${start}`);
  }
  writeFileSync(
    path,
    source.replace(start, `${registrations.join('\n')}\n\n${start}`),
  );
}

/** Step 3, and what an operator has configured before: the clusters, the catalog, where the portal is. */
export function configure(portal, config, { sandbox, appPort, backendPort }) {
  const { east, west } = sandbox.clusters;
  const [store] = config.mesh.prometheus;
  // Without what the sandbox has no use for: a token, and pages of its own.
  const [{ name, type, clusterLabel }] = config.mesh.traces;
  const cluster = (clusterName, { url, token }) => ({
    name: clusterName,
    url,
    authProvider: 'serviceAccount',
    serviceAccountToken: token,
    caFile: sandbox.caFile,
    skipMetricsLookup: true,
  });
  const appUrl = `http://localhost:${appPort}`;
  const local = {
    app: { baseUrl: appUrl },
    backend: {
      baseUrl: `http://localhost:${backendPort}`,
      listen: { host: '127.0.0.1', port: backendPort },
      cors: { origin: appUrl },
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'singleTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [cluster('east', east), cluster('west', west)],
        },
      ],
    },
    mesh: {
      ...config.mesh,
      prometheus: [
        { ...store, url: sandbox.prometheus.url, clusters: ['east', 'west'] },
      ],
      traces: [
        {
          name,
          type,
          clusterLabel,
          url: sandbox.jaeger.url,
          clusters: ['east', 'west'],
        },
      ],
    },
    catalog: {
      locations: [
        {
          type: 'file',
          target: join(root, 'examples/all.yaml'),
          rules: [
            {
              allow: [
                'User',
                'Group',
                'Component',
                'System',
                'Domain',
                'API',
                'Resource',
                'Template',
                'Location',
              ],
            },
          ],
        },
      ],
    },
  };
  writeFileSync(join(portal, 'app-config.local.yaml'), YAML.stringify(local), {
    mode: 0o600,
  });
}
