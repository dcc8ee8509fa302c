import fc from 'fast-check';
import { KIND_IDS } from '../kubernetes/kinds';
import { parseObject } from '../kubernetes/parse';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotChange } from '../snapshot/SnapshotChange';
import { workloadNamed, workloadsIn } from './workloads';

const NAMESPACE = 'shop';

function podOf(name: string, owner: string, phase: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: NAMESPACE,
      labels: { 'pod-template-hash': '5f' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${owner}-5f`,
          controller: true,
        },
      ],
    },
    spec: { serviceAccountName: name, containers: [{ name: 'app' }] },
    status: { phase },
  };
}

function deployment(name: string, serviceAccountName: string): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      template: { metadata: {}, spec: { serviceAccountName, containers: [] } },
    },
  };
}

function put(raw: object): SnapshotChange {
  const result = parseObject(raw);
  if (result.status !== 'parsed') {
    throw new TypeError(result.status);
  }
  return { type: 'put', parsed: result.parsed };
}

const podNames = Array.from({ length: 24 }, (_, index) => `pod-${index}`);
const owners = ['cart', 'checkout', 'search'];
const podName = fc.constantFrom(...podNames);
const owner = fc.constantFrom(...owners);

const changes = fc.array(
  fc.oneof(
    fc
      .tuple(podName, owner, fc.constantFrom('Running', 'Succeeded'))
      .map(args => put(podOf(...args))),
    podName.map(
      (name): SnapshotChange => ({
        type: 'delete',
        kindId: 'Pod',
        namespace: NAMESPACE,
        name,
      }),
    ),
    fc
      .tuple(owner, fc.constantFrom('a', 'b'))
      .map(args => put(deployment(...args))),
  ),
  { maxLength: 4 },
);

const FIRST = podNames.map((name, index) =>
  podOf(name, owners[index % owners.length], 'Running'),
);

function builtAtOnce(snapshot: MeshSnapshot): MeshSnapshot {
  return MeshSnapshot.of(
    snapshot.cluster,
    KIND_IDS.flatMap(kindId => [...snapshot.list(kindId)]),
  );
}

/** Workloads by key, each with what is said of it. */
function workloadsOf(snapshot: MeshSnapshot) {
  return Object.fromEntries(workloadsIn(snapshot, NAMESPACE));
}

function allOf(snapshot: MeshSnapshot) {
  return [
    workloadsOf(snapshot),
    owners.map(name => workloadNamed(snapshot, NAMESPACE, name)),
  ];
}

describe('the workloads of a namespace', () => {
  it('are, after any changes, what they are when they are found at once', () => {
    fc.assert(
      fc.property(fc.array(changes), batches => {
        let snapshot = MeshSnapshot.of('east', FIRST);
        workloadsIn(snapshot, NAMESPACE);
        for (const batch of batches) {
          snapshot = snapshot.apply(batch);
          expect(allOf(snapshot)).toEqual(allOf(builtAtOnce(snapshot)));
        }
      }),
    );
  });

  it('stay the same objects where their pods and their controller do', () => {
    const before = MeshSnapshot.of('east', FIRST);
    const old = workloadsOf(before);
    const now = workloadsOf(
      before.apply([put(podOf('pod-0', 'cart', 'Pending'))]),
    );
    expect(now['Deployment/cart']).not.toBe(old['Deployment/cart']);
    expect(now['Deployment/search']).toBe(old['Deployment/search']);
  });

  it('are of their own cluster, though pods of two clusters may be the same objects', () => {
    const east = MeshSnapshot.of('east', FIRST);
    workloadsIn(east, NAMESPACE);
    const west = MeshSnapshot.empty('west').apply(
      [...east.list('Pod')].map(object => ({
        type: 'put',
        parsed: { kindId: 'Pod', object },
      })),
    );
    expect(workloadsOf(west)['Deployment/cart'].ref.cluster).toBe('west');
  });
});
