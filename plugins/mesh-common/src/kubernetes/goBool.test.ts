import { parseGoBool } from './goBool';

describe('parseGoBool', () => {
  it.each<[text: string | undefined, expected: boolean | undefined]>([
    ...['1', 't', 'T', 'true', 'TRUE', 'True'].map(
      (text): [string, boolean] => [text, true],
    ),
    ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map(
      (text): [string, boolean] => [text, false],
    ),
    ['', undefined],
    ['yes', undefined],
    ['tRUE', undefined],
    [' true', undefined],
    [undefined, undefined],
  ])('reads %p as %p', (text, expected) => {
    expect(parseGoBool(text)).toBe(expected);
  });
});
