import { evaluate } from './evaluate';
import { parse } from './parse';
import { windowOf, type Labels, type Sample, type Series } from './series';

const MINUTE = 60_000;
const NOW = 20 * MINUTE;

/** A series of literal values, one a minute, the last one now; undefined is a missed scrape. */
function series(
  labels: Labels,
  values: readonly (number | undefined)[],
): Series {
  const all = values.flatMap((value, index): Sample[] =>
    value === undefined
      ? []
      : [{ time: NOW - (values.length - 1 - index) * MINUTE, value }],
  );
  const samples = (from: number, to: number) =>
    all.filter(({ time }) => time > from && time <= to);
  return {
    labels,
    samples,
    window: (from, to) => windowOf(samples(from, to)),
    at: (time, lookback) => samples(time - lookback, time).pop(),
  };
}

const SERIES = [
  series({ __name__: 'requests', job: 'a', code: '200' }, [0, 60, 120, 180]),
  series({ __name__: 'requests', job: 'a', code: '500' }, [0, 6, 12, 18]),
  series({ __name__: 'requests', job: 'b', code: '200' }, [100, 160, 20, 80]),
  series({ __name__: 'up', job: 'a' }, [1, 1, 1, 1]),
  series({ __name__: 'up', job: 'b' }, [1, 1, 1, 0]),
  series({ __name__: 'old' }, [
    7,
    ...Array.from({ length: 5 }, () => undefined),
  ]),
  series({ __name__: 'late_bucket', le: '1' }, [0, 10]),
  series({ __name__: 'late_bucket', le: '2' }, [0, 30]),
  series({ __name__: 'late_bucket', le: '4' }, [0, 40]),
  series({ __name__: 'late_bucket', le: '+Inf' }, [0, 40]),
  series({ __name__: 'not_a_number', job: 'a' }, [NaN]),
  series({ __name__: 'not_a_number', job: 'b' }, [2]),
];

const source = {
  select: (
    matchers: readonly { label: string; matches(v: string): boolean }[],
  ) =>
    SERIES.filter(({ labels }) =>
      matchers.every(({ label, matches }) => matches(labels[label] ?? '')),
    ),
};

/** `{job="a"} 1` lines, or the scalar. */
function ask(query: string, time = NOW): string[] | number {
  const value = evaluate(parse(query), source, time);
  return value.type === 'scalar'
    ? value.value
    : value.elements.map(
        ({ labels, value: number }) =>
          `${labels.__name__ ?? ''}{${Object.entries(labels)
            .filter(([name]) => name !== '__name__')
            .map(([name, text]) => `${name}=${text}`)
            .join()}} ${Number(number.toPrecision(9))}`,
      );
}

describe('scalars', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['-1 ^ 2', -1],
    ['2 ^ 3 ^ 2', 512],
    ['-7 % 3', -1],
    ['1 > bool 2', 0],
    ['1 / 0', Infinity],
    ['5m', 300],
    ['0x1f', 31],
    ['1_000', 1000],
    ['(2 + 3) # a comment', 5],
  ])('%s is %s', (query, expected) => {
    expect(ask(query)).toBe(expected);
  });
});

describe('vectors', () => {
  it.each([
    // Selectors: the name is a label; regular expressions match the whole value; a missing label is empty.
    ['up', ['up{job=a} 1', 'up{job=b} 0']],
    ['up{job=~"a|b",job!="b"}', ['up{job=a} 1']],
    ['requests{code=~"5"}', []],
    ['requests{code!~"2..",nothing=""}', ['requests{job=a,code=500} 18']],
    ['{__name__="up",job="b"}', ['up{job=b} 0']],
    // A sample older than five minutes is none.
    ['old', []],
    ['nothing', []],
    // Rates extrapolate to the window, not below a counter's zero; a reset adds what was reached.
    [
      'rate(requests{job="a"}[2m])',
      ['{job=a,code=200} 1', '{job=a,code=500} 0.1'],
    ],
    ['increase(requests{code="500"}[4m])', ['{job=a,code=500} 18']],
    ['increase(requests{job="b"}[3m])', ['{job=b,code=200} 120']],
    ['irate(requests{job="b"}[5m])', ['{job=b,code=200} 1']],
    ['rate(requests{job="a"}[1m])', []],
    // Aggregations.
    ['sum(requests)', ['{} 278']],
    ['sum by (job) (requests)', ['{job=a} 198', '{job=b} 80']],
    ['sum(requests) by (nothing)', ['{} 278']],
    ['sum without (code) (requests)', ['{job=a} 198', '{job=b} 80']],
    ['avg by (job) (requests)', ['{job=a} 99', '{job=b} 80']],
    ['min(requests)', ['{} 18']],
    ['max(not_a_number)', ['{} 2']],
    ['count by (code) (requests)', ['{code=200} 2', '{code=500} 1']],
    ['group(requests)', ['{} 1']],
    ['topk(1, requests)', ['requests{job=a,code=200} 180']],
    ['bottomk(1, requests)', ['requests{job=a,code=500} 18']],
    [
      'topk(2, not_a_number)',
      ['not_a_number{job=b} 2', 'not_a_number{job=a} NaN'],
    ],
    ['topk(0, requests)', []],
    // Histograms.
    ['histogram_quantile(0.5, late_bucket)', ['{} 1.5']],
    ['histogram_quantile(0.9, rate(late_bucket[2m]))', ['{} 3.2']],
    ['histogram_quantile(2, late_bucket)', ['{} Infinity']],
    ['histogram_quantile(0.5, up)', []],
    // Arithmetic and comparison.
    ['up * 2', ['{job=a} 2', '{job=b} 0']],
    ['-up', ['{job=a} -1', '{job=b} 0']],
    ['up > 0', ['up{job=a} 1']],
    ['0 < up', ['up{job=a} 1']],
    ['up == bool 1', ['{job=a} 1', '{job=b} 0']],
    [
      'requests / on (job, code) requests',
      ['{job=a,code=200} 1', '{job=a,code=500} 1', '{job=b,code=200} 1'],
    ],
    [
      'sum by (job) (requests) / ignoring (code) up',
      ['{job=a} 198', '{job=b} Infinity'],
    ],
    ['up + nothing', []],
    // Sets.
    ['up{job="a"} or up', ['up{job=a} 1', 'up{job=b} 0']],
    ['nothing or up', ['up{job=a} 1', 'up{job=b} 0']],
    ['requests and on (job) up{job="b"}', ['requests{job=b,code=200} 80']],
    [
      'requests unless on (job) up{job="b"}',
      ['requests{job=a,code=200} 180', 'requests{job=a,code=500} 18'],
    ],
    ['clamp_min(up, 0.5)', ['{job=a} 1', '{job=b} 0.5']],
    ['timestamp(up)', ['{job=a} 1200', '{job=b} 1200']],
    ['timestamp(up) + up', ['{job=a} 1201', '{job=b} 1200']],
    ['timestamp(up + 0)', ['{job=a} 1200', '{job=b} 1200']],
  ])('%s', (query, expected) => {
    expect(ask(query)).toEqual(expected);
  });

  it('asks for the past', () => {
    expect(ask('up{job="b"}', NOW - MINUTE)).toEqual(['up{job=b} 1']);
  });
});

it.each([
  ['requests / on (job) up', /multiple matches for labels/],
  ['up / on (job) requests', /found duplicate series/],
  ['clamp_min({__name__=~"up|not_a_number"}, 0)', /same labelset/],
])('refuses %s', (query, message) => {
  expect(() => ask(query)).toThrow(message);
});
