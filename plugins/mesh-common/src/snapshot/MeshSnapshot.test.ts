import fc from 'fast-check';
import { KindId } from '../kubernetes/kinds';
import { parseObject } from '../kubernetes/parse';
import { MeshSnapshot } from './MeshSnapshot';
import { SnapshotChange } from './SnapshotChange';
import { podsSelected, podsWithLabels } from './podsByLabel';
import { pod, snapshotChanges, stateOf } from '../__testUtils__/snapshots';

describe('MeshSnapshot', () => {
  it('is unchanged by no changes', () => {
    const snapshot = MeshSnapshot.of('east', [pod('a', 'x')]);
    expect(snapshot.apply([])).toBe(snapshot);
  });

  it('leaves its predecessor as it was', () => {
    const before = MeshSnapshot.of('east', [pod('a', 'x')]);
    const state = stateOf(before);
    before.apply([
      { type: 'delete', kindId: 'Pod', namespace: 'a', name: 'x' },
    ]);
    expect(stateOf(before)).toEqual(state);
    expect(before.get('Pod', 'a', 'x')).toBeDefined();
  });

  it('shares what did not change', () => {
    const before = MeshSnapshot.of('east', [pod('a', 'x'), pod('b', 'y')]);
    const after = before.apply([put(pod('a', 'z'))]);
    expect(after.bucket('Pod', 'b')).toBe(before.bucket('Pod', 'b'));
    expect(after.bucket('Pod', 'a')).not.toBe(before.bucket('Pod', 'a'));
    expect(after.get('Pod', 'a', 'x')).toBe(before.get('Pod', 'a', 'x'));
  });

  it('forgets a namespace with its last object', () => {
    const snapshot = MeshSnapshot.of('east', [pod('a', 'x')]).apply([
      { type: 'delete', kindId: 'Pod', namespace: 'a', name: 'x' },
    ]);
    expect(snapshot.namespacesOf('Pod')).toEqual([]);
    expect([...snapshot.list('Pod')]).toEqual([]);
  });

  it('has an object either as it is or as malformed', () => {
    const bad = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's', namespace: 'a' },
      spec: { ports: 1 },
    };
    const good = { ...bad, spec: {} };
    const first = MeshSnapshot.of('east', [good]);
    const second = first.apply([put(bad)]);
    expect(second.get('Service', 'a', 's')).toBeUndefined();
    expect(second.malformed('Service', 'a')).toEqual([
      expect.objectContaining({ name: 's', field: 'spec.ports' }),
    ]);
    const third = second.apply([put(good)]);
    expect(third.get('Service', 'a', 's')).toBeDefined();
    expect(third.malformed()).toEqual([]);
    expect(
      second
        .apply([
          { type: 'delete', kindId: 'Service', namespace: 'a', name: 's' },
        ])
        .malformed(),
    ).toEqual([]);
  });

  it('takes a kind as read until it is told otherwise', () => {
    const snapshot = MeshSnapshot.empty('east');
    expect(snapshot.read('Pod')).toEqual({ state: 'read' });
    const forbidden = {
      state: 'forbidden' as const,
      message: 'may not list pods',
    };
    expect(
      snapshot
        .apply([{ type: 'read', kindId: 'Pod', read: forbidden }])
        .read('Pod'),
    ).toEqual(forbidden);
  });

  it('equals, after any changes, the snapshot that is built at once', () => {
    fc.assert(
      fc.property(fc.array(snapshotChanges), batches => {
        let stepwise = MeshSnapshot.empty('east');
        for (const batch of batches) {
          stepwise = stepwise.apply(batch);
        }
        expect(stateOf(stepwise)).toEqual(
          stateOf(MeshSnapshot.empty('east').apply(batches.flat())),
        );
      }),
    );
  });

  it('changes the identity of exactly the buckets that changes name', () => {
    fc.assert(
      fc.property(snapshotChanges, snapshotChanges, (first, second) => {
        const before = MeshSnapshot.empty('east').apply(first);
        const after = before.apply(second);
        const touched = new Set(second.flatMap(touchedBucket));
        const changed = (['Pod', 'Service'] as const).flatMap(kindId =>
          ['a', 'b', 'c']
            .filter(
              namespace =>
                after.bucket(kindId, namespace) !==
                before.bucket(kindId, namespace),
            )
            .map(namespace => `${kindId} ${namespace}`),
        );
        expect(changed.filter(bucket => !touched.has(bucket))).toEqual([]);
      }),
    );
  });
});

describe('pods by label', () => {
  const snapshot = MeshSnapshot.of('east', [
    pod('a', 'one', { app: 'x', tier: 'web' }),
    pod('a', 'two', { app: 'x' }),
    pod('a', 'three', { app: 'y' }),
    pod('b', 'four', { app: 'x' }),
  ]);
  const names = (pods: readonly { metadata: { name: string } }[]) =>
    pods.map(({ metadata }) => metadata.name).sort();

  it.each<[Record<string, string>, string[]]>([
    [{}, ['one', 'three', 'two']],
    [{ app: 'x' }, ['one', 'two']],
    [{ app: 'x', tier: 'web' }, ['one']],
    [{ app: 'z' }, []],
    [{ app: 'x', tier: 'db' }, []],
  ])('has those with the labels %j', (labels, expected) => {
    expect(names(podsWithLabels(snapshot, 'a', labels))).toEqual(expected);
  });

  it('selects by expressions as well, and nothing without a selector', () => {
    expect(
      names(
        podsSelected(snapshot, 'a', {
          matchLabels: { app: 'x' },
          matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }],
        }),
      ),
    ).toEqual(['two']);
    expect(podsSelected(snapshot, 'a', undefined)).toEqual([]);
  });
});

function put(raw: unknown): SnapshotChange {
  const result = parseObject(raw);
  if (result.status === 'parsed') {
    return { type: 'put', parsed: result.parsed };
  }
  if (result.status === 'malformed') {
    return { type: 'malformed', malformed: result.malformed };
  }
  throw new TypeError(`Not an object: ${JSON.stringify(raw)}`);
}

function touchedBucket(change: SnapshotChange): string[] {
  const of = (kindId: KindId, namespace?: string) => [`${kindId} ${namespace}`];
  switch (change.type) {
    case 'put':
      return of(change.parsed.kindId, change.parsed.object.metadata.namespace);
    case 'malformed':
      return of(change.malformed.kindId, change.malformed.namespace);
    case 'delete':
      return of(change.kindId, change.namespace);
    default:
      return [];
  }
}

describe('a kind that is read of files alone', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'tls', namespace: 'shop' },
  };

  it('is read of files', () => {
    expect(MeshSnapshot.of('x', [secret], 'files').read('Secret')).toEqual({
      state: 'read',
    });
  });

  it('is not known of a cluster, and says why', () => {
    expect(MeshSnapshot.empty('x').read('Secret')).toEqual({
      state: 'absent',
      message: 'Secrets are never read of a cluster',
    });
  });
});
