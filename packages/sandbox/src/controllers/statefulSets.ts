import { isReady, pods, statefulSets } from '../world/coreKinds';
import type { Controller } from './manager';
import { templateHash } from './names';
import { isOwnedBy } from './owners';
import { createPod, deletePod } from './podFactory';
import { writeStatus } from './writes';

const REVISION = 'controller-revision-hash';

/** A StatefulSet has pods with the numbers from 0; one of an old template is replaced by one of the same name. */
export const statefulSetController: Controller = {
  name: 'statefulset',
  reconcile(world) {
    for (const set of statefulSets.list(world.store)) {
      const { replicas, template } = set.body.spec;
      const revision = `${set.name}-${templateHash(template)}`;
      const owned = () =>
        pods
          .list(world.store, set.namespace)
          .filter(pod => isOwnedBy(pod, set.uid));
      const names = Array.from(
        { length: replicas },
        (_, index) => `${set.name}-${index}`,
      );
      owned()
        .filter(
          pod => !names.includes(pod.name) || pod.labels[REVISION] !== revision,
        )
        .forEach(pod => deletePod(world, pod));
      names.forEach((name, index) => {
        if (!pods.get(world.store, set.namespace, name)) {
          createPod(world, set.object, name, template, {
            [REVISION]: revision,
            'apps.kubernetes.io/pod-index': String(index),
            'statefulset.kubernetes.io/pod-name': name,
          });
        }
      });
      const ready = owned().filter(isReady).length;
      writeStatus(world.store, set.object, {
        observedGeneration: set.object.metadata.generation,
        replicas: owned().length,
        readyReplicas: ready,
        availableReplicas: ready,
        currentReplicas: replicas,
        updatedReplicas: replicas,
        currentRevision: revision,
        updateRevision: revision,
      });
    }
  },
};
