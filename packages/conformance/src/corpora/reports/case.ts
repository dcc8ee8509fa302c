import { MESHES, MeshLinks, MeshSnapshot } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { clusterOf, objectsOf } from '../../cluster';

const questionSchema = z.object({
  /** One key: the word that says what is asked. */
  ask: z.record(z.string(), z.unknown()),
  expect: z.record(z.string(), z.unknown()),
});

/** A situation that somebody reported, and what should be answered to questions about it. */
export const reportCase = questionSchema.extend({
  id: z.string(),
  mesh: z.string(),
  also: z.array(questionSchema).default([]),
  /** By name, where there are several. */
  clusters: z.record(z.string(), z.object({ input: z.string() })).optional(),
});

export type ReportCase = z.infer<typeof reportCase>;

/** One question, and everything that it may be about. */
export interface Asked {
  /** By name, the first one first. */
  clusters: ReadonlyMap<string, MeshSnapshot>;
  /** Of all clusters, also those that are none of a cluster. */
  objects: readonly object[];
  asked: unknown;
}

/** Answers one question; undefined where the product does not answer such questions. */
export type Answerer = (
  snapshot: MeshSnapshot,
  asked: unknown,
  expected: Readonly<Record<string, unknown>>,
) => Readonly<Record<string, unknown>>;

/** The clusters that a case is about, by name; those of one mesh are linked. The first is the one that is meant where none is named. */
export function reportClusters(
  { id, clusters = { '': { input: 'input.yaml' } } }: ReportCase,
  readInput: (path: string) => string,
): Omit<Asked, 'asked'> {
  const names = Object.keys(clusters);
  const objects = names.map(name =>
    objectsOf(readInput(`${id}/${clusters[name].input}`)),
  );
  const snapshots = names.map((name, index) =>
    clusterOf(objects[index], 'cluster', name || undefined),
  );
  const linked = MeshLinks.create(MESHES).link(snapshots);
  return {
    clusters: new Map(names.map((name, index) => [name, linked[index]])),
    objects: objects.flat(),
  };
}
