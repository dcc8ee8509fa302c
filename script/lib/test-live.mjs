/*
 * `yarn test:live`: the tests against real programs. KUBEBUILDER_ASSETS names the folder that has them, as
 * envtest has it: etcd and kube-apiserver, and prometheus with promtool. Tests whose programs are not there
 * are skipped.
 */
import { testLive } from './testLive.mjs';

testLive({
  variable: 'KUBEBUILDER_ASSETS',
  hint: 'Set it to a folder with etcd and kube-apiserver (as setup-envtest makes it), and prometheus and promtool if you like.',
  what: 'folder',
  config: 'jest.live.config.js',
});
