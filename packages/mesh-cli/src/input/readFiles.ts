import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { getHeapStatistics } from 'node:v8';
import { Terminal } from '../terminal';
import {
  findFiles,
  InputFile,
  InputProblem,
  STDIN,
  whyUnreadable,
} from './findFiles';
import { parseFile } from './parseFile';
import { readObject, ReadObject } from './readObject';

/** What files have, before it is a snapshot. */
export interface ReadFiles {
  written: ReadObject[];
  files: number;
  problems: InputProblem[];
  notes: InputProblem[];
}

/** Reads the objects of files and folders. */
export async function readFiles(
  paths: readonly string[],
  options: { defaultNamespace?: string },
  terminal: Terminal,
): Promise<ReadFiles> {
  const { files, problems } = await findFiles(paths, terminal.cwd);
  const notes: InputProblem[] = [];
  const written: ReadObject[] = [];
  let read = 0;
  for (const file of files) {
    try {
      const text = await textOf(file, terminal);
      const parsed = parseFile(file.name, text, {
        take: object => written.push(readObject(object, options)),
        progress: share =>
          terminal.progress?.(
            `${file.name}: ${Math.floor(share * 100)} % read`,
          ),
      });
      read += 1;
      // In a folder there may be other things than objects of Kubernetes.
      const harmless = parsed.notKubernetes && !file.named;
      (harmless ? notes : problems).push(
        ...(parsed.notKubernetes
          ? [notKubernetes(file, parsed.problems)]
          : parsed.problems),
      );
    } catch (error) {
      problems.push({ file: file.name, message: whyUnreadable(error) });
    }
  }
  terminal.progress?.('');
  return { written, files: read, problems, notes };
}

const MEGABYTE = 1024 * 1024;

/**
 * So much memory is enough for each byte of YAML whose objects are as small as can be, a line or two each (measured: more
 * than 25, with the analysis). Those of a cluster take a fifth of it.
 */
const MEMORY_PER_BYTE = 40;

/** Node ends without a word of ours where its memory does not suffice. */
async function refuseTooLarge({ path }: InputFile): Promise<void> {
  const { size } = await stat(path);
  const most = getHeapStatistics().heap_size_limit / MEMORY_PER_BYTE;
  if (size > most && !path.endsWith('.json')) {
    const needed = Math.ceil((size * MEMORY_PER_BYTE) / MEGABYTE);
    throw new Error(
      `it has ${Math.round(
        size / MEGABYTE,
      )} MB, and the memory of this process is enough for ${Math.floor(
        most / MEGABYTE,
      )} MB of YAML: split it, or set NODE_OPTIONS=--max-old-space-size=${needed}`,
    );
  }
}

async function textOf(file: InputFile, terminal: Terminal): Promise<string> {
  if (file.path === STDIN) {
    return terminal.readStdin();
  }
  await refuseTooLarge(file);
  const bytes = await readFile(file.path);
  if (!isUtf8(bytes)) {
    throw new Error('this is no text in UTF-8, and neither YAML nor JSON');
  }
  return bytes.toString();
}

function notKubernetes(
  { name }: InputFile,
  found: readonly InputProblem[],
): InputProblem {
  const [first] = found;
  return first
    ? { ...first, message: `no Kubernetes objects: ${first.message}` }
    : { file: name, message: 'no Kubernetes objects: it is empty' };
}
