import { readFile } from 'node:fs/promises';
import {
  MalformedObject,
  MeshSnapshot,
  ObjectRef,
  parseObject,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';
import { Terminal } from '../terminal';
import {
  findFiles,
  InputFile,
  InputProblem,
  STDIN,
  whyUnreadable,
} from './findFiles';
import { locate, Location } from './locate';
import { parseFile, WrittenObject } from './parseFile';

/** What the cluster is called that files stand for. */
const CLUSTER = 'files';

/** The objects of the files, and what was wrong with the files. */
export interface Input {
  snapshot: MeshSnapshot;
  /** How many files were read, and how many objects are of kinds that rules read, and of others. */
  files: number;
  objects: number;
  otherObjects: number;
  /** What makes the input bad. */
  problems: InputProblem[];
  /** What the caller should know, and which is no mistake. */
  notes: InputProblem[];
  /** Whether an object was read for what the input names, and is not of the input itself. */
  isContext(object: Omit<ObjectRef, 'cluster'>): boolean;
  /** Where an object is written, and a field of it. */
  locate(
    object: Omit<ObjectRef, 'cluster'>,
    field?: string,
  ): Location | undefined;
}

export interface LoadOptions {
  defaultNamespace: string;
  /** Paths that are read for what the others name, and not reported. */
  with?: readonly string[];
}

/** What files have, before it is a snapshot. */
interface ReadFiles {
  written: WrittenObject[];
  files: number;
  problems: InputProblem[];
  notes: InputProblem[];
}

/** Reads the objects of files as if they were those of one cluster. */
export async function load(
  paths: readonly string[],
  options: LoadOptions,
  terminal: Terminal,
): Promise<Input> {
  const own = await readFiles(paths, terminal);
  const context = await readFiles(options.with ?? [], terminal);
  const problems = [...own.problems, ...context.problems];
  const notes = [...own.notes, ...context.notes];
  return {
    ...collect(own.written, context.written, options, problems, notes),
    files: own.files,
    problems,
    notes,
  };
}

async function readFiles(
  paths: readonly string[],
  terminal: Terminal,
): Promise<ReadFiles> {
  const { files, problems } = await findFiles(paths, terminal.cwd);
  const notes: InputProblem[] = [];
  const written: WrittenObject[] = [];
  let read = 0;
  for (const file of files) {
    try {
      const text = await textOf(file, terminal);
      const parsed = parseFile(file.name, text, share =>
        terminal.progress?.(`${file.name}: ${Math.floor(share * 100)} % read`),
      );
      read += 1;
      written.push(...parsed.objects);
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

async function textOf(file: InputFile, terminal: Terminal): Promise<string> {
  return file.path === STDIN
    ? terminal.readStdin()
    : readFile(file.path, 'utf8');
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

function collect(
  own: readonly WrittenObject[],
  context: readonly WrittenObject[],
  options: { defaultNamespace: string },
  problems: InputProblem[],
  notes: InputProblem[],
): Pick<
  Input,
  'snapshot' | 'objects' | 'otherObjects' | 'locate' | 'isContext'
> {
  const places = new Map<string, WrittenObject>();
  /** Those that were read for what the input names. */
  const besides = new Set<string>();
  const changes: SnapshotChange[] = [];
  let otherObjects = 0;
  const take = (object: WrittenObject, reported: boolean) => {
    const result = parseObject(named(object.raw), options);
    if (result.status === 'unmodelled') {
      otherObjects += reported ? 1 : 0;
    } else if (result.status === 'not-an-object') {
      problems.push({ ...locate(object, ''), message: result.message });
    } else if (result.status === 'malformed') {
      const { malformed } = result;
      changes.push({ type: 'malformed', malformed });
      if (reported) {
        problems.push(malformedProblem(object, malformed));
      } else {
        besides.add(keyOf({ ...malformed, kind: malformed.kindId }));
      }
    } else {
      changes.push({ type: 'put', parsed: result.parsed });
      const { kindId: kind, object: parsed } = result.parsed;
      const ref = { ...parsed.metadata, kind };
      if (!reported) {
        besides.add(keyOf(ref));
      } else {
        const earlier = places.get(keyOf(ref));
        if (earlier) {
          notes.push(repetition(ref, earlier, object));
        }
        places.set(keyOf(ref), object);
      }
    }
  };
  // What the input says of an object counts more than what there is already.
  context.forEach(object => take(object, false));
  own.forEach(object => take(object, true));
  return {
    snapshot: MeshSnapshot.empty(CLUSTER, 'files').apply(changes),
    objects: places.size,
    otherObjects,
    isContext: ref => besides.has(keyOf(ref)) && !places.has(keyOf(ref)),
    locate: (ref, field = '') => {
      const object = places.get(keyOf(ref));
      return object && locate(object, field);
    },
  };
}

function malformedProblem(
  object: WrittenObject,
  { kindId, namespace, name, field, message }: MalformedObject,
): InputProblem {
  return {
    ...locate(object, field),
    message: `${kindId} ${nameOf({ namespace, name })}: ${field}: ${message}`,
  };
}

function repetition(
  ref: Omit<ObjectRef, 'cluster'>,
  earlier: WrittenObject,
  object: WrittenObject,
): InputProblem {
  const { file, line } = locate(earlier, '');
  return {
    ...locate(object, ''),
    message: `${ref.kind} ${nameOf(
      ref,
    )} is also in ${file}:${line}; this one counts`,
  };
}

/** An object that is named when it is made (`generateName`) is called by that until then. */
function named(raw: unknown): unknown {
  const { metadata } = Object(raw);
  return metadata?.name || !metadata?.generateName
    ? raw
    : {
        ...Object(raw),
        metadata: { ...metadata, name: `${metadata.generateName}…` },
      };
}

function keyOf({ kind, namespace, name }: Omit<ObjectRef, 'cluster'>): string {
  return `${kind} ${namespace ?? ''} ${name}`;
}

function nameOf({
  namespace,
  name,
}: {
  namespace?: string;
  name: string;
}): string {
  return namespace ? `${namespace}/${name}` : name;
}
