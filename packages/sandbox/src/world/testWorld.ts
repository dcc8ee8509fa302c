import { createControllers } from '../controllers/all';
import { ControllerManager } from '../controllers/manager';
import { createObjectStore } from '../store/objectStore';
import type { ObjectStore, StoredObject } from '../store/types';
import { inOrder } from './timeline';
import { parseManifest } from './yaml';

/** The least that a cluster needs so that pods run. */
const NODE = `
apiVersion: v1
kind: Node
metadata: { name: node-1 }
spec: { podCIDR: 10.244.1.0/24 }
status:
  nodeInfo: { kubeletVersion: v1.34.0 }
  addresses: [{ type: InternalIP, address: 192.168.0.1 }]
`;

export interface TestWorld {
  store: ObjectStore;
  /** Applies YAML and lets the controllers act. */
  apply(yaml: string): void;
  settle(): void;
  get(
    kind: string,
    namespace: string,
    name: string,
    group?: string,
  ): StoredObject | undefined;
  list(kind: string, namespace?: string, group?: string): StoredObject[];
  remove(kind: string, namespace: string, name: string, group?: string): void;
  /** What the controllers complained of. */
  reports: string[];
}

/** A small cluster for a test: the given objects, and the sandbox's controllers. */
export function createTestWorld(
  yaml: string,
  now: () => number = () => Date.UTC(2026, 0, 1),
): TestWorld {
  const store = createObjectStore({ now: () => new Date(now()) });
  const reports: string[] = [];
  const manager = ControllerManager.create({
    world: { store, now },
    controllers: createControllers(),
    report: message => reports.push(message),
  });
  const resourceOf = (group: string, kind: string) => {
    const resource = store.resourceOf(group, kind);
    if (!resource) {
      throw new Error(`the test world does not serve ${kind}.${group}`);
    }
    return resource;
  };
  const world: TestWorld = {
    store,
    reports,
    apply(text) {
      inOrder(parseManifest('test.yaml', text)).forEach(({ object }) =>
        store.put(object),
      );
      manager.settle();
    },
    settle: () => manager.settle(),
    get: (kind, namespace, name, group = '') =>
      store.get(resourceOf(group, kind), namespace || undefined, name),
    list: (kind, namespace, group = '') => [
      ...store.list(resourceOf(group, kind), namespace),
    ],
    remove(kind, namespace, name, group = '') {
      store.delete(resourceOf(group, kind), namespace || undefined, name);
      manager.settle();
    },
  };
  world.apply(NODE);
  world.apply(yaml);
  return world;
}

/** An open definition of a custom resource. */
export function definition(
  group: string,
  kind: string,
  plural: string,
  version = 'v1',
  scope = 'Namespaced',
): string {
  return `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${plural}.${group} }
spec:
  group: ${group}
  scope: ${scope}
  names: { kind: ${kind}, plural: ${plural} }
  versions:
    - name: ${version}
      served: true
      storage: true
      subresources: { status: {} }
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
---
`;
}
