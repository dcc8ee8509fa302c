import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  parsePlannedObjects,
  Placement,
  PlacementsAnswer,
  plannedObjectIn,
} from 'backstage-plugin-mesh-common';
import { EntityDirectory } from '../catalog/EntityDirectory';
import { ClusterPicture } from './AnswerStore';
import { AnswerContext, clusterFields } from './context';
import { readableEntities } from './fleet';
import { Caller } from './visibility';

/**
 * Which mesh would carry a new pod, for each namespace that the caller may know of: all, for holders of
 * mesh.fleet.read; else those where an entity runs that they may read in the catalog. Of these, it says whether
 * the objects are there that somebody means to make.
 */
export async function placementsAnswer(
  context: AnswerContext,
  caller: Caller,
  directory: EntityDirectory,
  only: { cluster?: string; namespace?: string; objects?: string },
): Promise<PlacementsAnswer> {
  const known = caller.mayReadFleet
    ? undefined
    : await readableNamespaces(context, caller, directory);
  const planned = only.objects ? parsePlannedObjects(only.objects) : [];
  const placements: Placement[] = [];
  for (const picture of context.store.clusters) {
    if (only.cluster === undefined || only.cluster === picture.name) {
      const namespaces = namespacesOf(picture).filter(
        namespace =>
          (only.namespace === undefined || only.namespace === namespace) &&
          (known?.has(keyOf(picture.name, namespace)) ?? true),
      );
      placements.push(
        ...namespaces.map(namespace => ({
          ...picture.answers.placement(picture.snapshot, namespace),
          ...(planned.length > 0 && {
            planned: planned.map(object =>
              plannedObjectIn(picture.snapshot, namespace, object),
            ),
          }),
        })),
      );
    }
    await nextTurn();
  }
  return { ...clusterFields(context, context.store.clusters), placements };
}

function namespacesOf({ snapshot }: ClusterPicture): string[] {
  return [...snapshot.list('Namespace')]
    .map(({ metadata }) => metadata.name)
    .sort();
}

async function readableNamespaces(
  context: AnswerContext,
  caller: Caller,
  directory: EntityDirectory,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const entity of await readableEntities(context, caller, directory)) {
    for (const { workloads } of context.store.partsOf(entity)) {
      for (const { ref } of workloads) {
        found.add(keyOf(ref.cluster, ref.namespace));
      }
    }
  }
  return found;
}

function keyOf(cluster: string, namespace: string): string {
  return `${cluster}/${namespace}`;
}
