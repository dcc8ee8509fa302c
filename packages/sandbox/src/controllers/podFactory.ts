import type { StoredObject } from '../store/types';
import { pods, type Pod, type PodTemplate } from '../world/coreKinds';
import { admitPod } from './injection/admission';
import type { World } from './manager';
import { ownerReference } from './owners';

/** Creates a pod of a workload: what its template says, and what the webhooks of this moment make of it. */
export function createPod(
  world: World,
  owner: StoredObject,
  name: string,
  template: PodTemplate,
  extraLabels: Record<string, string> = {},
  nodeName?: string,
): void {
  const { labels, annotations } = template.metadata;
  const pod = admitPod(world.store, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: owner.metadata.namespace,
      labels: { ...labels, ...extraLabels },
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [ownerReference(owner)],
    },
    spec: { ...template.spec, ...(nodeName && { nodeName }) },
  });
  world.store.create(pod);
}

export function deletePod(world: World, { namespace, name }: Pod): void {
  const resource = world.store.resourceOf(pods.group, pods.kind);
  if (resource) {
    world.store.delete(resource, namespace, name);
  }
}
