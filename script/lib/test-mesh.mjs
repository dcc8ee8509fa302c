/*
 * `yarn test:mesh`: what the product predicts of requests against what comes of them in a mesh that runs.
 * MESH_TEST_KUBECONFIG names the kubeconfig of a cluster with Istio, by its current context; kubectl is found by the
 * PATH. Without it the test is skipped. docs/mesh-test.md says what it makes in the cluster.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const kubeconfig = process.env.MESH_TEST_KUBECONFIG;

if (!kubeconfig) {
  console.log(
    'Skipped: MESH_TEST_KUBECONFIG is not set. Set it to the kubeconfig of a cluster with Istio in which namespaces may be made.',
  );
} else if (!existsSync(kubeconfig)) {
  console.error(
    `error: MESH_TEST_KUBECONFIG=${kubeconfig}: there is no such file`,
  );
  process.exitCode = 1;
} else {
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      ...['package', 'test', '--watchAll=false', '--maxWorkers=1'],
      ...['--config', 'jest.mesh.config.js', ...process.argv.slice(2)],
    ],
    {
      cwd: join(root, 'plugins/mesh-backend'),
      stdio: 'inherit',
      env: { ...process.env, MESH_TEST_KUBECONFIG: resolve(kubeconfig) },
    },
  );
  child.once('exit', code => {
    process.exitCode = code ?? 1;
  });
}
