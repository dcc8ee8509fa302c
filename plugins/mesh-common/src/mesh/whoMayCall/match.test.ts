import fc from 'fast-check';
import { allOf, anyOf, depends, Match, matchValues, NO, YES } from './match';

const open = depends({ subject: 'method', operator: 'in', values: ['GET'] });
const other = depends({ subject: 'path', operator: 'in', values: ['/x'] });
const match = fc.constantFrom<Match>(YES, NO, open, other);

describe('matches of which not everything is known', () => {
  it.each<[string, Match, Match]>([
    ['all of nothing', allOf([]), YES],
    ['any of nothing', anyOf([]), NO],
    ['one that does not match', allOf([open, NO]), NO],
    ['one that matches', anyOf([open, YES]), YES],
    [
      'both conditions',
      allOf([open, other]),
      {
        value: 'depends',
        when: [
          [
            { subject: 'method', operator: 'in', values: ['GET'] },
            { subject: 'path', operator: 'in', values: ['/x'] },
          ],
        ],
      },
    ],
  ])('%s', (_, actual, expected) => expect(actual).toEqual(expected));

  it('has the same value whatever the order', () => {
    fc.assert(
      fc.property(fc.array(match, { maxLength: 5 }), matches => {
        const back = [...matches].reverse();
        expect(allOf(back).value).toBe(allOf(matches).value);
        expect(anyOf(back).value).toBe(anyOf(matches).value);
      }),
    );
  });

  it('never depends on what is known', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string()),
        fc.array(fc.string()),
        fc.string(),
        (values, excluded, known) => {
          const found = matchValues(
            { subject: 'host' },
            values,
            excluded,
            value => value === known,
          );
          expect(found.value).toBe(
            (values.length === 0 || values.includes(known)) &&
              !excluded.includes(known)
              ? 'yes'
              : 'no',
          );
        },
      ),
    );
  });

  it('depends on the values that nobody knows of', () => {
    expect(
      matchValues({ subject: 'path' }, ['/a', '/b'], ['/c'], value =>
        value === '/a' ? false : undefined,
      ),
    ).toEqual({
      value: 'depends',
      when: [
        [
          { subject: 'path', operator: 'in', values: ['/b'] },
          { subject: 'path', operator: 'not-in', values: ['/c'] },
        ],
      ],
    });
  });
});
