import { MeshSnapshot } from 'backstage-plugin-mesh-common';
import { namespaceObject, workload } from '../__testUtils__/objects';
import { StableCache } from './StableCache';

function podsOf(snapshot: MeshSnapshot) {
  return {
    pods: [...snapshot.list('Pod', 'shop')].map(
      ({ metadata }) => metadata.name,
    ),
  };
}

describe('StableCache', () => {
  const one = MeshSnapshot.of('east', workload('a'));

  it('keeps the object where the result is equal, and counts what is not', () => {
    const cache = new StableCache<{ pods: string[] }>();
    const ask = (snapshot: MeshSnapshot) => cache.get(snapshot, 'k', podsOf);
    const first = ask(one);
    expect(cache.changes).toBe(1);

    const relabelled = MeshSnapshot.of(
      'east',
      workload('a', { labels: { other: 'label' } }),
    );
    expect(ask(relabelled)).toBe(first);
    expect(ask(relabelled)).toBe(first);
    expect(cache.changes).toBe(1);

    const more = MeshSnapshot.of('east', [...workload('a'), ...workload('b')]);
    expect(ask(more)).toEqual({ pods: ['a-abc-1', 'b-abc-1'] });
    expect(cache.changes).toBe(2);
  });

  it('counts what is forgotten', () => {
    const cache = new StableCache<number>();
    cache.get(one, 'a', () => 1);
    cache.get(one, 'b', () => 2);
    cache.retain(new Set(['b']));
    expect(cache.changes).toBe(3);
    cache.retain(new Set(['b']));
    expect(cache.changes).toBe(3);
    expect(
      cache.get(MeshSnapshot.of('east', [namespaceObject('x')]), 'b', () => 5),
    ).toBe(2);
  });
});
