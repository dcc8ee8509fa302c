import fc from 'fast-check';
import { Changes, changesBetween } from './changesBetween';

const maps = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...'abcdefg'), fc.nat(3)), {
    selector: ([key]) => key,
  })
  .map(entries => new Map(entries));

describe('changesBetween', () => {
  it('tells what went, what is another, and what came', () => {
    const before = new Map([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    const after = new Map([
      ['a', 1],
      ['c', 4],
      ['d', 5],
    ]);
    const changes = changesBetween(before, after);
    expect(changes).toEqual({
      keys: ['b', 'c', 'd'],
      removed: [2],
      replaced: [[3, 4]],
      added: [5],
    });
  });

  it.each<[string, [string, number][], [string, number][]]>([
    [
      'two changed places',
      [
        ['a', 1],
        ['b', 2],
      ],
      [
        ['b', 2],
        ['a', 1],
      ],
    ],
    [
      'one went and came again',
      [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ],
      [
        ['b', 2],
        ['c', 3],
        ['a', 1],
      ],
    ],
    [
      'one came between others',
      [
        ['a', 1],
        ['c', 3],
      ],
      [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ],
    ],
  ])('does not tell where %s', (_, before, after) => {
    expect(changesBetween(new Map(before), new Map(after))).toBeUndefined();
  });

  it('tells of each version before what is another since then', () => {
    const [first, second, third] = [1, 2, 3].map(
      value => new Map([['a', value]]),
    );
    const replaced = (before: Map<string, number>) =>
      changesBetween(before, third)?.replaced;
    expect(replaced(first)).toEqual([[1, 3]]);
    expect(replaced(second)).toEqual([[2, 3]]);
    expect(replaced(first)).toEqual([[1, 3]]);
    expect(changesBetween(third, third)?.replaced).toEqual([]);
  });

  it('leads from one map to the other, in their order, or is not told', () => {
    fc.assert(
      fc.property(maps, maps, (before, after) => {
        const [old, current] = versionsOf(before, after);
        const changes = changesBetween(old, current);
        expect(changes && valuesAfter(old, changes)).toEqual(
          isInOrder(old, current) ? [...current.values()] : undefined,
        );
      }),
    );
  });
});

interface Value {
  key: string;
  value: number;
}

/** Maps of objects, of which equal ones are the same. */
function versionsOf(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
) {
  const old = new Map([...before].map(([key, value]) => [key, { key, value }]));
  const current = new Map(
    [...after].map(([key, value]) => {
      const known = old.get(key);
      return [key, known?.value === value ? known : { key, value }];
    }),
  );
  return [old, current];
}

/** Whether what both have is in one order, and what is new comes last. */
function isInOrder(
  old: ReadonlyMap<string, Value>,
  current: ReadonlyMap<string, Value>,
): boolean {
  const kept = [...old.keys()].filter(key => current.has(key));
  return kept.join() === [...current.keys()].slice(0, kept.length).join();
}

function valuesAfter(
  old: ReadonlyMap<string, Value>,
  { removed, replaced, added }: Changes<Value>,
): Value[] {
  const replacements = new Map(replaced);
  return [
    ...[...old.values()]
      .filter(value => !removed.includes(value))
      .map(value => replacements.get(value) ?? value),
    ...added,
  ];
}
