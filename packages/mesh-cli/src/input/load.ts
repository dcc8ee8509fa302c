import { MESHES, MeshSnapshot } from 'backstage-plugin-mesh-common';
import type { ReadCluster } from '../cluster/readCluster';
import { Terminal } from '../terminal';
import { UsageError } from '../usageError';
import { collect, Collected } from './collect';
import { LiveOptions, readClusters } from './readClusters';
import { readFiles } from './readFiles';

/** The objects of files and clusters, and what was wrong with them. */
export interface Input extends Collected {
  /** All that is reported: the snapshot, and where several contexts of a kubeconfig are named, those of the others. */
  snapshots: readonly MeshSnapshot[];
  /** The contexts of the kubeconfig that are a part of the input. */
  clusters: readonly string[];
  /** Whether a cluster was read, so that nothing is elsewhere. */
  complete: boolean;
  /** How many were read. */
  files: number;
}

export interface LoadOptions extends LiveOptions {
  defaultNamespace: string;
}

/** Reads the objects of files as if they were those of one cluster, of clusters, or of files as if a cluster had them too. */
export async function load(
  paths: readonly string[],
  options: LoadOptions,
  terminal: Terminal,
): Promise<Input> {
  const live = await readClusters(options, terminal);
  if (paths.length === 0 && live.own.length === 0) {
    throw new UsageError(
      'give files or folders, - for the standard input, or a cluster by --kubeconfig, --context or --use-kube',
    );
  }
  const own = await readFiles(paths, options, terminal);
  const context = await readFiles(live.paths, options, terminal);
  const [cluster, ...others] = live.own;
  const main = collect({
    own: { written: own.written, cluster },
    context: { written: context.written, clusters: live.context },
  });
  const rest = others.map(collectCluster);
  const snapshots = linked([main, ...rest].map(({ snapshot }) => snapshot));
  const read = [own, context, ...live.own, ...live.context, main, ...rest];
  return {
    ...main,
    snapshot: snapshots[0],
    // Files are as if they were of the first cluster, and are what is looked at.
    snapshots: paths.length > 0 ? [snapshots[0]] : snapshots,
    clusters: live.own.map(({ name }) => name),
    complete: live.own.length + live.context.length > 0,
    files: own.files,
    objects: sum([main, ...rest].map(({ objects }) => objects)),
    otherObjects: sum([main, ...rest].map(({ otherObjects }) => otherObjects)),
    problems: read.flatMap(({ problems }) => problems),
    notes: read.flatMap(({ notes }) => notes),
  };
}

function collectCluster(cluster: ReadCluster): Collected {
  return collect({
    own: { written: [], cluster },
    context: { written: [], clusters: [] },
  });
}

/** Each with the others as those to which any mesh may lead: who names them together takes them for one. */
function linked(snapshots: readonly MeshSnapshot[]): MeshSnapshot[] {
  const spanning = MESHES.filter(({ peers }) => peers);
  return snapshots.map(one => {
    const others = snapshots.filter(other => other !== one);
    return others.length === 0
      ? one
      : spanning.reduce((own, { id }) => own.withPeers(id, others), one);
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
