import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const WORKSPACE = path.dirname(
  path.dirname(path.dirname(require.resolve('mesh-bench/package.json'))),
);

/**
 * The command as it is published: built, without its source, in a folder of its own with what starting it needs.
 * Gives the path of its bin.
 */
export function packedCli(): string {
  execFileSync('yarn', ['workspace', 'backstage-mesh-cli', 'build'], {
    cwd: WORKSPACE,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const source = path.join(WORKSPACE, 'packages/mesh-cli');
  const modules = path.join(
    mkdtempSync(path.join(tmpdir(), 'mesh-packed-')),
    'node_modules',
  );
  const target = path.join(modules, 'backstage-mesh-cli');
  mkdirSync(target, { recursive: true });
  for (const part of ['bin', 'dist']) {
    cpSync(path.join(source, part), path.join(target, part), {
      recursive: true,
    });
  }
  const manifest = JSON.parse(
    readFileSync(path.join(source, 'package.json'), 'utf8'),
  );
  writeFileSync(
    path.join(target, 'package.json'),
    JSON.stringify({
      ...manifest,
      main: 'dist/index.cjs.js',
      exports: undefined,
    }),
  );
  symlinkSync(
    path.dirname(require.resolve('commander')),
    path.join(modules, 'commander'),
  );
  return path.join(target, 'bin/mesh');
}

/** How the command runs in the repository, from its source. */
export const SOURCE_CLI = path.join(WORKSPACE, 'packages/mesh-cli/bin/mesh');
