import fc from 'fast-check';
import { KIND_IDS } from '../kubernetes/kinds';
import { LabelSelector } from '../kubernetes/objects';
import { parseObject } from '../kubernetes/parse';
import { matchesSelector } from '../kubernetes/selectors';
import { machinesOfEntries } from '../istio/machinesOfEntries';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotChange } from '../snapshot/SnapshotChange';
import { machinesSelected } from './machines';
import { findWorkload, workloadsIn } from './workloads';

const NAMESPACE = 'shop';

type Labels = Record<string, string>;

function object(kind: string, name: string, spec: object, annotations = {}) {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind,
    metadata: { name, namespace: NAMESPACE, annotations },
    spec,
  };
}

function entry(name: string, labels: Labels, group?: string): object {
  return object(
    'WorkloadEntry',
    name,
    { address: '192.0.2.1', labels },
    group ? { 'istio.io/autoRegistrationGroup': group } : {},
  );
}

function serviceEntry(
  name: string,
  selector: Labels,
  targetPort: number,
  hosts = [`${name}.internal`],
): object {
  return object('ServiceEntry', name, {
    hosts,
    ports: [{ number: 80, name: 'http', protocol: 'HTTP', targetPort }],
    workloadSelector: { labels: selector },
  });
}

function put(raw: object): SnapshotChange {
  const result = parseObject(raw);
  if (result.status !== 'parsed') {
    throw new TypeError(result.status);
  }
  return { type: 'put', parsed: result.parsed };
}

function snapshotOf(raw: readonly object[]): MeshSnapshot {
  return MeshSnapshot.empty('east').apply(raw.map(put));
}

function builtAtOnce(snapshot: MeshSnapshot): MeshSnapshot {
  const copies = KIND_IDS.flatMap(kindId => [...snapshot.list(kindId)]);
  return MeshSnapshot.of(snapshot.cluster, structuredClone(copies));
}

const labels = fc.dictionary(
  fc.constantFrom('app', 'version', 'constructor'),
  fc.constantFrom('a', 'b'),
);
const name = fc.constantFrom('one', 'two', 'three', 'four');

const change = fc.oneof(
  fc
    .tuple(
      name,
      labels,
      fc.option(fc.constantFrom('g', 'h'), { nil: undefined }),
    )
    .map(args => put(entry(...args))),
  fc
    .tuple(name, labels, fc.constantFrom(8080, 8090))
    .map(args => put(serviceEntry(...args))),
  fc
    .tuple(
      fc.constantFrom(
        'networking.istio.io/WorkloadEntry' as const,
        'networking.istio.io/ServiceEntry' as const,
      ),
      name,
    )
    .map(
      ([kindId, which]): SnapshotChange => ({
        type: 'delete',
        kindId,
        namespace: NAMESPACE,
        name: which,
      }),
    ),
);

const selector: fc.Arbitrary<LabelSelector> = fc.record(
  {
    matchLabels: labels,
    matchExpressions: fc.array(
      fc.record({
        key: fc.constantFrom('app', 'version'),
        operator: fc.constantFrom('In' as const, 'NotIn' as const),
        values: fc.subarray(['a', 'b'], { minLength: 1 }),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

const DB = { app: 'db' };
const FLEET = [
  entry('db-1', DB, 'db'),
  entry('db-2', DB, 'db'),
  entry('cache-1', { app: 'cache' }),
  serviceEntry('db', DB, 3306),
  serviceEntry('cache', { app: 'cache' }, 6379),
];

describe('the machines of a namespace', () => {
  it('are, after any changes, what they are when they are found at once', () => {
    fc.assert(
      fc.property(fc.array(change), changes => {
        let snapshot = snapshotOf(FLEET);
        for (const next of changes) {
          snapshot = snapshot.apply([next]);
          expect(Object.fromEntries(workloadsIn(snapshot, NAMESPACE))).toEqual(
            Object.fromEntries(workloadsIn(builtAtOnce(snapshot), NAMESPACE)),
          );
        }
      }),
    );
  });

  it('are selected by their labels', () => {
    fc.assert(
      fc.property(fc.array(change), selector, (changes, wanted) => {
        const snapshot = snapshotOf([]).apply(changes);
        const expected = [...machinesOfEntries(snapshot, NAMESPACE)]
          .filter(([, machines]) =>
            machines.some(({ metadata }) =>
              matchesSelector(metadata.labels, wanted),
            ),
          )
          .map(([id]) => id);
        expect(machinesSelected(snapshot, NAMESPACE, wanted).sort()).toEqual(
          expected.sort(),
        );
      }),
    );
  });

  it('have of two ports of one name the one of the last ServiceEntry, whichever label leads to it', () => {
    const snapshot = snapshotOf([
      entry('db-1', { app: 'db', version: 'a' }),
      serviceEntry('first', { version: 'a' }, 1000),
      serviceEntry('last', DB, 2000),
    ]);
    const [pod] =
      findWorkload(snapshot, {
        namespace: NAMESPACE,
        kind: 'WorkloadEntry',
        name: 'db-1',
      })?.pods ?? [];
    expect(pod.spec.containers[0].ports).toMatchObject([
      { name: 'http', containerPort: 2000 },
    ]);
  });

  it('are the same workloads after a change of a ServiceEntry that gives them no other ports', () => {
    const before = snapshotOf(FLEET);
    const old = workloadsIn(before, NAMESPACE);
    const after = before.apply([
      put(serviceEntry('db', DB, 3306, ['other.internal'])),
    ]);
    expect(workloadsIn(after, NAMESPACE)).toBe(old);
  });

  it('are of their own cluster, though entries of two clusters may be the same objects', () => {
    const east = snapshotOf(FLEET);
    workloadsIn(east, NAMESPACE);
    const kindId = 'networking.istio.io/WorkloadEntry';
    const west = MeshSnapshot.empty('west').apply(
      [...east.list(kindId)].map(entryObject => ({
        type: 'put',
        parsed: { kindId, object: entryObject },
      })),
    );
    expect(
      [...workloadsIn(west, NAMESPACE).values()].map(({ ref }) => ref.cluster),
    ).toEqual(['west', 'west']);
  });

  it('are the same workloads but for those of which it changes the ports', () => {
    const before = snapshotOf(FLEET);
    const old = workloadsIn(before, NAMESPACE);
    const now = workloadsIn(
      before.apply([put(serviceEntry('db', DB, 3307))]),
      NAMESPACE,
    );
    expect(now.get('WorkloadGroup/db')).not.toBe(old.get('WorkloadGroup/db'));
    expect(now.get('WorkloadEntry/cache-1')).toBe(
      old.get('WorkloadEntry/cache-1'),
    );
  });
});
