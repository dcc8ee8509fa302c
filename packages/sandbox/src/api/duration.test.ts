import { humanDuration, timeSince } from './duration';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

it.each([
  [-5 * SECOND, '<invalid>'],
  [-SECOND, '0s'],
  [0, '0s'],
  [119 * SECOND, '119s'],
  [2 * MINUTE, '2m'],
  [2 * MINUTE + 5 * SECOND, '2m5s'],
  [10 * MINUTE + 5 * SECOND, '10m'],
  [179 * MINUTE, '179m'],
  [3 * HOUR, '3h'],
  [3 * HOUR + 4 * MINUTE, '3h4m'],
  [9 * HOUR + 4 * MINUTE, '9h'],
  [49 * HOUR, '2d1h'],
  [7 * DAY + 2 * HOUR, '7d2h'],
  [9 * DAY + 2 * HOUR, '9d'],
  [729 * DAY, '729d'],
  [731 * DAY, '2y1d'],
  [9 * 365 * DAY, '9y'],
])('%d ms is %s', (milliseconds, expected) => {
  expect(humanDuration(milliseconds)).toBe(expected);
});

it('does not know how long ago nothing was', () => {
  const now = new Date('2026-01-02T00:00:00Z');
  expect(timeSince(undefined, now)).toBe('<unknown>');
  expect(timeSince('2026-01-01T00:00:00Z', now)).toBe('24h');
});
