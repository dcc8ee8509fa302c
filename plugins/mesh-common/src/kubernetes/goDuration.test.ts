import { goDurationMs } from './goDuration';

describe('goDurationMs', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['2s', 2_000],
    ['0.1s', 100],
    ['.5s', 500],
    ['1h1m1s1ms', 3_661_001],
    ['100us', 0.1],
    ['1.1s', 1_100],
  ])('reads %s', (text, ms) => {
    expect(goDurationMs(text)).toBe(ms);
  });

  it.each(['', '1', 's', '1 s', '-1s', '1d', '1s1', 'infinite'])(
    'refuses %p',
    text => {
      expect(goDurationMs(text)).toBeUndefined();
    },
  );
});
