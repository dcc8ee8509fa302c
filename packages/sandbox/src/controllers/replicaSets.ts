import { isReady, pods, replicaSets, type Pod } from '../world/coreKinds';
import { byAge } from '../world/kind';
import type { Controller, World } from './manager';
import { podSuffix } from './names';
import { isOwnedBy } from './owners';
import { createPod, deletePod } from './podFactory';
import { writeStatus as applyStatus } from './writes';

type ReplicaSet = ReturnType<typeof replicaSets.list>[number];

/** A ReplicaSet has as many pods as it says; the youngest go first. */
export function createReplicaSetController(): Controller {
  /** Pods that each ReplicaSet ever had, so that no name comes twice. */
  const counts = new Map<string, number>();

  function nextName({ uid, name }: ReplicaSet): string {
    const count = counts.get(uid) ?? 0;
    counts.set(uid, count + 1);
    return `${name}-${podSuffix(name, count)}`;
  }

  return {
    name: 'replicaset',
    reconcile(world) {
      for (const set of replicaSets.list(world.store)) {
        const owned = podsOf(world, set);
        const { replicas, template } = set.body.spec;
        for (let missing = replicas - owned.length; missing > 0; missing--) {
          createPod(world, set.object, nextName(set), template);
        }
        [...owned]
          .sort(byAge)
          .slice(replicas)
          .forEach(pod => deletePod(world, pod));
        writeStatus(world, set, podsOf(world, set));
      }
    },
  };
}

function podsOf({ store }: World, { namespace, uid }: ReplicaSet): Pod[] {
  return pods.list(store, namespace).filter(pod => isOwnedBy(pod, uid));
}

function writeStatus({ store }: World, set: ReplicaSet, owned: Pod[]): void {
  const ready = owned.filter(isReady).length;
  applyStatus(store, set.object, {
    observedGeneration: set.object.metadata.generation,
    replicas: owned.length,
    fullyLabeledReplicas: owned.length,
    readyReplicas: ready,
    availableReplicas: ready,
  });
}
