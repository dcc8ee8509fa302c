import fc from 'fast-check';
import { EventLog } from './eventLog';
import { createObjectStore } from './objectStore';
import type { ObjectStore, ResourceType, StoredObject } from './types';

function setUp(size?: number) {
  const store = createObjectStore();
  for (const name of ['shop', 'bank']) {
    store.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  const log = EventLog.create(store, { size });
  const configMaps = store.resourceOf('', 'ConfigMap');
  if (!configMaps) {
    throw new Error('ConfigMap is not served');
  }
  return { store, log, configMaps };
}

function configMap(name: string, value: string, namespace: string = 'shop') {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data: { value },
  };
}

function names(objects: readonly StoredObject[]): string[] {
  return objects.map(object => object.metadata.name);
}

describe('EventLog', () => {
  it('tells the changes of a resource since a version', () => {
    const { store, log, configMaps } = setUp();
    const { resourceVersion } = store.create(configMap('a', '1')).metadata;
    store.create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'x', namespace: 'shop' },
    });
    store.update(configMap('a', '2'));
    store.delete(configMaps, 'shop', 'a');
    expect(
      log
        .since(configMaps, Number(resourceVersion))
        .map(event => `${event.type} ${event.object.metadata.name}`),
    ).toEqual(['MODIFIED a', 'DELETED a']);
  });

  it('forgets what does not fit, and what was before it', () => {
    const { store, log } = setUp(2);
    const start = store.resourceVersion;
    expect(log.isExpired(start)).toBe(false);
    expect(log.isExpired(start - 1)).toBe(true);
    ['a', 'b', 'c'].forEach(name => store.create(configMap(name, '1')));
    expect(log.isExpired(start)).toBe(true);
    expect(log.isExpired(start + 1)).toBe(false);
    expect(log.oldest).toBe(start + 1);
  });

  it('refuses a size that holds nothing', () => {
    const { store } = setUp();
    expect(() => EventLog.create(store, { size: 0 })).toThrow(
      'the size of an event log must be positive, not 0',
    );
  });

  it('lists a namespace as it was', () => {
    const { store, log, configMaps } = setUp();
    store.create(configMap('a', '1'));
    store.create(configMap('b', '1'));
    store.create(configMap('z', '1', 'bank'));
    const then = store.resourceVersion;
    store.delete(configMaps, 'shop', 'a');
    store.create(configMap('c', '1'));
    store.update(configMap('z', '2', 'bank'));
    expect(names(log.listAt(configMaps, 'shop', then))).toEqual(['a', 'b']);
    expect(names(log.listAt(configMaps, undefined, then))).toEqual([
      'z',
      'a',
      'b',
    ]);
    expect(log.listAt(configMaps, 'bank', then)[0].data).toEqual({
      value: '1',
    });
  });

  it('lists each state of the past as it was, whatever happened since', () => {
    const write = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      value: fc.constantFrom('1', '2'),
      deletes: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 30 }), writes => {
        const { store, log, configMaps } = setUp();
        const states: [number, readonly StoredObject[]][] = [];
        for (const next of writes) {
          states.push([store.resourceVersion, store.list(configMaps)]);
          apply(store, configMaps, next);
        }
        for (const [version, objects] of states) {
          expect(log.listAt(configMaps, undefined, version)).toEqual(objects);
        }
      }),
      { numRuns: 50 },
    );
  });
});

function apply(
  store: ObjectStore,
  configMaps: ResourceType,
  next: { name: string; value: string; deletes: boolean },
): void {
  if (!next.deletes) {
    store.put(configMap(next.name, next.value));
  } else if (store.get(configMaps, 'shop', next.name)) {
    store.delete(configMaps, 'shop', next.name);
  }
}
