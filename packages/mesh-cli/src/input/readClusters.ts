import path from 'node:path';
import { ReadCluster, readCluster } from '../cluster/readCluster';
import { Terminal } from '../terminal';
import { isKubeconfig } from './isKubeconfig';

/** What says which clusters are read, and how. */
export interface LiveOptions {
  /** Paths that are read for what the others name, and not reported; kubeconfigs stand for their clusters. */
  with?: readonly string[];
  kubeconfig?: string;
  context?: readonly string[];
  useKube?: boolean;
}

export interface ReadClusters {
  /** The clusters that are a part of the input. */
  own: ReadCluster[];
  /** Those that are read for what the input names. */
  context: ReadCluster[];
  /** What is left of `--with`: files and folders. */
  paths: string[];
}

/** Reads the clusters that the options name, one after the other. */
export async function readClusters(
  { with: paths = [], kubeconfig, context, useKube }: LiveOptions,
  terminal: Terminal,
): Promise<ReadClusters> {
  const files: string[] = [];
  const rest: string[] = [];
  for (const given of paths) {
    const found = await isKubeconfig(path.resolve(terminal.cwd, given));
    (found ? files : rest).push(given);
  }
  const contexts = context ?? [undefined];
  const isOwn =
    kubeconfig !== undefined ||
    useKube === true ||
    (context !== undefined && files.length === 0);
  return {
    own: isOwn ? await readEach([kubeconfig], contexts, terminal) : [],
    // A context is one of the kubeconfig of the input, where there is one.
    context: await readEach(files, isOwn ? [undefined] : contexts, terminal),
    paths: rest,
  };
}

async function readEach(
  files: readonly (string | undefined)[],
  contexts: readonly (string | undefined)[],
  terminal: Terminal,
): Promise<ReadCluster[]> {
  const clusters: ReadCluster[] = [];
  for (const file of files) {
    for (const context of contexts) {
      clusters.push(await readCluster({ file, context }, terminal));
    }
  }
  return clusters;
}
