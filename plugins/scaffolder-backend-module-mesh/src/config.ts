import { isAbsolute } from 'node:path';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** The key of the folder that tasks may leave files in. */
export const OUTPUT_DIRECTORY = 'mesh.scaffolder.outputDirectory';

/** The folder that tasks may leave files in, where the operator has named one. Throws an error that names the key. */
export function readOutputDirectory(config: Config): string | undefined {
  const directory = config.getOptionalString(OUTPUT_DIRECTORY);
  if (directory !== undefined && !isAbsolute(directory)) {
    throw new InputError(
      `Invalid configuration: ${OUTPUT_DIRECTORY}: expected an absolute path, got ${directory}`,
    );
  }
  return directory;
}
