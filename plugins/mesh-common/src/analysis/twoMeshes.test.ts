import { objectsOf } from '../__testUtils__/cluster';
import { parseObject } from '../kubernetes/parse';
import { MESHES } from '../mesh/meshes';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotChange } from '../snapshot/SnapshotChange';
import { clusterOf, document } from '../linkerd/__testUtils__/cluster';
import { Analyzer } from './Analyzer';
import { twoMeshes } from './checks/MESH-0009';

const ISTIO = { labels: { 'istio-injection': 'enabled' } };
const LINKERD = { annotations: { 'linkerd.io/inject': 'enabled' } };

const namespace = (metadata: object) =>
  document({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', ...metadata },
  });

const deployment = (annotations: object = {}) =>
  document({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'cart', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'cart' } },
      template: {
        metadata: { labels: { app: 'cart' }, annotations },
        spec: { containers: [{ name: 'app' }] },
      },
    },
  });

const podNamed = (name: string, ...containers: string[]) =>
  document({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      labels: { app: 'cart', 'pod-template-hash': '5f' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: 'cart-5f',
          controller: true,
        },
      ],
    },
    spec: {
      containers: ['app', ...containers].map(container => ({
        name: container,
      })),
    },
  });

const pod = (...containers: string[]) => podNamed('cart-5f-1', ...containers);

function changedBy(snapshot: MeshSnapshot, yaml: string): MeshSnapshot {
  return snapshot.apply(
    objectsOf(yaml).map((raw): SnapshotChange => {
      const result = parseObject(raw);
      if (result.status !== 'parsed') {
        throw new TypeError(result.status);
      }
      return { type: 'put', parsed: result.parsed };
    }),
  );
}

/** What is found in files, as `level message`. */
function found(yaml: string): string[] {
  return Analyzer.create(twoMeshes)
    .analyze(clusterOf(yaml, { origin: 'files' }))
    .findings.map(({ level, message }) => `${level} ${message}`);
}

describe('two meshes', () => {
  it.each<[what: string, yaml: string, expected: RegExp[]]>([
    ['one mesh, asked by the namespace', namespace(ISTIO) + deployment(), []],
    ['the other one', namespace(LINKERD) + deployment(), []],
    [
      'both, asked by the namespace',
      namespace({ ...ISTIO, ...LINKERD }) + deployment(),
      [/^warning Deployment shop\/cart is asked into Istio and Linkerd: /],
    ],
    [
      'one asked by the namespace, the other by the template',
      namespace(ISTIO) + deployment({ 'linkerd.io/inject': 'enabled' }),
      [/^warning .* Istio and Linkerd/],
    ],
    [
      'both, of which the template declines one',
      namespace({ ...ISTIO, ...LINKERD }) +
        deployment({ 'linkerd.io/inject': 'disabled' }),
      [],
    ],
    ['one proxy', namespace(ISTIO) + deployment() + pod('istio-proxy'), []],
    [
      'the proxies of both',
      namespace(ISTIO) + deployment() + pod('istio-proxy', 'linkerd-proxy'),
      [
        /^error 1 of 1 pods of Deployment shop\/cart run the proxies of Istio and Linkerd/,
      ],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(found(yaml)).toEqual(
      expected.map(pattern => expect.stringMatching(pattern)),
    );
  });

  it('looks at no other pod of the workload where one changes', () => {
    const names = Array.from({ length: 50 }, (_, index) => `cart-5f-${index}`);
    let snapshot = clusterOf(
      namespace(ISTIO) +
        deployment() +
        names.map(name => podNamed(name, 'istio-proxy')).join(''),
      { origin: 'files' },
    );
    const analyzer = Analyzer.create(twoMeshes);
    analyzer.analyze(snapshot);

    const isProxy = jest.spyOn(MESHES[0], 'isProxy');
    snapshot = changedBy(snapshot, podNamed('cart-5f-7', 'istio-proxy', 'log'));
    expect(analyzer.analyze(snapshot).findings).toEqual([]);
    expect(isProxy.mock.calls.length).toBeLessThan(names.length);
    isProxy.mockRestore();

    snapshot = changedBy(
      snapshot,
      podNamed('cart-5f-7', 'istio-proxy', 'linkerd-proxy'),
    );
    expect(
      analyzer.analyze(snapshot).findings.map(({ message }) => message),
    ).toEqual([expect.stringMatching(/^1 of 50 pods .* Istio and Linkerd/)]);

    snapshot = changedBy(snapshot, podNamed('cart-5f-7', 'istio-proxy'));
    expect(analyzer.analyze(snapshot).findings).toEqual([]);
  });
});
