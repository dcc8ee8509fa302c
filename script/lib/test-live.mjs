/*
 * `yarn test:live`: the tests against real programs. KUBEBUILDER_ASSETS names the folder that has them, as
 * envtest has it: etcd and kube-apiserver, and prometheus with promtool. Tests whose programs are not there
 * are skipped.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const assets = process.env.KUBEBUILDER_ASSETS;

if (!assets) {
  console.log(
    'Skipped: KUBEBUILDER_ASSETS is not set. Set it to a folder with etcd and kube-apiserver (as setup-envtest makes it), and prometheus and promtool if you like.',
  );
} else if (!existsSync(assets)) {
  console.error(`error: KUBEBUILDER_ASSETS=${assets}: there is no such folder`);
  process.exitCode = 1;
} else {
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      ...['package', 'test', '--watchAll=false', '--maxWorkers=1'],
      ...['--config', 'jest.live.config.js', ...process.argv.slice(2)],
    ],
    {
      cwd: join(root, 'plugins/mesh-backend'),
      stdio: 'inherit',
      env: { ...process.env, KUBEBUILDER_ASSETS: resolve(assets) },
    },
  );
  child.once('exit', code => {
    process.exitCode = code ?? 1;
  });
}
