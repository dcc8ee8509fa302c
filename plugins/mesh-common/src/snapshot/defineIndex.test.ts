import { defineIndex } from './defineIndex';
import { MeshSnapshot } from './MeshSnapshot';
import { pod, service } from '../__testUtils__/snapshots';

describe('defineIndex', () => {
  it('builds once for a namespace, and again when one of its kinds changes there', () => {
    const built: string[] = [];
    const index = defineIndex(['Pod', 'Service'], ({ namespace, objects }) => {
      built.push(String(namespace));
      return objects('Pod').length + objects('Service').length;
    });
    const first = MeshSnapshot.of('east', [
      pod('a', 'x'),
      service('a', 's'),
      pod('b', 'y'),
    ]);
    expect([index(first, 'a'), index(first, 'a'), index(first, 'b')]).toEqual([
      2, 2, 1,
    ]);
    const second = first.apply([
      { type: 'delete', kindId: 'Service', namespace: 'a', name: 's' },
    ]);
    expect([index(second, 'a'), index(second, 'b')]).toEqual([1, 1]);
    expect(built).toEqual(['a', 'b', 'a']);
  });

  it('still has the index of a snapshot that others have followed', () => {
    let built = 0;
    const index = defineIndex(['Pod'], ({ objects }) => {
      built += 1;
      return objects('Pod').length;
    });
    const first = MeshSnapshot.of('east', [pod('a', 'x')]);
    index(first, 'a');
    index(
      first.apply([
        { type: 'delete', kindId: 'Pod', namespace: 'a', name: 'x' },
      ]),
      'a',
    );
    expect(index(first, 'a')).toBe(1);
    expect(built).toBe(2);
  });
});
