import fc from 'fast-check';
import {
  parseAnnotationDuration,
  parseGoDuration,
  parseRouteDuration,
} from './durations';

describe('parseAnnotationDuration', () => {
  it.each([
    ['250ms', 250],
    [' 3s ', 3_000],
    ['4m', 240_000],
    ['1h', 3_600_000],
    ['2d', 172_800_000],
    ['0', 0],
    ['0s', 0],
  ])('reads %j', (text, ms) => {
    expect(parseAnnotationDuration(text)).toEqual({ ms });
  });

  it.each([
    ['-1s', /negative/],
    ['1.5s', /fractions/],
    ['30', /30s or 30ms/],
    ['1w', /unit w/],
    ['1h30m', /whole number/],
    ['soon', /no number/],
    ['', /no number/],
    ['99999999999999999999d', /too large/],
  ])('refuses %j', (text, error) => {
    expect(parseAnnotationDuration(text)).toEqual({
      error: expect.stringMatching(error),
    });
  });
});

describe('parseGoDuration', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['1m30s', 90_000],
    ['.25s', 250],
    ['1.5h', 5_400_000],
    ['+2s', 2_000],
    ['-2s', -2_000],
    ['500us', 0.5],
    ['500µs', 0.5],
  ])('reads %j', (text, ms) => {
    expect(parseGoDuration(text)).toEqual({ ms });
  });

  it.each(['', '5', 's', '1 s', '1d', '1s2'])('refuses %j', text => {
    expect(parseGoDuration(text)).toEqual({ error: expect.any(String) });
  });
});

describe('parseRouteDuration', () => {
  it.each([
    ['', 0],
    ['0', 0],
    ['-', 0],
    ['1m30s', 90_000],
    ['1m0', 0],
    ['+-2s', 2_000],
    ['1m+2s', 62_000],
    ['-2s', -2_000],
  ])('reads %j', (text, ms) => {
    expect(parseRouteDuration(text)).toEqual({ ms });
  });

  it.each(['10', '5', '1d', '1s2', '1m-2s', '1m+0'])('refuses %j', text => {
    expect(parseRouteDuration(text)).toEqual({ error: expect.any(String) });
  });
});

it('reads whole seconds alike in both grammars', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), seconds => {
      const text = `${seconds}s`;
      expect(parseAnnotationDuration(text)).toEqual(parseGoDuration(text));
    }),
  );
});
