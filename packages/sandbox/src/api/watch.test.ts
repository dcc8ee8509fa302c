import { recordOf } from '../store/values';
import {
  configMap,
  nameOf,
  summary,
  TestCluster,
  thing,
  thingDefinition,
  type TestEvent,
} from './__testUtils__/cluster';

const MAPS = '/api/v1/namespaces/shop/configmaps';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const THINGS = '/apis/example.com/v1/namespaces/shop/things';
const WATCH_LIST =
  'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start({ eventBufferSize: 10 });
});
afterEach(() => cluster.close());

function put(name: string, value: string = '1', label: string = 'a') {
  return cluster.store.put({
    ...configMap(name, { value }),
    metadata: { name, namespace: 'shop', labels: { label } },
  });
}

function remove(name: string) {
  const configMaps = cluster.store.resourceOf('', 'ConfigMap');
  return configMaps && cluster.store.delete(configMaps, 'shop', name);
}

function versionOf({ object }: TestEvent): number {
  return Number(recordOf(object.metadata).resourceVersion);
}

describe('watch', () => {
  it('begins with what is there, and goes on with what changes', async () => {
    put('a');
    const watch = await cluster.watch(`${MAPS}?watch=true`);
    expect((await watch.take(1)).map(summary)).toEqual(['ADDED a']);
    put('b');
    put('a', '2');
    remove('b');
    const events = await watch.take(3);
    expect(events.map(summary)).toEqual(['ADDED b', 'MODIFIED a', 'DELETED b']);
    expect(events[0].object).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
    });
    const versions = events.map(versionOf);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(versions[2]).toBe(cluster.store.resourceVersion);
    watch.close();
  });

  it('goes on from a version without a gap', async () => {
    put('a');
    const since = cluster.store.resourceVersion;
    put('b');
    const watch = await cluster.watch(
      `${MAPS}?watch=1&resourceVersion=${since}`,
    );
    put('c');
    expect((await watch.take(2)).map(summary)).toEqual(['ADDED b', 'ADDED c']);
    watch.close();
  });

  it('is limited to a namespace, and to one name', async () => {
    const since = cluster.store.resourceVersion;
    const query = `watch=1&resourceVersion=${since}`;
    const all = await cluster.watch(`/api/v1/configmaps?${query}`);
    const one = await cluster.watch(
      `${MAPS}?${query}&fieldSelector=metadata.name%3Db`,
    );
    cluster.store.put({
      ...configMap('elsewhere'),
      metadata: { name: 'elsewhere', namespace: 'default' },
    });
    put('a');
    put('b');
    expect((await all.take(3)).map(summary)).toEqual([
      'ADDED elsewhere',
      'ADDED a',
      'ADDED b',
    ]);
    expect((await one.take(1)).map(summary)).toEqual(['ADDED b']);
    all.close();
    one.close();
  });

  it('sees through a selector what begins and ceases to match', async () => {
    put('a', '1', 'in');
    const watch = await cluster.watch(
      `${MAPS}?watch=1&resourceVersion=${cluster.store.resourceVersion}&labelSelector=label%3Din`,
    );
    put('b', '1', 'out');
    put('b', '1', 'in');
    put('a', '1', 'out');
    const left = cluster.store.resourceVersion;
    put('a', '2', 'out');
    put('b', '2', 'in');
    remove('a');
    remove('b');
    const events = await watch.take(4);
    expect(events.map(summary)).toEqual([
      'ADDED b',
      'DELETED a',
      'MODIFIED b',
      'DELETED b',
    ]);
    // What ceased to match is shown as it last matched, at the version at which it ceased.
    expect(recordOf(recordOf(events[1].object.metadata).labels).label).toBe(
      'in',
    );
    expect(versionOf(events[1])).toBe(left);
    watch.close();
  });

  it('tells in the stream that the history is lost', async () => {
    const since = cluster.store.resourceVersion;
    for (let index = 0; index < 11; index++) {
      put('a', String(index));
    }
    const watch = await cluster.watch(
      `${MAPS}?watch=1&resourceVersion=${since}`,
    );
    const events = await watch.rest();
    expect(events).toMatchObject([
      {
        type: 'ERROR',
        object: {
          kind: 'Status',
          code: 410,
          reason: 'Expired',
          message: `too old resource version: ${since} (${since + 1})`,
        },
      },
    ]);
  });

  it('tells that a version is of another life of the server', async () => {
    const watch = await cluster.watch(`${MAPS}?watch=1&resourceVersion=99999`);
    expect(await watch.rest()).toMatchObject([
      { type: 'ERROR', object: { code: 410 } },
    ]);
  });

  it('ends after its time, with a bookmark for who allows them', async () => {
    put('a');
    const [plain, marked] = await Promise.all(
      ['', '&allowWatchBookmarks=true'].map(async query => {
        const watch = await cluster.watch(
          `${MAPS}?watch=1&timeoutSeconds=1${query}`,
        );
        return watch.rest();
      }),
    );
    expect(plain.map(summary)).toEqual(['ADDED a']);
    expect(marked.map(event => event.type)).toEqual(['ADDED', 'BOOKMARK']);
    expect(marked[1].object).toEqual({
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {
        resourceVersion: String(cluster.store.resourceVersion),
        creationTimestamp: null,
      },
    });
  });

  it('sends bookmarks of the present version meanwhile', async () => {
    const other = await TestCluster.start({ bookmarkIntervalMs: 5 });
    const watch = await other.watch(
      `${MAPS}?watch=1&allowWatchBookmarks=true&resourceVersion=${other.store.resourceVersion}`,
    );
    other.store.put({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'unrelated' },
    });
    let event = await watch.next();
    while (event && versionOf(event) < other.store.resourceVersion) {
      event = await watch.next();
    }
    expect(event?.type).toBe('BOOKMARK');
    watch.close();
    await other.close();
  });

  it('lists by initial events that end in a bookmark', async () => {
    put('a');
    put('b');
    const watch = await cluster.watch(`${MAPS}?${WATCH_LIST}`);
    const events = await watch.take(3);
    expect(events.map(event => event.type)).toEqual([
      'ADDED',
      'ADDED',
      'BOOKMARK',
    ]);
    expect(events[2].object.metadata).toEqual({
      resourceVersion: String(cluster.store.resourceVersion),
      creationTimestamp: null,
      annotations: { 'k8s.io/initial-events-end': 'true' },
    });
    put('c');
    expect((await watch.take(1)).map(summary)).toEqual(['ADDED c']);
    watch.close();
  });

  it('can be without initial events', async () => {
    const other = await TestCluster.start({ watchList: false });
    const { code, body } = await other.get(`${MAPS}?${WATCH_LIST}`);
    expect(code).toBe(422);
    expect(body.message).toContain(
      'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
    );
    await other.close();
  });

  it.each([
    [
      'sendInitialEvents=true',
      'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ],
    [
      'resourceVersionMatch=NotOlderThan',
      'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
  ])('refuses ?watch=1&%s', async (query, message) => {
    const { code, body } = await cluster.get(`${MAPS}?watch=1&${query}`);
    expect(code).toBe(422);
    expect(body.message).toContain(message);
  });

  it('sends tables, their columns once, and reduced objects', async () => {
    put('a');
    const table = await cluster.watch(`${MAPS}?watch=1`, {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    });
    put('b');
    const [first, second] = await table.take(2);
    expect(first.object).toMatchObject({
      kind: 'Table',
      columnDefinitions: [{ name: 'Name' }, { name: 'Data' }, { name: 'Age' }],
      rows: [{ cells: ['a', 1, expect.any(String)] }],
    });
    expect(second.object.columnDefinitions).toBeNull();
    table.close();
    const partial = await cluster.watch(`${MAPS}?${WATCH_LIST}`, {
      accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
    });
    const events = await partial.take(3);
    expect(events[0].object).not.toHaveProperty('data');
    expect(events.map(({ object }) => object.kind)).toEqual(
      Array(3).fill('PartialObjectMetadata'),
    );
    partial.close();
  });

  it('ends when its resource goes, after the objects went', async () => {
    await cluster.post(CRDS, thingDefinition());
    await cluster.post(THINGS, thing('t'));
    const watch = await cluster.watch(`${THINGS}?watch=1`);
    expect((await watch.take(1)).map(nameOfEvent)).toEqual(['t']);
    await cluster.call('DELETE', `${CRDS}/things.example.com`);
    expect((await watch.rest()).map(summary)).toEqual(['DELETED t']);
  });

  it('ends when the definition of its resource changes, not when it is labelled', async () => {
    await cluster.post(CRDS, thingDefinition());
    const watch = await cluster.watch(`${THINGS}?watch=1`);
    const merge = 'application/merge-patch+json';
    await cluster.patch(`${CRDS}/things.example.com`, merge, {
      metadata: { labels: { a: 'b' } },
    });
    await cluster.post(THINGS, thing('t'));
    expect((await watch.take(1)).map(summary)).toEqual(['ADDED t']);
    await cluster.patch(`${CRDS}/things.example.com`, merge, {
      spec: { names: { shortNames: ['tg'] } },
    });
    expect(await watch.rest()).toEqual([]);
  });
});

function nameOfEvent({ object }: TestEvent): string {
  return nameOf(object);
}
