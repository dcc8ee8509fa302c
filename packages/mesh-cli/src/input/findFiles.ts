import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** A file to read; `-` is the standard input. */
export interface InputFile {
  /** As messages name it: relative to where the caller is, or as they wrote it. */
  name: string;
  path: string;
  /** Whether the caller named the file itself, rather than a folder that it is in. */
  named: boolean;
}

/** A path that cannot be used, and why. */
export interface InputProblem {
  file: string;
  line?: number;
  column?: number;
  message: string;
}

export const STDIN = '-';

const EXTENSIONS = ['.yaml', '.yml', '.json'];

/**
 * The files of these paths: a file itself, and of a folder all files of it and of the folders in it that look
 * like YAML or JSON, in the order of their names. Hidden folders and node_modules are left out.
 */
export async function findFiles(
  paths: readonly string[],
  cwd: string,
): Promise<{ files: InputFile[]; problems: InputProblem[] }> {
  const files: InputFile[] = [];
  const problems: InputProblem[] = [];
  for (const given of new Set(paths)) {
    if (given === STDIN) {
      files.push({ name: 'standard input', path: STDIN, named: true });
    } else {
      const absolute = path.resolve(cwd, given);
      try {
        if ((await stat(absolute)).isDirectory()) {
          const found = await filesIn(absolute, new Set());
          if (found.length === 0) {
            problems.push({
              file: given,
              message: `the folder has no file that ends with ${EXTENSIONS.join(
                ', ',
              )}`,
            });
          }
          files.push(
            ...found.map(file => ({
              name: path.join(given, path.relative(absolute, file)),
              path: file,
              named: false,
            })),
          );
        } else {
          files.push({ name: given, path: absolute, named: true });
        }
      } catch (error) {
        problems.push({ file: given, message: whyUnreadable(error) });
      }
    }
  }
  return { files: withoutRepetition(files), problems };
}

async function filesIn(folder: string, seen: Set<string>): Promise<string[]> {
  const real = await realpath(folder);
  if (seen.has(real)) {
    // A link that leads back to a folder above.
    return [];
  }
  seen.add(real);
  const found: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const entry = path.join(folder, name);
    const skipped = name.startsWith('.') || name === 'node_modules';
    const kind = skipped ? undefined : await stat(entry);
    if (kind?.isDirectory()) {
      found.push(...(await filesIn(entry, seen)));
    } else if (
      kind?.isFile() &&
      EXTENSIONS.includes(path.extname(name).toLowerCase())
    ) {
      found.push(entry);
    }
  }
  return found;
}

/** Each file once, as it was first named. */
function withoutRepetition(files: readonly InputFile[]): InputFile[] {
  const byPath = new Map<string, InputFile>();
  for (const file of files) {
    const known = byPath.get(file.path);
    byPath.set(
      file.path,
      known ? { ...known, named: known.named || file.named } : file,
    );
  }
  return [...byPath.values()];
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  ENOTDIR: 'a part of the path is no folder',
  ELOOP: 'it is a link that leads to itself',
};

/** Why a file could not be read, by the code that Node's errors carry. */
export function whyUnreadable(error: unknown): string {
  const { code, message } = Object(error);
  return WORDS[String(code)] ?? String(message ?? error);
}
