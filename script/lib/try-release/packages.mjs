import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../userError.mjs';
import { root } from './run.mjs';

/** The packages of the workspace that would be published. */
export function publishedPackages() {
  return ['packages', 'plugins']
    .flatMap(folder =>
      readdirSync(join(root, folder)).map(name => `${folder}/${name}`),
    )
    .filter(folder => existsSync(join(root, folder, 'package.json')))
    .map(folder => ({
      folder,
      manifest: readJson(join(root, folder, 'package.json')),
    }))
    .filter(({ manifest }) => !manifest.private)
    .map(({ folder, manifest }) => ({ folder, name: manifest.name }));
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * Packs the packages, which must have been built, as `yarn npm publish` would. Packing rewrites the
 * package.json of a package while it runs, so it is done in a copy.
 */
export async function pack(packages, folder, { yarn }) {
  const copy = join(folder, 'source');
  const tarballs = new Map();
  copyWorkspace(copy);
  for (const { folder: source, name } of packages) {
    const tarball = join(folder, `${name}.tgz`);
    await yarn(join(copy, source), 'pack', '--out', tarball);
    tarballs.set(name, tarball);
  }
  return tarballs;
}

function copyWorkspace(copy) {
  const files = execFileSync('git', ['ls-files', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter(file => file && existsSync(join(root, file)));
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  for (const { folder } of publishedPackages()) {
    const dist = join(root, folder, 'dist');
    if (!existsSync(dist)) {
      throw new UserError(`${folder} has not been built`);
    }
    cpSync(dist, join(copy, folder, 'dist'), { recursive: true });
  }
  cpSync(
    join(root, '.yarn/install-state.gz'),
    join(copy, '.yarn/install-state.gz'),
  );
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
}

const UNWANTED =
  /(\.test\.|__fixtures__|__testUtils__|__mocks__|setupTests|\/dev\/|\.snap$)/;

/** Throws where a tarball lacks what its package.json names, or has what only its makers need. */
export function checkTarball(name, tarball) {
  const files = tar(['-tzf', tarball])
    .trim()
    .split('\n')
    .map(file => file.replace(/^package\//, ''));
  const manifest = JSON.parse(tar(['-xzOf', tarball, 'package/package.json']));
  const problems = [
    ...files.filter(file => UNWANTED.test(file)).map(file => `has ${file}`),
    ...['README.md', 'package.json', ...namedFiles(manifest)]
      .map(file => file.replace(/^\.\//, ''))
      .filter(file => !files.includes(file))
      .map(file => `lacks ${file}`),
    ...(manifest.files ?? [])
      .filter(part => !files.some(file => `${file}/`.startsWith(`${part}/`)))
      .map(part => `lacks ${part}`),
    ...Object.entries(manifest.dependencies ?? {})
      .filter(([, range]) => range.startsWith('workspace:'))
      .map(
        ([dependency]) =>
          `depends on ${dependency} by its place in the workspace`,
      ),
  ];
  if (problems.length > 0) {
    throw new UserError(`the tarball of ${name} ${problems.join(', ')}`);
  }
  return files.length;
}

/** The files that a manifest says are there. */
function namedFiles({ main, module, types, exports, bin, configSchema }) {
  return [main, module, types, exports, bin, configSchema].flatMap(pathsIn);
}

function pathsIn(value) {
  if (typeof value === 'string') {
    return [value];
  }
  return (
    Object.entries(value ?? {})
      // What Backstage's packaging says of the kind of an entry point.
      .filter(([key]) => key !== 'backstage')
      .flatMap(([, nested]) => pathsIn(nested))
  );
}

function tar(args) {
  return execFileSync('tar', args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}
