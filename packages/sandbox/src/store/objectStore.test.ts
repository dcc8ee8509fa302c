import { ApiError } from '../api/status';
import { createObjectStore } from './objectStore';
import type {
  ObjectStore,
  ResourceType,
  StoredObject,
  StoreEvent,
} from './types';

const NOW = '2026-01-02T03:04:05Z';

function storeWithNamespace(): ObjectStore {
  const store = createObjectStore({ now: () => new Date(NOW) });
  store.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  });
  return store;
}

function resource(
  store: ObjectStore,
  group: string,
  kind: string,
): ResourceType {
  const found = store.resourceOf(group, kind);
  if (!found) {
    throw new Error(`${group}/${kind} is not served`);
  }
  return found;
}

function configMap(
  name: string,
  data: Record<string, string> = {},
): StoredObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'shop' },
    data,
  };
}

function deployment(replicas: number): StoredObject {
  const labels = { app: 'reviews' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'reviews', namespace: 'shop' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'reviews', image: 'reviews:1' }] },
      },
    },
  };
}

const WIDGETS: StoredObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: ['v1beta1', 'v1'].map(name => ({
      name,
      served: true,
      storage: name === 'v1',
      schema: {
        openAPIV3Schema: {
          type: 'object',
          'x-kubernetes-preserve-unknown-fields': true,
        },
      },
      subresources: { status: {} },
    })),
  },
};

function widget(name: string, version = 'v1'): StoredObject {
  return {
    apiVersion: `example.com/${version}`,
    kind: 'Widget',
    metadata: { name, namespace: 'shop' },
    spec: { size: 1 },
  };
}

function record(store: ObjectStore): StoreEvent[] {
  const events: StoreEvent[] = [];
  store.subscribe(event => events.push(event));
  return events;
}

function refusal(action: () => unknown): ApiError {
  try {
    action();
  } catch (error) {
    if (error instanceof ApiError) {
      return error;
    }
    throw error;
  }
  throw new Error('the store did not refuse');
}

