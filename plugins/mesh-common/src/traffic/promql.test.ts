import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import {
  areEqual,
  endOfCountdown,
  increaseBy,
  is,
  isNot,
  isOneOf,
  minBy,
  selector,
} from './promql';

/** Names of the syntax nodes of an expression; `⚠` is a syntax error. */
function nodes(expression: string): string[] {
  const names: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name }) => {
      names.push(name);
    },
  });
  return names;
}

/** The string literals of an expression, as Prometheus reads them. */
function strings(expression: string): string[] {
  const found: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'StringLiteral') {
        found.push(unquote(expression.slice(from, to)));
      }
    },
  });
  return found;
}

/** Go's strconv.Unquote, as far as these escapes go. */
function unquote(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(x[0-9a-f]{2}|.)/gs, (_, escape: string) => {
      if (escape.startsWith('x')) {
        return String.fromCharCode(parseInt(escape.slice(1), 16));
      }
      return { n: '\n', r: '\r', t: '\t' }[escape] ?? escape;
    });
}

const text = fc.oneof(
  fc.string(),
  fc.string({
    unit: fc.constantFrom(
      '"',
      '\\',
      '\n',
      '}',
      '{',
      ',',
      '=',
      '|',
      '.',
      '*',
      'a',
      '\u0000',
      'ü',
    ),
  }),
);

describe('selector', () => {
  it('writes matchers', () => {
    expect(
      selector('requests_total', [
        is('namespace', 'shop'),
        isNot('flags', 'DENY'),
        isOneOf('workload', ['reviews-v2', 'reviews-v1', 'reviews-v2']),
        ...areEqual({ cluster: 'east' }),
      ]),
    ).toBe(
      'requests_total{namespace="shop",flags!="DENY",workload=~"reviews-v1|reviews-v2",cluster="east"}',
    );
  });

  it('is valid PromQL of one selector, with the value as it was given', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const expression = selector('m', [is('l', a), isNot('k', b)]);
        expect(nodes(expression)).not.toContain('⚠');
        expect(
          nodes(expression).filter(n => n === 'VectorSelector'),
        ).toHaveLength(1);
        expect(strings(expression)).toEqual([a, b]);
      }),
    );
  });

  it('matches one of several values, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(text, { minLength: 2, maxLength: 4 }),
        text,
        (values, other) => {
          const [pattern] = strings(selector('m', [isOneOf('l', values)]));
          const matches = (value: string) =>
            new RegExp(`^(?:${pattern})$`, 's').test(value);
          expect(values.every(matches)).toBe(true);
          expect(matches(other)).toBe(values.includes(other));
        },
      ),
    );
  });

  it.each(['', 'a-b', '1a', 'a b', 'a"', 'ä'])('refuses %p as a name', name => {
    expect(() => selector('m', [is(name, 'a')])).toThrow(TypeError);
    expect(() => selector(name, [])).toThrow(TypeError);
  });

  it('refuses a choice without a value', () => {
    expect(() => isOneOf('l', [])).toThrow('l needs at least one value');
  });
});

describe('increaseBy', () => {
  it('is one aggregation of an increase', () => {
    const expression = increaseBy(
      ['a', 'b'],
      selector('m', [is('l', 'x')]),
      900,
    );
    expect(expression).toBe('sum by (a, b) (increase(m{l="x"}[900s]))');
    expect(nodes(expression)).not.toContain('⚠');
  });

  it.each([0, -1, 1.5, NaN, Infinity])('refuses the window %p', window => {
    expect(() => increaseBy([], 'm{}', window)).toThrow(/whole number/);
  });
});

it('writes minima and ends of countdowns, as PromQL', () => {
  const left = selector('left_seconds', [is('job', 'a')]);
  const expression = minBy(['pod', 'instance'], endOfCountdown(left));
  expect(expression).toBe(
    'min by (pod, instance) (timestamp(left_seconds{job="a"}) + left_seconds{job="a"})',
  );
  expect(nodes(expression)).not.toContain('⚠');
});
