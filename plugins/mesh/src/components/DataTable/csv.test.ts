import fc from 'fast-check';
import { toCsv } from './csv';

describe('toCsv', () => {
  it('quotes what needs quotes', () => {
    expect(
      toCsv(
        ['name', 'note', 'count'],
        [
          ['a', 'says "hi", twice', 2],
          ['b', 'two\nlines', undefined],
        ],
      ),
    ).toBe(
      'name,note,count\r\na,"says ""hi"", twice",2\r\nb,"two\nlines",\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@sum', '\tx'])(
    'lets no spreadsheet run %p',
    text => {
      expect(toCsv([], [[text]])).toBe(`\r\n'${text}\r\n`);
    },
  );

  it('keeps negative numbers', () => {
    expect(toCsv([], [[-1]])).toBe('\r\n-1\r\n');
  });

  it('keeps every text, whatever it contains', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const [, line] = toCsv(['x'], [[text]]).split(/^x\r\n/);
        const body = line.slice(0, -2);
        const unquoted = body.startsWith('"')
          ? body.slice(1, -1).replace(/""/g, '"')
          : body;
        expect([text, `'${text}`]).toContain(unquoted);
      }),
    );
  });
});
