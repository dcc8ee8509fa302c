import fc from 'fast-check';
import { changesBetween } from './changesBetween';
import { DraftMaps } from './DraftMaps';

type Values = ReadonlyMap<string, { of: number }>;

function drafted(before: Values, steps: readonly [string, number?][]): Values {
  const maps = new DraftMaps();
  let map = before;
  for (const [key, value] of steps) {
    map =
      value === undefined
        ? maps.delete(map, key)
        : maps.set(map, key, { of: value });
  }
  maps.note();
  return map;
}

/** What is said of what was there before may come in any order; what is new comes as it was added. */
function inOneOrder(before: Values, after: Values) {
  const changes = changesBetween(before, after);
  return (
    changes && {
      added: changes.added,
      keys: new Set(changes.keys),
      removed: new Set(changes.removed),
      replaced: new Map(changes.replaced),
    }
  );
}

const keys = fc.constantFrom(...'abcde');

describe('DraftMaps', () => {
  it('leaves the map as it was, and copies it once', () => {
    const maps = new DraftMaps();
    const before = new Map([['a', 1]]);
    const once = maps.set(before, 'b', 2);
    const twice = maps.delete(once, 'a');
    expect([...before]).toEqual([['a', 1]]);
    expect([...twice]).toEqual([['b', 2]]);
    expect(twice).toBe(once);
  });

  it('knows of what it touched what a comparison would find', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(keys),
        fc.array(fc.tuple(keys, fc.option(fc.nat(3), { nil: undefined }))),
        (names, steps) => {
          const before: Values = new Map(
            names.map(name => [name, { of: -1 }] as const),
          );
          const after = drafted(before, steps);
          // Of a copy nothing was told.
          expect(inOneOrder(before, after)).toEqual(
            inOneOrder(before, new Map(after)),
          );
        },
      ),
    );
  });
});
