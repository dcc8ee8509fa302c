import type { StoredObject } from '../store/types';
import { recordOf } from '../store/values';
import { deployments, replicaSets } from '../world/coreKinds';
import type { Item } from '../world/kind';
import { withTransitions } from './conditions';
import type { Controller, World } from './manager';
import { templateHash } from './names';
import { isOwnedBy, ownerReference } from './owners';
import { writeStatus as applyStatus } from './writes';

const REVISION = 'deployment.kubernetes.io/revision';
const HISTORY_LIMIT = 10;

type Deployment = ReturnType<typeof deployments.list>[number];
type ReplicaSet = ReturnType<typeof replicaSets.list>[number];

/** A Deployment has one ReplicaSet for each of its templates; that of today's template has the replicas. */
export const deploymentController: Controller = {
  name: 'deployment',
  reconcile(world) {
    for (const deployment of deployments.list(world.store)) {
      roll(world, deployment);
      writeStatus(world, deployment);
    }
  },
};

function roll(world: World, deployment: Deployment): void {
  const { store } = world;
  const { template, replicas } = deployment.body.spec;
  const hash = templateHash(template);
  const owned = ownedBy(world, deployment);
  const current = owned.find(set => set.labels['pod-template-hash'] === hash);
  const paused = recordOf(deployment.object.spec).paused === true;
  if (!current && paused) {
    return;
  }
  const others = owned.filter(set => set !== current);
  const newest = Math.max(0, ...others.map(revisionOf));
  const revision =
    current && revisionOf(current) > newest ? revisionOf(current) : newest + 1;
  if (
    !current ||
    current.body.spec.replicas !== replicas ||
    revisionOf(current) !== revision
  ) {
    store.put(
      replicaSet(deployment, hash, replicas, revision, current?.object),
    );
  }
  annotate(world, deployment, revision);
  for (const set of others) {
    if (set.body.spec.replicas !== 0) {
      store.update({
        ...set.object,
        spec: { ...recordOf(set.object.spec), replicas: 0 },
      });
    }
  }
  prune(world, others);
}

function replicaSet(
  { object, name, namespace, body }: Deployment,
  hash: string,
  replicas: number,
  revision: number,
  current: StoredObject | undefined,
): StoredObject {
  const { template, selector } = body.spec;
  const labels = { ...template.metadata.labels, 'pod-template-hash': hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...current?.metadata,
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: { [REVISION]: String(revision) },
      ownerReferences: [ownerReference(object)],
    },
    spec: {
      replicas,
      selector: {
        ...selector,
        matchLabels: { ...selector.matchLabels, 'pod-template-hash': hash },
      },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}

function annotate(
  world: World,
  { namespace, name }: Deployment,
  revision: number,
): void {
  const deployment = deployments.get(world.store, namespace, name);
  if (deployment && deployment.annotations[REVISION] !== String(revision)) {
    const { object } = deployment;
    world.store.update({
      ...object,
      metadata: {
        ...object.metadata,
        annotations: {
          ...object.metadata.annotations,
          [REVISION]: String(revision),
        },
      },
    });
  }
}

function prune({ store }: World, others: ReplicaSet[]): void {
  const resource = store.resourceOf(replicaSets.group, replicaSets.kind);
  others
    .filter(set => recordOf(set.object.status).replicas === 0)
    .sort((a, b) => revisionOf(b) - revisionOf(a))
    .slice(HISTORY_LIMIT)
    .forEach(
      set => resource && store.delete(resource, set.namespace, set.name),
    );
}

function writeStatus(world: World, { namespace, name }: Deployment): void {
  const deployment = deployments.get(world.store, namespace, name);
  if (!deployment) {
    return;
  }
  const { object, body } = deployment;
  const owned = ownedBy(world, deployment);
  const count = (sets: ReplicaSet[], field: string) =>
    sets.reduce(
      (sum, set) => sum + Number(recordOf(set.object.status)[field] ?? 0),
      0,
    );
  const hash = templateHash(body.spec.template);
  const updated = owned.filter(set => set.labels['pod-template-hash'] === hash);
  const ready = count(owned, 'readyReplicas');
  const available = ready >= body.spec.replicas;
  const previous = recordOf(object.status);
  applyStatus(world.store, object, {
    observedGeneration: object.metadata.generation,
    replicas: count(owned, 'replicas'),
    updatedReplicas: count(updated, 'replicas'),
    readyReplicas: ready,
    availableReplicas: ready,
    ...(!available && { unavailableReplicas: body.spec.replicas - ready }),
    conditions: withTransitions(
      previous.conditions,
      [
        {
          type: 'Available',
          status: available ? 'True' : 'False',
          reason: available
            ? 'MinimumReplicasAvailable'
            : 'MinimumReplicasUnavailable',
          message: `Deployment ${
            available ? 'has' : 'does not have'
          } minimum availability.`,
        },
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: `ReplicaSet "${name}-${hash}" has successfully progressed.`,
        },
      ],
      world.now,
    ),
  });
}

function ownedBy(world: World, { namespace, uid }: Item<unknown>) {
  return replicaSets
    .list(world.store, namespace)
    .filter(set => isOwnedBy(set, uid));
}

function revisionOf(set: ReplicaSet): number {
  return Number(set.annotations[REVISION] ?? 0);
}
