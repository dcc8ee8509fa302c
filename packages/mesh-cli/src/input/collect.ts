import {
  KIND_IDS,
  MalformedObject,
  MeshSnapshot,
  ObjectRef,
  onlyInFiles,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';
import type { ReadCluster } from '../cluster/readCluster';
import { InputProblem } from './findFiles';
import { locate, Location } from './locate';
import { ReadObject } from './readObject';

/** What the cluster is called that files stand for. */
const FILES = 'files';

/** What was read: the input itself, and what it names. */
export interface Sources {
  own: { written: readonly ReadObject[]; cluster?: ReadCluster };
  context: {
    written: readonly ReadObject[];
    clusters: readonly ReadCluster[];
  };
}

/** All of it as if it were one cluster. */
export interface Collected {
  /** What is asked about. */
  snapshot: MeshSnapshot;
  /** CustomResourceDefinitions as they are written, with their schemas: those that count more come first. */
  definitions: unknown[];
  /** How many are of kinds that rules read, and of others. */
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

/**
 * Puts objects of clusters and of files together. What the input says of an object counts more than what there is
 * already, and what a file says more than what a cluster has.
 */
export function collect({ own, context }: Sources): Collected {
  const problems: InputProblem[] = [];
  const notes: InputProblem[] = [];
  const places = new Map<string, ReadObject>();
  /** Those of the input that come from its cluster, and those that were read for what the input names. */
  const live = new Set<string>();
  const besides = new Set<string>();
  const changes: SnapshotChange[] = [];
  const definitions: unknown[] = [];
  let otherObjects = 0;
  const isLive =
    own.cluster !== undefined &&
    own.written.length + context.written.length === 0;
  const takeCluster = (cluster: ReadCluster, keys: Set<string>) => {
    definitions.unshift(...cluster.definitions);
    for (const change of cluster.changes) {
      const key = changedKey(change);
      if (key !== undefined) {
        keys.add(key);
      }
      // A file may have objects of a kind that is yet to be installed.
      if (isLive || change.type !== 'read' || change.read.state !== 'absent') {
        changes.push(change);
      }
    }
  };
  const take = (object: ReadObject, reported: boolean) => {
    const { result, definition } = object;
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
      if (definition !== undefined) {
        definitions.unshift(definition);
      }
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
  context.clusters.forEach(cluster => takeCluster(cluster, besides));
  if (own.cluster) {
    takeCluster(own.cluster, live);
  }
  if (!isLive && (own.cluster || context.clusters.length > 0)) {
    changes.push(...notReadOfClusters());
  }
  context.written.forEach(object => take(object, false));
  own.written.forEach(object => take(object, true));
  const isOwn = (key: string) => places.has(key) || live.has(key);
  return {
    snapshot: MeshSnapshot.empty(
      (isLive && own.cluster?.name) || FILES,
      isLive ? 'cluster' : 'files',
    ).apply(changes),
    definitions,
    objects: new Set([...places.keys(), ...live]).size,
    otherObjects,
    problems,
    notes,
    isContext: ref => besides.has(keyOf(ref)) && !isOwn(keyOf(ref)),
    locate: (ref, field = '') => {
      const object = places.get(keyOf(ref));
      return object && locate(object, field);
    },
  };
}

/** What the files do not have of these kinds, the cluster may have. */
function notReadOfClusters(): SnapshotChange[] {
  return KIND_IDS.flatMap(kindId => {
    const message = onlyInFiles(kindId);
    return message
      ? [{ type: 'read', kindId, read: { state: 'absent', message } }]
      : [];
  });
}

function changedKey(change: SnapshotChange): string | undefined {
  switch (change.type) {
    case 'put': {
      const { kindId: kind, object } = change.parsed;
      return keyOf({ ...object.metadata, kind });
    }
    case 'malformed':
      return keyOf({ ...change.malformed, kind: change.malformed.kindId });
    default:
      return undefined;
  }
}

function malformedProblem(
  object: ReadObject,
  { kindId, namespace, name, field, message }: MalformedObject,
): InputProblem {
  return {
    ...locate(object, field),
    message: `${kindId} ${nameOf({ namespace, name })}: ${field}: ${message}`,
  };
}

function repetition(
  ref: Omit<ObjectRef, 'cluster'>,
  earlier: ReadObject,
  object: ReadObject,
): InputProblem {
  const { file, line } = locate(earlier, '');
  return {
    ...locate(object, ''),
    message: `${ref.kind} ${nameOf(
      ref,
    )} is also in ${file}:${line}; this one counts`,
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
