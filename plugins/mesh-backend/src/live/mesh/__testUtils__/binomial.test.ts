import { binomialTail } from './binomial';

describe('binomialTail', () => {
  it.each([
    [4, 0.5, 0, 1 / 16],
    [4, 0.5, 4, 1 / 16],
    [4, 0.5, 1, 5 / 16],
    [10, 0, 0, 1],
    [10, 0, 1, 0],
    [10, 1, 10, 1],
    [10, 1, 9, 0],
  ])('of %d at %d, %d seen: %d', (n, p, seen, expected) => {
    expect(binomialTail(n, p, seen)).toBeCloseTo(expected, 10);
  });

  it('is near one half in the middle, and small far away', () => {
    expect(binomialTail(300, 0.1, 30)).toBeGreaterThan(0.4);
    expect(binomialTail(300, 0.1, 60)).toBeLessThan(1e-6);
  });
});
