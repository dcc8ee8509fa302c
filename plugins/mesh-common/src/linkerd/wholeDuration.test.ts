import { durationHint, wholeDuration } from './wholeDuration';

describe('wholeDuration', () => {
  it.each([
    ['1h30m', '90m'],
    ['1.5s', '1500ms'],
    ['0.5h', '30m'],
    ['1d', '24h'],
    ['90s', '90s'],
    ['120s', '2m'],
    [' 2000ms ', '2s'],
    ['1500us', undefined],
    ['0', undefined],
    ['0s', undefined],
    ['10', undefined],
    ['-1s', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('of %j is %j', (text, expected) => {
    expect(wholeDuration(text)).toBe(expected);
  });
});

describe('durationHint', () => {
  it('says nothing of what is written so already, or of what nobody can tell', () => {
    expect([
      durationHint('90m'),
      durationHint('10'),
      durationHint('1d'),
    ]).toEqual(['', '', ': write 24h']);
  });
});
