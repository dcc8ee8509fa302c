import fc from 'fast-check';
import { defineQuestion } from './defineQuestion';
import { MeshSnapshot } from './MeshSnapshot';
import { podsWithLabels } from './podsByLabel';
import { pod, service, snapshotChanges } from '../__testUtils__/snapshots';
import { TrackedCache } from './TrackedCache';

/** How many Services the other clusters have in a namespace. */
const servicesOfPeers = defineQuestion(
  (snapshot, namespace) =>
    snapshot
      .peers('mesh')
      .map(peer => peer.bucket('Service', namespace).size)
      .reduce((a, b) => a + b, 0),
  (a, b) => a === b,
);

/** A computation that reads every part that can be read: an index, an object, a list, a state, what is malformed. */
function compute(snapshot: MeshSnapshot, namespace: string): string {
  const services = [...snapshot.list('Service', namespace)].map(
    ({ metadata, spec }) =>
      `${metadata.name}: ${podsWithLabels(
        snapshot,
        namespace,
        spec.selector ?? {},
      )
        .map(p => p.metadata.name)
        .sort()}`,
  );
  return JSON.stringify([
    services.sort(),
    snapshot.get('Pod', 'c', 'x')?.metadata.labels,
    snapshot.read('Service'),
    snapshot.namespacesOf('Service').sort(),
    snapshot.malformed('Service', namespace).length,
    servicesOfPeers(snapshot, namespace),
    snapshot
      .peers('mesh')
      .map(peer => [
        peer.get('Pod', 'c', 'x')?.metadata.labels,
        podsWithLabels(peer, namespace, { app: 'a' }).length,
      ]),
  ]);
}

describe('TrackedCache', () => {
  it('gives, after any changes, what would be computed anew', () => {
    fc.assert(
      fc.property(fc.array(snapshotChanges), batches => {
        const cache = new TrackedCache<string>();
        let [own, peer] = ['east', 'west'].map(name =>
          MeshSnapshot.empty(name),
        );
        for (const [index, batch] of batches.entries()) {
          if (index % 2 === 0) {
            own = own.apply(batch);
          } else {
            peer = peer.apply(batch);
          }
          const snapshot = own.withPeers('mesh', [peer]);
          for (const namespace of ['a', 'b']) {
            expect(
              cache.get(snapshot, namespace, s => compute(s, namespace)),
            ).toBe(compute(snapshot, namespace));
          }
        }
      }),
    );
  });

  it('computes nothing again where another cluster changes and the answer about it stays', () => {
    const cache = new TrackedCache<number>();
    let count = 0;
    const get = (peer: MeshSnapshot) =>
      cache.get(
        MeshSnapshot.empty('east').withPeers('mesh', [peer]),
        'a',
        observed => {
          count += 1;
          return servicesOfPeers(observed, 'a');
        },
      );
    expect(get(MeshSnapshot.empty('west'))).toBe(0);
    expect(get(MeshSnapshot.of('west', [service('b', 's')]))).toBe(0);
    expect(count).toBe(1);
    expect(get(MeshSnapshot.of('west', [service('a', 's')]))).toBe(1);
    expect(count).toBe(2);
  });

  it('computes again where what was read of another cluster changes, also through a cache inside it', () => {
    const outer = new TrackedCache<number>();
    const inner = new TrackedCache<number>();
    let count = 0;
    const get = (...peers: MeshSnapshot[]) =>
      outer.get(
        MeshSnapshot.empty('east').withPeers('mesh', peers),
        'o',
        tracked =>
          inner.get(tracked, 'i', observed => {
            count += 1;
            return observed
              .peers('mesh')
              .flatMap(peer => [...peer.list('Service', 'a')]).length;
          }),
      );
    expect(get(MeshSnapshot.empty('west'))).toBe(0);
    expect(get(MeshSnapshot.of('west', [service('b', 's')]))).toBe(0);
    expect(count).toBe(1);
    const west = MeshSnapshot.of('west', [service('a', 's')]);
    expect(get(west)).toBe(1);
    expect(get(west, MeshSnapshot.of('north', [service('a', 't')]))).toBe(2);
    expect(get(MeshSnapshot.of('north', [service('a', 't')]))).toBe(1);
  });

  it('computes again only what a change concerns', () => {
    const cache = new TrackedCache<string>();
    const counts = { a: 0, b: 0 };
    const first = MeshSnapshot.of('east', [
      service('a', 's'),
      service('b', 's'),
    ]);
    const run = (snapshot: MeshSnapshot) => {
      for (const namespace of ['a', 'b'] as const) {
        cache.get(snapshot, namespace, s => {
          counts[namespace] += 1;
          return String([...s.list('Service', namespace)].length);
        });
      }
    };
    run(first);
    run(first);
    const second = first.apply([
      { type: 'delete', kindId: 'Service', namespace: 'b', name: 's' },
    ]);
    run(second);
    expect(counts).toEqual({ a: 1, b: 2 });
  });

  it('knows what a computation depends on through a cache inside it', () => {
    const outer = new TrackedCache<number>();
    const inner = new TrackedCache<number>();
    const run = (snapshot: MeshSnapshot) =>
      outer.get(snapshot, 'o', s =>
        inner.get(s, 'i', t => [...t.list('Pod', 'a')].length),
      );
    const first = MeshSnapshot.of('east', [pod('a', 'x')]);
    expect(run(first)).toBe(1);
    const second = first.apply([
      { type: 'delete', kindId: 'Pod', namespace: 'a', name: 'x' },
    ]);
    expect(run(second)).toBe(0);
  });

  it('forgets what is not asked for any more', () => {
    const cache = new TrackedCache<number>();
    const snapshot = MeshSnapshot.empty('east');
    let computed = 0;
    const run = () => cache.get(snapshot, 'a', () => (computed += 1));
    run();
    cache.retain(new Set(['b']));
    run();
    expect(computed).toBe(2);
  });

  it('keeps nothing of a computation that failed', () => {
    const cache = new TrackedCache<number>();
    const snapshot = MeshSnapshot.empty('east');
    expect(() =>
      cache.get(snapshot, 'a', () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(cache.get(snapshot, 'a', () => 1)).toBe(1);
  });
});
