import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createGeneratePoliciesAction } from './actions/generatePolicies';
import { createSaveFolderAction } from './actions/saveFolder';
import { readOutputDirectory } from './config';
import { MeshBackend } from './MeshBackend';

/**
 * The scaffolder's actions for meshes.
 *
 * @public
 */
export const scaffolderModuleMesh = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'mesh',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init({ auth, config, discovery, scaffolder }) {
        const outputDirectory = readOutputDirectory(config);
        scaffolder.addActions(
          createGeneratePoliciesAction({
            backend: MeshBackend.create({ auth, discovery }),
          }),
          createSaveFolderAction({
            ...(outputDirectory && { outputDirectory }),
          }),
        );
      },
    });
  },
});
