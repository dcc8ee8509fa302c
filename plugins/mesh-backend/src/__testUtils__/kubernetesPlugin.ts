import vm from 'node:vm';
import plugin from '@backstage/plugin-kubernetes-backend';

/** The real backend of the Kubernetes plugin. */
export function kubernetesPlugin(): typeof plugin {
  if (!('SourceTextModule' in vm)) {
    throw new Error(
      'The Kubernetes plugin imports an ES module while it runs, which Jest can do with NODE_OPTIONS=--experimental-vm-modules only',
    );
  }
  return plugin;
}
