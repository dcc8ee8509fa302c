import { selectorText } from './selectorText';

describe('selectorText', () => {
  it('says nothing of what selects everything', () => {
    expect(selectorText(undefined)).toBe('');
    expect(selectorText({})).toBe('');
  });

  it('writes each requirement as kubectl does', () => {
    expect(
      selectorText({
        matchLabels: { a: 'b' },
        matchExpressions: [
          { key: 'c', operator: 'In', values: ['d', 'e'] },
          { key: 'f', operator: 'NotIn', values: ['g'] },
          { key: 'h', operator: 'Exists' },
          { key: 'i', operator: 'DoesNotExist' },
        ],
      }),
    ).toBe('a=b,c in (d,e),f notin (g),h,!i');
  });
});
