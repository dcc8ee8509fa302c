import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Cluster } from './cluster';

const START = Date.UTC(2026, 5, 1);

let folder: string;
let cluster: Cluster;
let reports: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'manifests-'));
  reports = [];
});

afterEach(async () => {
  await cluster.close();
  await rm(folder, { recursive: true });
});

async function write(file: string, text: string) {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

async function start(report = (message: string) => void reports.push(message)) {
  cluster = await Cluster.create({
    name: 'test',
    folder,
    now: () => START,
    report,
  });
}

function get(kind: string, namespace: string | undefined, name: string) {
  const resource = cluster.store.resourceOf('', kind);
  return resource && cluster.store.get(resource, namespace, name);
}

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';

function map(name: string, value: string) {
  return `---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: shop }
data: { key: ${value} }
`;
}

it('applies a saved file again and deletes what left it', async () => {
  await write('shop.yaml', NAMESPACE + map('a', 'one') + map('b', 'one'));
  await start();
  await write('shop.yaml', NAMESPACE + map('a', 'two') + map('c', 'one'));
  await cluster.reload('shop.yaml');
  expect(get('ConfigMap', 'shop', 'a')?.data).toEqual({ key: 'two' });
  expect(get('ConfigMap', 'shop', 'b')).toBeUndefined();
  expect(get('ConfigMap', 'shop', 'c')).toBeDefined();
  expect(reports).toEqual([]);
});

it('keeps an object that moves to another file', async () => {
  await write('1.yaml', NAMESPACE + map('a', 'one'));
  await start();
  await write('2.yaml', map('a', 'one'));
  await cluster.reload('2.yaml');
  await write('1.yaml', NAMESPACE);
  await cluster.reload('1.yaml');
  expect(get('ConfigMap', 'shop', 'a')).toBeDefined();
});

it.each([
  ['data: [', /test: [^:]+\/a\.yaml:\d+: /],
  ['data: { key: 1, key: 2 }', /a\.yaml:\d+: Map keys must be unique/],
  ['just a text', /a\.yaml:1: a Kubernetes object is a mapping/],
  ['kind: ConfigMap', /a\.yaml:1: apiVersion and kind are required/],
  [
    'apiVersion: v1\nkind: ConfigMap',
    /a\.yaml:1: ConfigMap: metadata.name is required/,
  ],
  [
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: { on: true } }',
    /metadata.labels must map names to texts/,
  ],
  [
    `${NAMESPACE}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop, annotations: { mesh-sandbox/age: old } }`,
    /a\.yaml:5: the annotation mesh-sandbox\/age must be a duration such as 40d, not "old"/,
  ],
])(
  'names file and line of %j, and keeps what was there',
  async (text, message) => {
    await write('a.yaml', NAMESPACE + map('a', 'one'));
    await start();
    await write('a.yaml', text);
    await cluster.reload('a.yaml');
    expect(reports).toEqual([expect.stringMatching(message)]);
    expect(get('ConfigMap', 'shop', 'a')?.data).toEqual({ key: 'one' });
  },
);

it('names the object that the API refuses, and applies the others', async () => {
  await write(
    'a.yaml',
    `apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: x, namespace: shop }\n---\n${NAMESPACE}${map(
      'a',
      'one',
    )}`,
  );
  await start();
  expect(reports).toEqual([
    expect.stringMatching(/a\.yaml:1: no matches for kind "Thing"/),
  ]);
  expect(get('ConfigMap', 'shop', 'a')).toBeDefined();
});

it('deletes nothing while a part of the file cannot be applied', async () => {
  await write('a.yaml', NAMESPACE + map('a', 'one') + map('b', 'one'));
  await start();
  await write(
    'a.yaml',
    NAMESPACE +
      map('a', 'two') +
      map('b', 'one').replace('ConfigMap', 'ConfgMap'),
  );
  await cluster.reload('a.yaml');
  expect(get('ConfigMap', 'shop', 'a')?.data).toEqual({ key: 'two' });
  expect(get('ConfigMap', 'shop', 'b')).toBeDefined();
  expect(reports).toEqual([
    expect.stringMatching(/no matches for kind "ConfgMap"/),
    expect.stringMatching(/a\.yaml: nothing is deleted until/),
  ]);

  await write('a.yaml', NAMESPACE + map('a', 'two'));
  await cluster.reload('a.yaml');
  expect(get('ConfigMap', 'shop', 'b')).toBeUndefined();
});

it('makes the order of the files the age of the objects', async () => {
  await write('1.yaml', NAMESPACE + map('b', 'one') + map('a', 'one'));
  await start();
  const created = (name: string) =>
    Date.parse(
      get('ConfigMap', 'shop', name)?.metadata.creationTimestamp ?? '',
    );
  expect(created('b')).toBeLessThan(created('a'));
  expect(START - created('b')).toBeGreaterThan(29 * 86_400_000);
});

it('replays the past', async () => {
  await write(
    'history/shop.yaml',
    `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { state: old }, annotations: { mesh-sandbox/age: 90d } }
`,
  );
  await write(
    'shop.yaml',
    `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { state: new }, annotations: { mesh-sandbox/changed: 2d } }
`,
  );
  await start();
  const namespace = get('Namespace', undefined, 'shop');
  expect(namespace?.metadata).toMatchObject({
    labels: { state: 'new' },
    creationTimestamp: new Date(START - 90 * 86_400_000)
      .toISOString()
      .replace('.000', ''),
  });
  await cluster.reload('history/shop.yaml');
  expect(reports).toEqual([expect.stringMatching(/the past is applied when/)]);
  expect(get('Namespace', undefined, 'shop')?.metadata.labels).toMatchObject({
    state: 'new',
  });
});

it('notices saved, new and removed files by itself', async () => {
  await write('shop.yaml', NAMESPACE + map('a', 'one'));
  await start();
  const changed = (happened: () => boolean) =>
    new Promise<void>(resolve => {
      const unsubscribe = cluster.store.subscribe(() => {
        if (happened()) {
          unsubscribe();
          resolve();
        }
      });
    });
  await cluster.watch();
  const saved = changed(
    () =>
      JSON.stringify(get('ConfigMap', 'shop', 'a')?.data) === '{"key":"two"}',
  );
  await write('shop.yaml', NAMESPACE + map('a', 'two'));
  await saved;
  const added = changed(() => get('ConfigMap', 'shop', 'new') !== undefined);
  await write('new.yaml', map('new', 'one'));
  await added;
  const removed = changed(() => get('ConfigMap', 'shop', 'new') === undefined);
  await rm(path.join(folder, 'new.yaml'));
  await removed;
  expect(reports).toEqual([]);
});
