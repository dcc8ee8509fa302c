/*
 * `yarn test:mesh`: what the product predicts of requests against what comes of them in a mesh that runs.
 * MESH_TEST_KUBECONFIG names the kubeconfig of a cluster with Istio, by its current context; kubectl is found by the
 * PATH. Without it the test is skipped. docs/mesh-test.md says what it makes in the cluster.
 */
import { testLive } from './testLive.mjs';

testLive({
  variable: 'MESH_TEST_KUBECONFIG',
  hint: 'Set it to the kubeconfig of a cluster with Istio in which namespaces may be made.',
  what: 'file',
  config: 'jest.mesh.config.js',
});
