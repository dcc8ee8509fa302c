import fc from 'fast-check';
import { LabelSelector } from './objects';
import {
  hasLabels,
  matchesSelector,
  parseSelector,
  SelectorSyntaxError,
} from './selectors';

const key = fc.constantFrom('app', 'tier', 'constructor', 'example.com/team');
const value = fc.constantFrom('', 'a', 'b', 'a.b_c-d');
const labels = fc.dictionary(key, value);

const requirement = fc.oneof(
  fc.record({
    key,
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    key,
    operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const),
  }),
);

describe('matchesSelector', () => {
  it.each<[string, LabelSelector | undefined, Record<string, string>, boolean]>(
    [
      ['an absent selector', undefined, { app: 'a' }, false],
      ['an empty selector', {}, {}, true],
      ['equal labels', { matchLabels: { app: 'a' } }, { app: 'a' }, true],
      ['another value', { matchLabels: { app: 'a' } }, { app: 'b' }, false],
      [
        'a label too few',
        { matchLabels: { app: 'a', x: 'y' } },
        { app: 'a' },
        false,
      ],
      [
        'In',
        {
          matchExpressions: [
            { key: 'app', operator: 'In', values: ['a', 'b'] },
          ],
        },
        { app: 'b' },
        true,
      ],
      [
        'In without the key',
        { matchExpressions: [{ key: 'app', operator: 'In', values: ['a'] }] },
        {},
        false,
      ],
      [
        'NotIn without the key',
        {
          matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }],
        },
        {},
        true,
      ],
      [
        'NotIn',
        {
          matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }],
        },
        { app: 'a' },
        false,
      ],
      [
        'Exists',
        { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
        { app: '' },
        true,
      ],
      [
        'Exists without the key',
        { matchExpressions: [{ key: 'toString', operator: 'Exists' }] },
        {},
        false,
      ],
      [
        'DoesNotExist',
        { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] },
        { app: '' },
        false,
      ],
    ],
  )('%s', (_, selector, given, expected) => {
    expect(matchesSelector(given, selector)).toBe(expected);
  });

  it('needs every requirement', () => {
    fc.assert(
      fc.property(
        labels,
        fc.array(requirement, { maxLength: 4 }),
        (set, all) => {
          expect(matchesSelector(set, { matchExpressions: all })).toBe(
            all.every(one => matchesSelector(set, { matchExpressions: [one] })),
          );
        },
      ),
    );
  });

  it('negates In by NotIn, and Exists by DoesNotExist', () => {
    fc.assert(
      fc.property(
        labels,
        key,
        fc.array(value, { minLength: 1 }),
        (set, k, values) => {
          const matches = (
            operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist',
          ) =>
            matchesSelector(set, {
              matchExpressions: [{ key: k, operator, values }],
            });
          expect(matches('In')).toBe(!matches('NotIn'));
          expect(matches('Exists')).toBe(!matches('DoesNotExist'));
        },
      ),
    );
  });

  it('takes matchLabels as In of one value', () => {
    fc.assert(
      fc.property(labels, labels, (set, wanted) => {
        expect(hasLabels(set, wanted)).toBe(
          matchesSelector(set, {
            matchExpressions: Object.entries(wanted).map(([k, v]) => ({
              key: k,
              operator: 'In',
              values: [v],
            })),
          }),
        );
      }),
    );
  });
});

describe('parseSelector', () => {
  it.each<[string, LabelSelector['matchExpressions']]>([
    ['', []],
    ['app=a', [{ key: 'app', operator: 'In', values: ['a'] }]],
    ['app == a', [{ key: 'app', operator: 'In', values: ['a'] }]],
    ['app!=a', [{ key: 'app', operator: 'NotIn', values: ['a'] }]],
    ['app=', [{ key: 'app', operator: 'In', values: [''] }]],
    [
      'example.com/app in (a, b),!x',
      [
        { key: 'example.com/app', operator: 'In', values: ['a', 'b'] },
        { key: 'x', operator: 'DoesNotExist' },
      ],
    ],
    [
      'a in (x),b notin (y,z),c',
      [
        { key: 'a', operator: 'In', values: ['x'] },
        { key: 'b', operator: 'NotIn', values: ['y', 'z'] },
        { key: 'c', operator: 'Exists' },
      ],
    ],
  ])('reads %p', (text, matchExpressions) => {
    expect(parseSelector(text)).toEqual({ matchExpressions });
  });

  it.each(['a=b=c', 'a in x', '=a', 'a in (b', 'a>1', '-a', '!'])(
    'names the part of %p that it cannot read',
    text => {
      expect(() => parseSelector(text)).toThrow(SelectorSyntaxError);
      expect(() => parseSelector(`ok=yes,${text}`)).toThrow(text);
    },
  );

  it('reads back what it is written as', () => {
    fc.assert(
      fc.property(fc.array(requirement), all => {
        const text = all
          .map(one => {
            switch (one.operator) {
              case 'In':
                return `${one.key} in (${one.values.join(',')})`;
              case 'NotIn':
                return `${one.key} notin (${one.values.join(',')})`;
              case 'Exists':
                return one.key;
              default:
                return `!${one.key}`;
            }
          })
          .join(',');
        expect(parseSelector(text)).toEqual({ matchExpressions: all });
      }),
    );
  });
});
