import { median, timed } from './numbers';

describe('median', () => {
  it.each([
    [[3], 3],
    [[10, 9, 1], 9],
    [[4, 1, 3, 2], 2.5],
    [[100, 20, 3], 20],
  ])('of %p is %p', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('has none of nothing', () => {
    expect(() => median([])).toThrow('There is no median of nothing');
  });
});

describe('timed', () => {
  it('gives what comes of it', () => {
    const { ms, value } = timed(() => 'done');
    expect(value).toBe('done');
    expect(ms).toBeGreaterThanOrEqual(0);
  });
});
