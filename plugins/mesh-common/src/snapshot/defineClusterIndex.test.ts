import { clusterOf } from '../__testUtils__/cluster';
import { parseObject } from '../kubernetes/parse';
import { defineClusterIndex } from './defineClusterIndex';
import { MeshSnapshot } from './MeshSnapshot';
import { TrackedCache } from './TrackedCache';

const service = (namespace: string, name: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
---`;

function put(snapshot: MeshSnapshot, namespace: string, name: string) {
  const result = parseObject({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name },
  });
  if (result.status !== 'parsed') {
    throw new Error('The object is not one');
  }
  return snapshot.apply([{ type: 'put', parsed: result.parsed }]);
}

it('prepares again what has changed, and nothing else', () => {
  const prepared: string[][] = [];
  const names = defineClusterIndex(
    'Service',
    objects => {
      const found = objects.map(({ metadata }) => metadata.name);
      prepared.push(found);
      return found;
    },
    parts => parts.flat().sort(),
  );
  const first = clusterOf(service('a', 'one') + service('b', 'two'));
  expect(names(first)).toEqual(['one', 'two']);
  expect(names(first)).toBe(names(first));
  const second = put(first, 'b', 'three');
  expect(names(second)).toEqual(['one', 'three', 'two']);
  expect(prepared).toEqual([['one'], ['two'], ['two', 'three']]);
});

it('is one part to depend on, which changes with any object of the kind', () => {
  const count = defineClusterIndex(
    'Service',
    objects => objects.length,
    parts => parts.reduce((sum, part) => sum + part, 0),
  );
  const cache = new TrackedCache<number>();
  let computed = 0;
  const ask = (snapshot: MeshSnapshot) =>
    cache.get(snapshot, 'count', tracked => {
      computed += 1;
      return count(tracked);
    });
  const first = clusterOf(service('a', 'one'));
  expect(ask(first)).toBe(1);
  expect(ask(first.apply([]))).toBe(1);
  expect(computed).toBe(1);
  expect(ask(put(first, 'c', 'three'))).toBe(2);
  expect(computed).toBe(2);
});
