import { cp, lstat } from 'node:fs/promises';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { OUTPUT_DIRECTORY } from '../config';

/**
 * Keeps the workspace in a folder on the machine of the backend, where the operator of the portal has named
 * one. Nobody chooses the path: below that folder, it is the id of the task.
 */
export function createSaveFolderAction(options: { outputDirectory?: string }) {
  const { outputDirectory } = options;
  return createTemplateAction({
    id: 'mesh:folder:save',
    description: `Keeps what the task has generated in a folder below ${OUTPUT_DIRECTORY}, for portals without a Git host`,
    examples: [
      {
        description: 'Keep the files of the workspace',
        example:
          'steps:\n  - id: folder\n    name: Keep the files\n    action: mesh:folder:save\n',
      },
    ],
    supportsDryRun: true,
    schema: {
      output: {
        path: z => z.string().describe('The folder on the machine'),
      },
    },
    async handler(ctx) {
      if (!outputDirectory) {
        throw new InputError(
          `This portal keeps no folders: ${OUTPUT_DIRECTORY} is not set. Choose a pull request instead`,
        );
      }
      const path = resolveSafeChildPath(outputDirectory, ctx.task.id);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Would keep the files in a folder below ${outputDirectory}`,
        );
      } else {
        await cp(ctx.workspacePath, path, {
          recursive: true,
          errorOnExist: true,
          force: false,
          // Links could lead out of the workspace.
          filter: async source => !(await lstat(source)).isSymbolicLink(),
        });
        ctx.logger.info(`Kept the files in ${path}`);
      }
      ctx.output('path', path);
    },
  });
}
