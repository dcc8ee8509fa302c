import {
  formatLabelSelector,
  matchesLabels,
  parseLabelSelector,
} from './labelSelector';

const LABELS = { app: 'reviews', version: 'v2', 'example.com/tier': '3' };

it.each([
  ['', true],
  ['app=reviews', true],
  ['app==reviews', true],
  ['app = reviews , version != v1', true],
  ['app!=reviews', false],
  ['other!=x', true],
  ['app in (reviews, ratings)', true],
  ['app in (ratings)', false],
  ['app notin (ratings)', true],
  ['app notin (reviews)', false],
  ['other notin (a)', true],
  ['other in (a)', false],
  ['app', true],
  ['other', false],
  ['!app', false],
  ['!other', true],
  ['example.com/tier>2', true],
  ['example.com/tier<3', false],
  ['app>1', false],
  ['other=', false],
  ['other in ()', false],
  ['app=reviews,version in (v2,v3),!legacy', true],
])('%j', (selector, expected) => {
  expect(matchesLabels(parseLabelSelector(selector), LABELS)).toBe(expected);
});

it.each([
  ['a in', "unable to parse requirement: found '' expected: '('"],
  ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
  ['a=b,', "found '', expected: identifier after ','"],
  ['=b', "found '=', expected: !, identifier, or 'end of string'"],
  [
    'a b',
    "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
  ],
  ['a=b=c', "found '=', expected: ',' or 'end of string'"],
  [
    'a>x',
    `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
  ],
  [
    'a=-x',
    'unable to parse requirement: values[0][a]: Invalid value: "-x": a valid label must be',
  ],
  [
    'a/b/c=d',
    'unable to parse requirement: <nil>: Invalid value: "a/b/c": a valid label key must',
  ],
])('refuses %j', (selector, message) => {
  expect(() => parseLabelSelector(selector)).toThrow(message);
});

it('does not take what an object inherits for a label', () => {
  expect(matchesLabels(parseLabelSelector('constructor'), {})).toBe(false);
});

it('writes a LabelSelector as text', () => {
  expect(
    formatLabelSelector({
      matchLabels: { b: '2', a: '1' },
      matchExpressions: [
        { key: 'c', operator: 'In', values: ['x', 'y'] },
        { key: 'd', operator: 'Exists' },
        { key: 'e', operator: 'DoesNotExist' },
      ],
    }),
  ).toBe('a=1,b=2,c in (x,y),d,!e');
  expect(formatLabelSelector(undefined)).toBe('<none>');
});
