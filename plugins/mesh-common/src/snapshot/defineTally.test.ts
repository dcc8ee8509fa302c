import fc from 'fast-check';
import { pod, snapshotChanges } from '../__testUtils__/snapshots';
import { defineTally } from './defineTally';
import { MeshSnapshot } from './MeshSnapshot';

describe('defineTally', () => {
  it('counts in all namespaces what objects say, and leaves out those that say nothing', () => {
    const byApp = defineTally('Pod', ({ metadata }) => metadata.labels.app);
    const snapshot = MeshSnapshot.of('east', [
      pod('a', 'x', { app: '1' }),
      pod('a', 'y', { app: '2' }),
      pod('a', 'z'),
      pod('b', 'x', { app: '1' }),
    ]);
    expect(Object.fromEntries(byApp.inAll(snapshot))).toEqual({ 1: 2, 2: 1 });
    expect(Object.fromEntries(byApp.inNamespace(snapshot, 'b'))).toEqual({
      1: 1,
    });
    expect(byApp.inNamespace(snapshot, 'c').size).toBe(0);
  });

  it('counts, after any changes, what there is', () => {
    fc.assert(
      fc.property(fc.array(snapshotChanges), batches => {
        const byApp = defineTally('Pod', ({ metadata }) => metadata.labels.app);
        let snapshot = MeshSnapshot.empty('east');
        for (const batch of batches) {
          snapshot = snapshot.apply(batch);
          const expected: Record<string, number> = {};
          for (const { metadata } of snapshot.list('Pod')) {
            const { app } = metadata.labels;
            if (app !== undefined) {
              expected[app] = (expected[app] ?? 0) + 1;
            }
          }
          expect(Object.fromEntries(byApp.inAll(snapshot))).toEqual(expected);
        }
      }),
    );
  });

  it('looks after a change at what changed alone', () => {
    const seen: string[] = [];
    const byApp = defineTally('Pod', ({ metadata }) => {
      seen.push(`${metadata.namespace}/${metadata.name}`);
      return metadata.labels.app;
    });
    const first = MeshSnapshot.of('east', [
      pod('a', 'x', { app: '1' }),
      pod('a', 'y', { app: '2' }),
      pod('b', 'x', { app: '1' }),
    ]);
    byApp.inAll(first);
    seen.length = 0;
    const second = first.apply([
      { type: 'delete', kindId: 'Pod', namespace: 'a', name: 'y' },
    ]);
    expect(Object.fromEntries(byApp.inAll(second))).toEqual({ 1: 2 });
    expect(seen).toEqual(['a/y']);
  });
});
