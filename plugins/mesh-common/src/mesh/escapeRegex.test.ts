import fc from 'fast-check';
import { escapeRegex } from './escapeRegex';

describe('escapeRegex', () => {
  it('matches just the text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'ab.*\\$^(){}[]|+?') }),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        const pattern = new RegExp(`^(?:${escapeRegex(a)})$`, 's');
        expect(pattern.test(a)).toBe(true);
        expect(pattern.test(b)).toBe(a === b);
      }),
    );
  });
});
