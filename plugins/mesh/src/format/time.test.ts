import { formatAge, formatDuration, formatMoment } from './time';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [250, '250 ms'],
    [1_000, '1 s'],
    [1_500, '1.5 s'],
    [59_999, '59.999 s'],
    [60_000, '1 min'],
    [150_000, '2 min 30 s'],
    [3_600_000, '1 h'],
    [5_400_000, '1 h 30 min'],
    [90_061_001, '1 d 1 h 1 min 1 s 1 ms'],
  ])('%p ms is %s', (ms, text) => {
    expect(plain(formatDuration(ms, 'en'))).toBe(text);
  });
});

describe('formatAge', () => {
  const now = new Date('2026-11-25T12:00:00Z');
  it.each([
    ['2026-11-25T12:00:00Z', 'now'],
    ['2026-11-25T11:59:58Z', '2 seconds ago'],
    ['2026-11-25T11:55:00Z', '5 minutes ago'],
    ['2026-11-25T09:00:00Z', '3 hours ago'],
    ['2026-11-24T12:00:00Z', 'yesterday'],
    ['2026-11-25T12:00:09Z', 'now'],
  ])('%s is %s', (then, text) => {
    expect(formatAge(new Date(then), now, 'en')).toBe(text);
  });
});

it('says the moment with its zone', () => {
  expect(formatMoment(new Date('2026-11-25T12:00:00Z'), 'en')).toMatch(
    /2026.*(GMT|UTC)/,
  );
});
