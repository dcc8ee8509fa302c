import fc from 'fast-check';
import {
  decodeFields,
  difference,
  encodeFields,
  intersection,
  isEmpty,
  pathsOf,
  printPath,
  setOf,
  union,
  type FieldSet,
} from './fieldSet';

const element = fc.constantFrom('f:a', 'f:b', 'v:"x"', 'k:{"name":"n"}');
const path = fc.array(element, { minLength: 1, maxLength: 4 });
const set = fc.array(path, { maxLength: 12 }).map(setOf);

function paths(of: FieldSet): string[] {
  return [...pathsOf(of)].map(steps => steps.join(' '));
}

it('is written as fieldsV1 and read again', () => {
  fc.assert(
    fc.property(set, fields => {
      expect(paths(decodeFields(encodeFields(fields)))).toEqual(paths(fields));
    }),
  );
});

it('obeys the laws of sets', () => {
  fc.assert(
    fc.property(set, set, (a, b) => {
      const has = new Set(paths(b));
      expect(paths(intersection(a, b))).toEqual(
        paths(a).filter(item => has.has(item)),
      );
      expect(paths(difference(a, b))).toEqual(
        paths(a).filter(item => !has.has(item)),
      );
      expect(new Set(paths(union(a, b)))).toEqual(
        new Set([...paths(a), ...has]),
      );
      expect(isEmpty(difference(a, a))).toBe(true);
    }),
  );
});

it('marks an element that is in the set beside what is below it', () => {
  expect(encodeFields(setOf([['f:a'], ['f:a', 'f:b']]))).toEqual({
    'f:a': { '.': {}, 'f:b': {} },
  });
});

it('prints paths as messages have them', () => {
  expect(
    printPath([
      'f:spec',
      'f:ports',
      'k:{"port":80,"protocol":"TCP"}',
      'f:name',
    ]),
  ).toBe('.spec.ports[port=80,protocol="TCP"].name');
  expect(printPath(['f:metadata', 'f:finalizers', 'v:"a/b"'])).toBe(
    '.metadata.finalizers[="a/b"]',
  );
});
