import { Line } from './lines';
import {
  exitCodeOf,
  fails,
  jsonOf,
  Measured,
  textOf,
  toMeasured,
} from './report';

const LINE: Line = {
  name: 'analyze-full-L',
  unit: 'of JSON.parse',
  limit: 1,
  measurement: 'analysis',
  about: 'all of it',
};

function measured(value: number | null, limit: number | null): Measured {
  return { name: 'analyze-full-L', value, unit: 'times', limit };
}

describe('toMeasured', () => {
  it('gives a line its value, its unit and its limit', () => {
    expect(toMeasured(LINE, new Map([['analyze-full-L', 0.5]]))).toEqual({
      name: 'analyze-full-L',
      value: 0.5,
      unit: 'of JSON.parse',
      limit: 1,
    });
  });

  it('gives null where nothing was measured', () => {
    expect(toMeasured(LINE, new Map([['memory-L', 0.5]])).value).toBeNull();
  });
});

describe('fails', () => {
  it.each([
    [0.5, 1, false],
    [1, 1, false],
    [1.0001, 1, true],
    [0, 0, false],
    [1e9, null, false],
    [null, 1, true],
    [null, null, true],
  ])('of %p with the limit %p is %p', (value, limit, expected) => {
    expect(fails(measured(value, limit))).toBe(expected);
  });
});

describe('exitCodeOf', () => {
  it('is 0 where all lines are there and within their limits', () => {
    expect(exitCodeOf([measured(1, 2), measured(3, null)])).toBe(0);
  });

  it('is 1 where one is over its limit, or missing', () => {
    expect(exitCodeOf([measured(1, 2), measured(3, 2)])).toBe(1);
    expect(exitCodeOf([measured(1, 2), measured(null, null)])).toBe(1);
  });
});

describe('jsonOf', () => {
  it('is a list of name, value, unit and limit, a missing value and limit as null', () => {
    const lines = [measured(1.5, 2), measured(null, null)];
    expect(JSON.parse(jsonOf(lines))).toEqual([
      { name: 'analyze-full-L', value: 1.5, unit: 'times', limit: 2 },
      { name: 'analyze-full-L', value: null, unit: 'times', limit: null },
    ]);
  });
});

describe('textOf', () => {
  it.each([
    [0.51234, 1, '0.512 times (limit 1, ok)'],
    [1.5, 1, '1.5 times (limit 1, FAILS)'],
    [1 / 1900, 1 / 2000, '1/1900 times (limit 1/2000, FAILS)'],
    [1234, null, '1230 times (reported)'],
    [null, 1, 'missing times (limit 1, FAILS)'],
    [null, null, 'missing times (reported)'],
  ])('of %p with the limit %p says %p', (value, limit, expected) => {
    const text = textOf([measured(value, limit)]);
    expect(text.replace(/ +/g, ' ')).toBe(`analyze-full-L ${expected}\n`);
  });
});
