/* The portal on the two simulated clusters. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lineOf, startLogged } from './logged.mjs';

/** Starts the sandbox, and says what the portal is started with. */
export async function prepareSandbox(children, root, state) {
  const child = startLogged(
    children,
    state,
    'sandbox',
    [
      join(root, 'packages/sandbox/bin/mesh-sandbox'),
      'start',
      '--state',
      state,
    ],
    { cwd: root },
  );
  // What is wrong with an edited manifest is for the person who edits it.
  child.stderr.pipe(process.stderr, { end: false });
  await lineOf(child, line => line === 'sandbox ready');
  const sandbox = JSON.parse(readFileSync(join(state, 'sandbox.json'), 'utf8'));
  return {
    configs: [join(root, 'app-config.sandbox.yaml')],
    env: environment(sandbox),
    database: 'database',
    firstEntity: 'component/default/reviews',
    introduce: url => introduce(url, sandbox),
  };
}

function environment({ clusters: { east, west }, caFile, prometheus, jaeger }) {
  return {
    MESH_SANDBOX_CA: caFile,
    MESH_SANDBOX_EAST_URL: east.url,
    MESH_SANDBOX_EAST_TOKEN: east.token,
    MESH_SANDBOX_WEST_URL: west.url,
    MESH_SANDBOX_WEST_TOKEN: west.token,
    MESH_SANDBOX_PROMETHEUS_URL: prometheus.url,
    MESH_SANDBOX_JAEGER_URL: jaeger.url,
  };
}

function introduce(url, sandbox) {
  const kubeconfig = relative(process.cwd(), sandbox.kubeconfig);
  return `
Two simulated clusters run on this machine: east (Istio) and west (Linkerd).
Kubeconfig: ${kubeconfig}

Three things to try:
  1. Open ${url}/catalog/default/component/reviews/mtls, sign in as guest: who must use mutual TLS, and which object says so.
  2. Open ${url}/mesh for the whole fleet. Edit packages/sandbox/manifests/east/shop/reviews.yaml and save: open pages follow.
  3. script/run mesh analyze packages/sandbox/manifests/west finds the planted problems of the west cluster in its files.
`;
}
