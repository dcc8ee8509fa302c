import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { GeneratedFile } from 'backstage-plugin-mesh-common';

/**
 * Writes files below a folder of the workspace, and returns their paths in the workspace. Throws InputError
 * where the folder is not in the workspace.
 */
export async function writeFiles(
  workspacePath: string,
  targetPath: string,
  files: readonly GeneratedFile[],
): Promise<string[]> {
  const written = files.map(({ path, content }) => ({
    path: posix.normalize(posix.join(targetPath, path)),
    file: safePath(workspacePath, targetPath, path),
    content,
  }));
  for (const { file, content } of written) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return written.map(({ path }) => path);
}

function safePath(workspace: string, targetPath: string, path: string): string {
  try {
    return resolveSafeChildPath(workspace, posix.join(targetPath, path));
  } catch (error) {
    throw new InputError(
      `targetPath: ${JSON.stringify(
        targetPath,
      )} leads out of the workspace of the task`,
      error,
    );
  }
}
