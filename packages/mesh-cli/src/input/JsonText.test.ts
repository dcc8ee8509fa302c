import fc from 'fast-check';
import { JsonText } from './JsonText';

describe('JsonText', () => {
  it('finds each value of any JSON where it is written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const places = JsonText.create(text);
        for (const { path, inner } of valuesIn(JSON.parse(text), [])) {
          const offset = places.offsetOf(path);
          const rest = text.slice(offset);
          const written = JSON.stringify(inner);
          // Without spaces outside of strings, what follows begins with the value.
          expect(JSON.stringify(firstValue(rest))).toBe(written);
        }
      }),
    );
  });

  it('gives what would contain a value that is not there', () => {
    expect(JsonText.create('{"a": {"b": 1}}').offsetOf(['a', 'c', 'd'])).toBe(
      6,
    );
    expect(JsonText.create('{"a": [1]}').offsetOf(['a', 3])).toBe(6);
  });

  it('counts lines and columns from 1', () => {
    expect(JsonText.create('{\n  "a": 1\n}').placeOf(9)).toEqual({
      line: 2,
      column: 8,
    });
    expect(JsonText.create('{}').placeOf(0)).toEqual({ line: 1, column: 1 });
  });

  it('counts thousands of lines as if it went through all of them', () => {
    const text = `[\n${'1,\n'.repeat(2_500)}1]`;
    const places = JsonText.create(text);
    for (let offset = 0; offset < text.length; offset += 97) {
      const before = text.slice(0, offset).split('\n');
      expect(places.placeOf(offset)).toEqual({
        line: before.length,
        column: (before.at(-1) ?? '').length + 1,
      });
    }
  });
});

function valuesIn(
  value: unknown,
  path: (string | number)[],
): { path: (string | number)[]; inner: unknown }[] {
  const found = [{ path, inner: value }];
  if (Array.isArray(value)) {
    value.forEach((item, index) =>
      found.push(...valuesIn(item, [...path, index])),
    );
  } else if (value !== null && typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) {
      found.push(...valuesIn(member, [...path, name]));
    }
  }
  return found;
}

/** The longest beginning of a text that is JSON. */
function firstValue(text: string): unknown {
  for (let end = text.length; end > 0; end--) {
    try {
      return JSON.parse(text.slice(0, end));
    } catch {
      // It goes on with what follows the value.
    }
  }
  throw new TypeError(`${text} does not begin with a value`);
}
