import { daemonSets, isReady, nodes, pods } from '../world/coreKinds';
import type { Controller } from './manager';
import { podSuffix, templateHash } from './names';
import { isOwnedBy } from './owners';
import { createPod, deletePod } from './podFactory';
import { writeStatus } from './writes';

const REVISION = 'controller-revision-hash';

/** A DaemonSet has one pod on each node, of today's template. */
export const daemonSetController: Controller = {
  name: 'daemonset',
  reconcile(world) {
    const nodeNames = nodes.list(world.store).map(node => node.name);
    for (const set of daemonSets.list(world.store)) {
      const { template } = set.body.spec;
      const revision = templateHash(template);
      const owned = () =>
        pods
          .list(world.store, set.namespace)
          .filter(pod => isOwnedBy(pod, set.uid));
      owned()
        .filter(
          pod =>
            pod.labels[REVISION] !== revision ||
            !nodeNames.includes(pod.body.spec.nodeName ?? ''),
        )
        .forEach(pod => deletePod(world, pod));
      const taken = new Set(owned().map(pod => pod.body.spec.nodeName));
      nodeNames
        .filter(node => !taken.has(node))
        .forEach(node =>
          createPod(
            world,
            set.object,
            `${set.name}-${podSuffix(
              `${set.name}/${node}/${set.object.metadata.resourceVersion}`,
              0,
            )}`,
            template,
            { [REVISION]: revision },
            node,
          ),
        );
      const ready = owned().filter(isReady).length;
      writeStatus(world.store, set.object, {
        observedGeneration: set.object.metadata.generation,
        desiredNumberScheduled: nodeNames.length,
        currentNumberScheduled: owned().length,
        updatedNumberScheduled: owned().length,
        numberReady: ready,
        numberAvailable: ready,
        numberMisscheduled: 0,
      });
    }
  },
};
