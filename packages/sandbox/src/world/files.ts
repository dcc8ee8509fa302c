import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkAges } from './timeline';
import { parseManifest, type ManifestObject } from './yaml';

/** Paths of the YAML files below a folder, relative to it, in the order of their names. */
export async function yamlFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile() && isYaml(entry.name))
    .map(entry =>
      path.relative(folder, path.join(entry.parentPath, entry.name)),
    )
    .sort();
}

export function isYaml(file: string): boolean {
  const name = path.basename(file);
  return /\.ya?ml$/.test(name) && !name.startsWith('.');
}

/** The folder of the states that objects had before. */
export function isPast(file: string): boolean {
  return file.split(path.sep)[0] === 'history';
}

/** The objects of a file; messages name it by `label`. */
export async function readManifest(
  folder: string,
  file: string,
  label: string,
): Promise<ManifestObject[]> {
  const objects = parseManifest(
    label,
    await readFile(path.join(folder, file), 'utf8'),
  );
  checkAges(objects);
  return objects;
}