describe('createObjectStore', () => {
  it('writes the metadata that the API server owns', () => {
    const store = storeWithNamespace();
    const created = store.create({
      ...deployment(2),
      status: { replicas: 9 },
    });
    expect(created.metadata).toMatchObject({
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      resourceVersion: String(store.resourceVersion),
      creationTimestamp: NOW,
      generation: 1,
    });
    expect(created.status ?? {}).toEqual({});
    expect(Object.isFrozen(created.metadata)).toBe(true);
  });

  it('counts a change of the spec and not one of labels or status', () => {
    const store = storeWithNamespace();
    const created = store.create(deployment(2));
    const labelled = store.update({
      ...created,
      metadata: { ...created.metadata, labels: { a: 'b' } },
    });
    expect(labelled.metadata.generation).toBe(1);
    const ready = store.updateStatus({ ...labelled, status: { replicas: 2 } });
    expect(ready.metadata.generation).toBe(1);
    const scaled = store.update({ ...deployment(3) });
    expect(scaled.metadata.generation).toBe(2);
    expect(scaled.status).toMatchObject({ replicas: 2 });
  });

  it('takes nothing but the status in a status update', () => {
    const store = storeWithNamespace();
    const created = store.create(deployment(2));
    const updated = store.updateStatus({
      ...deployment(7),
      status: { replicas: 2 },
    });
    expect(updated.spec).toEqual(created.spec);
    expect(updated.status).toEqual({ replicas: 2 });
  });

  it('refuses what exists, what is missing, and what is out of date', () => {
    const store = storeWithNamespace();
    const first = store.create(configMap('a'));
    store.update(configMap('a', { k: 'v' }));
    expect(refusal(() => store.create(configMap('a'))).message).toBe(
      'configmaps "a" already exists',
    );
    expect(refusal(() => store.update(configMap('b'))).message).toBe(
      'configmaps "b" not found',
    );
    const stale = refusal(() => store.update({ ...first, data: { k: 'w' } }));
    expect(stale.code).toBe(409);
    expect(stale.message).toContain('the object has been modified');
    const gone = {
      ...configMap('c'),
      metadata: { name: 'c', namespace: 'nowhere' },
    };
    expect(refusal(() => store.create(gone)).message).toBe(
      'namespaces "nowhere" not found',
    );
  });

  it('makes no event of a write that changes nothing', () => {
    const store = storeWithNamespace();
    const events = record(store);
    const created = store.create(configMap('a', { k: 'v' }));
    expect(store.update(configMap('a', { k: 'v' }))).toBe(created);
    expect(store.put(configMap('a', { k: 'v' }))).toBe(created);
    expect(events.map(event => event.type)).toEqual(['ADDED']);
  });

  it('does all but store in a dry run', () => {
    const store = storeWithNamespace();
    const events = record(store);
    const planned = store.create(configMap('a'), { dryRun: true });
    expect(planned.metadata.uid).toBeDefined();
    expect(
      store.get(resource(store, '', 'ConfigMap'), 'shop', 'a'),
    ).toBeUndefined();
    store.create(configMap('b'));
    store.update(configMap('b', { k: 'v' }), { dryRun: true });
    store.delete(resource(store, '', 'ConfigMap'), 'shop', 'b', {
      dryRun: true,
    });
    expect(events.map(event => event.type)).toEqual(['ADDED']);
  });

  it('puts a manifest with its status and keeps the status that a later one leaves out', () => {
    const store = storeWithNamespace();
    const creationTimestamp = '2025-12-24T00:00:00Z';
    const manifest = deployment(2);
    const first = store.put({
      ...manifest,
      metadata: { ...manifest.metadata, creationTimestamp },
      status: { replicas: 2 },
    });
    expect(first.metadata.creationTimestamp).toBe(creationTimestamp);
    const second = store.put(deployment(3));
    expect(second.status).toMatchObject({ replicas: 2 });
    expect(second.metadata.uid).toBe(first.metadata.uid);
    expect(second.metadata.generation).toBe(2);
  });

  it('keeps a deleted object until its last finalizer is gone', () => {
    const store = storeWithNamespace();
    const events = record(store);
    const object = configMap('a');
    object.metadata.finalizers = ['example.com/hold'];
    store.create(object);
    const configMaps = resource(store, '', 'ConfigMap');
    const marked = store.delete(configMaps, 'shop', 'a');
    expect(marked.metadata.deletionTimestamp).toBe(NOW);
    store.update(configMap('a'));
    expect(store.get(configMaps, 'shop', 'a')).toBeUndefined();
    expect(events.map(event => event.type)).toEqual([
      'ADDED',
      'MODIFIED',
      'DELETED',
    ]);
  });

  it('deletes what is in a namespace with it', () => {
    const store = storeWithNamespace();
    store.create(configMap('a'));
    const events = record(store);
    store.delete(resource(store, '', 'Namespace'), undefined, 'shop');
    expect(events.map(event => [event.type, event.object.kind])).toEqual([
      ['DELETED', 'ConfigMap'],
      ['DELETED', 'Namespace'],
    ]);
    expect(store.list(resource(store, '', 'ConfigMap'))).toEqual([]);
  });

  it('gives a DELETED event a resource version of its own', () => {
    const store = storeWithNamespace();
    const created = store.create(configMap('a'));
    const events = record(store);
    store.delete(resource(store, '', 'ConfigMap'), 'shop', 'a');
    expect(Number(events[0].object.metadata.resourceVersion)).toBe(
      Number(created.metadata.resourceVersion) + 1,
    );
    expect(events[0].resourceVersion).toBe(store.resourceVersion);
  });

  it('serves a custom resource while its definition is stored', () => {
    const store = storeWithNamespace();
    expect(refusal(() => store.create(widget('w'))).message).toBe(
      'no matches for kind "Widget" in version "example.com/v1"',
    );
    const definition = store.create(WIDGETS);
    expect(definition.status).toMatchObject({
      acceptedNames: {
        kind: 'Widget',
        singular: 'widget',
        listKind: 'WidgetList',
      },
      conditions: [
        { type: 'NamesAccepted', status: 'True' },
        { type: 'Established', status: 'True' },
      ],
      storedVersions: ['v1'],
    });
    const widgets = resource(store, 'example.com', 'Widget');
    expect(widgets.versions).toEqual(['v1', 'v1beta1']);
    expect(store.create(widget('w', 'v1beta1')).apiVersion).toBe(
      'example.com/v1',
    );

    const events = record(store);
    store.delete(
      resource(store, 'apiextensions.k8s.io', 'CustomResourceDefinition'),
      undefined,
      'widgets.example.com',
    );
    expect(events.map(event => event.object.kind)).toEqual([
      'Widget',
      'CustomResourceDefinition',
    ]);
    expect(store.resourceOf('example.com', 'Widget')).toBeUndefined();
    expect(store.list(widgets)).toEqual([]);
  });

  it('delivers a write of a listener after the event that caused it', () => {
    const store = storeWithNamespace();
    const seen: string[] = [];
    store.subscribe(event => {
      if (event.type === 'ADDED' && event.object.metadata.name === 'a') {
        store.create(configMap('b'));
      }
    });
    store.subscribe(event => seen.push(event.object.metadata.name));
    store.create(configMap('a'));
    expect(seen).toEqual(['a', 'b']);
  });

  it('tells the writer what a listener throws, after the others have heard', () => {
    const store = storeWithNamespace();
    const seen: string[] = [];
    store.subscribe(() => {
      throw new Error('listener failed');
    });
    store.subscribe(event => seen.push(event.object.metadata.name));
    expect(() => store.create(configMap('a'))).toThrow('listener failed');
    expect(seen).toEqual(['a']);
  });

  it('makes a name of generateName', () => {
    const store = storeWithNamespace();
    const object = configMap('');
    object.metadata.generateName = 'job-';
    expect(store.create(object).metadata.name).toMatch(/^job-[a-z0-9]{5}$/);
  });

  it('lists by namespace and name', () => {
    const store = storeWithNamespace();
    store.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'bank' },
    });
    store.create(configMap('b'));
    store.create(configMap('a'));
    store.create({
      ...configMap('z'),
      metadata: { name: 'z', namespace: 'bank' },
    });
    const configMaps = resource(store, '', 'ConfigMap');
    const names = (objects: readonly StoredObject[]) =>
      objects.map(object => object.metadata.name);
    expect(names(store.list(configMaps))).toEqual(['z', 'a', 'b']);
    expect(names(store.list(configMaps, 'shop'))).toEqual(['a', 'b']);
  });
});
