import { readFile } from 'node:fs/promises';
import {
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
  /** Where an object is written, and a field of it. */
  locate(
    object: Omit<ObjectRef, 'cluster'>,
    field?: string,
  ): Location | undefined;
}

/** Reads the objects of files as if they were those of one cluster. */
export async function load(
  paths: readonly string[],
  options: { defaultNamespace: string },
  terminal: Terminal,
): Promise<Input> {
  const { files, problems } = await findFiles(paths, terminal.cwd);
  const notes: InputProblem[] = [];
  const written: WrittenObject[] = [];
  let read = 0;
  for (const file of files) {
    try {
      const text = await textOf(file, terminal);
      const parsed = parseFile(file.name, text);
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
  return {
    ...collect(written, options, problems, notes),
    files: read,
    problems,
    notes,
  };
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
  written: readonly WrittenObject[],
  options: { defaultNamespace: string },
  problems: InputProblem[],
  notes: InputProblem[],
): Pick<Input, 'snapshot' | 'objects' | 'otherObjects' | 'locate'> {
  const places = new Map<string, WrittenObject>();
  const changes: SnapshotChange[] = [];
  let otherObjects = 0;
  for (const object of written) {
    const result = parseObject(named(object.raw), options);
    if (result.status === 'unmodelled') {
      otherObjects += 1;
    } else if (result.status === 'not-an-object') {
      problems.push({ ...locate(object, ''), message: result.message });
    } else if (result.status === 'malformed') {
      const { kindId, namespace, name, field, message } = result.malformed;
      problems.push({
        ...locate(object, field),
        message: `${kindId} ${nameOf({
          namespace,
          name,
        })}: ${field}: ${message}`,
      });
      changes.push({ type: 'malformed', malformed: result.malformed });
    } else {
      const { kindId, object: parsed } = result.parsed;
      const { namespace, name } = parsed.metadata;
      const key = keyOf({ kind: kindId, namespace, name });
      const earlier = places.get(key);
      if (earlier) {
        const { file, line } = locate(earlier, '');
        notes.push({
          ...locate(object, ''),
          message: `${kindId} ${nameOf({
            namespace,
            name,
          })} is also in ${file}:${line}; this one counts`,
        });
      }
      places.set(key, object);
      changes.push({ type: 'put', parsed: result.parsed });
    }
  }
  return {
    snapshot: MeshSnapshot.empty(CLUSTER, 'files').apply(changes),
    objects: places.size,
    otherObjects,
    locate: (ref, field = '') => {
      const object = places.get(keyOf(ref));
      return object && locate(object, field);
    },
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
