import {
  formatCount,
  formatExactCount,
  formatPercent,
  shareOf,
} from './numbers';

const plain = (text: string) => text.replace(/\u00a0/g, ' ');

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [0.2, '<1'],
    [0.7, '1'],
    [999, '999'],
    [1234, '1,234'],
    [9999.4, '9,999'],
    [12_345, '12.3K'],
    [1_200_000, '1.2M'],
  ])('%p is %s', (value, text) => {
    expect(formatCount(value, 'en')).toBe(text);
  });

  it('follows the language', () => {
    expect(formatCount(1234, 'de')).toBe('1.234');
    expect(formatExactCount(1_234_567, 'en')).toBe('1,234,567');
  });
});

describe('formatPercent', () => {
  it.each([
    [0, '0 %'],
    [0.01, '<0.1 %'],
    [0.5, '0.5 %'],
    [1, '1 %'],
    [9.6, '10 %'],
    [33.4, '33 %'],
    [98.7, '99 %'],
    [99.4, '99.4 %'],
    [99.96, '>99.9 %'],
    [99.99999999999999, '100 %'],
    [100, '100 %'],
  ])('%p is %s', (value, text) => {
    expect(plain(formatPercent(value, 'en'))).toBe(text);
  });

  it('follows the language', () => {
    expect(plain(formatPercent(99.4, 'de'))).toBe('99,4 %');
  });
});

it('has no share of nothing', () => {
  expect(shareOf(0, 0)).toBeUndefined();
  expect(shareOf(1, 4)).toBe(25);
});
