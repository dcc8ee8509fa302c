import { MeshSnapshot, SnapshotChange } from 'backstage-plugin-mesh-common';
import { workload } from '../__testUtils__/objects';
import { SelectionIndex } from './SelectionIndex';

function snapshotOf(...objects: object[]): MeshSnapshot {
  return MeshSnapshot.of('east', objects);
}

function selection(name: string, more = {}) {
  return {
    selector: { matchLabels: { app: name } },
    selectorText: `app=${name}`,
    ...more,
  };
}

function find(
  index: SelectionIndex,
  snapshot: MeshSnapshot,
  name: string,
  more = {},
) {
  return index
    .workloads(snapshot, selection(name, more))
    .map(({ ref }) => `${ref.namespace}/${ref.name}`);
}

describe('SelectionIndex', () => {
  it('finds workloads in all namespaces, in one, and on one cluster', () => {
    const index = new SelectionIndex();
    const snapshot = snapshotOf(
      ...workload('a', { namespace: 'two' }),
      ...workload('a', { namespace: 'one' }),
      ...workload('b', { namespace: 'one' }),
    );
    expect(find(index, snapshot, 'a')).toEqual(['one/a', 'two/a']);
    expect(find(index, snapshot, 'a', { namespace: 'two' })).toEqual(['two/a']);
    expect(find(index, snapshot, 'a', { namespace: 'three' })).toEqual([]);
    expect(find(index, snapshot, 'a', { cluster: 'west' })).toEqual([]);
    expect(find(index, snapshot, 'a', { cluster: 'east' })).toHaveLength(2);
  });

  it('keeps up with what comes, changes and goes', () => {
    const index = new SelectionIndex();
    const before = snapshotOf(...workload('a'));
    expect(find(index, before, 'a')).toEqual(['shop/a']);
    expect(find(index, before, 'c')).toEqual([]);

    const removed: SnapshotChange[] = [
      {
        type: 'delete',
        kindId: 'apps/Deployment',
        namespace: 'shop',
        name: 'a',
      },
      { type: 'delete', kindId: 'Pod', namespace: 'shop', name: 'a-abc-1' },
    ];
    const gone = before.apply(removed);
    expect(find(index, gone, 'a')).toEqual([]);
    expect(find(index, before, 'a')).toEqual(['shop/a']);

    const after = snapshotOf(
      ...workload('a', { namespace: 'new' }),
      ...workload('c'),
    );
    expect(find(index, after, 'a')).toEqual(['new/a']);
    expect(find(index, after, 'c')).toEqual(['shop/c']);
  });

  it('gives the same workload as long as nothing in its namespace changes', () => {
    const index = new SelectionIndex();
    const before = snapshotOf(...workload('a'));
    const [first] = index.workloads(before, selection('a'));
    const elsewhere = before.apply([
      { type: 'read', kindId: 'Pod', read: { state: 'read' } },
    ]);
    expect(index.workloads(elsewhere, selection('a'))[0]).toBe(first);
  });
});
