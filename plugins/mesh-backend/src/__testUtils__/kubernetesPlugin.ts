import { BackendFeature } from '@backstage/backend-plugin-api';

/**
 * The real backend of the Kubernetes plugin, loaded by Node itself: it imports an ES module while it runs,
 * which it cannot do in the module registry of Jest.
 */
export function kubernetesPlugin(): BackendFeature {
  const { createRequire } = process.getBuiltinModule('node:module');
  return createRequire(__filename)('@backstage/plugin-kubernetes-backend')
    .default;
}
