import fc from 'fast-check';
import { KIND_IDS } from '../kubernetes/kinds';
import { pod, snapshotChanges } from '../__testUtils__/snapshots';
import { MeshSnapshot } from './MeshSnapshot';
import { podsWithLabels } from './podsByLabel';

const NAMESPACES = ['a', 'b', 'c'];
const LABELS: Record<string, string>[] = [
  {},
  { app: '1' },
  { app: '2' },
  { tier: '1' },
  { app: '1', tier: '2' },
  { other: '1' },
];

/** Pods enough that a batch of changes touches few of them. */
const MANY = NAMESPACES.flatMap(namespace =>
  Array.from({ length: 40 }, (_, index) =>
    pod(namespace, `pod-${index}`, {
      app: String(1 + (index % 3)),
      ...(index % 2 === 0 && { tier: String(1 + (index % 5)) }),
    }),
  ),
);

/** All that is said of the pods of a snapshot, in the order in which it is said. */
function answersOf(snapshot: MeshSnapshot) {
  return NAMESPACES.map(namespace =>
    LABELS.map(labels => podsWithLabels(snapshot, namespace, labels)),
  );
}

/** The same objects in the same order, in a snapshot that comes of no other. */
function builtAtOnce(snapshot: MeshSnapshot): MeshSnapshot {
  return MeshSnapshot.of(
    snapshot.cluster,
    KIND_IDS.flatMap(kindId => [...snapshot.list(kindId)]),
  );
}

describe('the index of pods by labels', () => {
  it('is, after any changes, what it is when it is built at once', () => {
    fc.assert(
      fc.property(
        fc.array(snapshotChanges),
        fc.constantFrom([], MANY),
        (batches, objects) => {
          let snapshot = MeshSnapshot.of('east', objects);
          answersOf(snapshot);
          for (const batch of batches) {
            snapshot = snapshot.apply(batch);
            expect(answersOf(snapshot)).toEqual(
              answersOf(builtAtOnce(snapshot)),
            );
          }
        },
      ),
    );
  });

  it('holds where not every snapshot is asked, and for one that others have followed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(snapshotChanges, fc.boolean())),
        batches => {
          const first = MeshSnapshot.of('east', MANY);
          const before = answersOf(first);
          let snapshot = first;
          for (const [batch, isAsked] of batches) {
            snapshot = snapshot.apply(batch);
            if (isAsked) {
              answersOf(snapshot);
            }
          }
          expect(answersOf(snapshot)).toEqual(answersOf(builtAtOnce(snapshot)));
          expect(answersOf(first)).toEqual(before);
        },
      ),
    );
  });

  it('has the pods themselves as they are now', () => {
    const before = MeshSnapshot.of('east', MANY);
    answersOf(before);
    const changed = MeshSnapshot.of('east', [
      pod('a', 'pod-0', { app: '1', tier: '1' }),
    ]).get('Pod', 'a', 'pod-0');
    const after = before.apply(
      changed
        ? [{ type: 'put', parsed: { kindId: 'Pod', object: changed } }]
        : [],
    );
    expect(podsWithLabels(after, 'a', { app: '1' })[0]).toBe(changed);
    expect(podsWithLabels(after, 'a', { app: '1' }).slice(1)).toEqual(
      podsWithLabels(before, 'a', { app: '1' }).slice(1),
    );
  });
});
