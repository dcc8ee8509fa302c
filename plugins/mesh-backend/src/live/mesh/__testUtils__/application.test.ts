import { appAnswer } from './application';

const retries = (on: string[], more = {}) => ({
  attempts: 2,
  on,
  codes: [],
  isDefault: false,
  ...more,
});

describe('appAnswer', () => {
  it.each([
    ['no retries', { failures: 1 }, {}, { status: 503, tries: 1 }],
    [
      'enough retries',
      { failures: 2 },
      { retries: retries(['5xx']) },
      { status: 200, tries: 3 },
    ],
    [
      'too few retries',
      { failures: 3 },
      { retries: retries(['gateway-error']) },
      { status: 503, tries: 3 },
    ],
    [
      'retries on another failure',
      { failures: 1 },
      { retries: retries(['connect-failure']) },
      { status: 503, tries: 1 },
    ],
    [
      'a status that is retried',
      { status: 418 },
      { retries: retries([], { codes: [418] }) },
      { status: 418, tries: 3 },
    ],
    [
      'slower than the timeout',
      { delaySeconds: 1 },
      { timeoutMs: 500 },
      { status: 'cut' },
    ],
    [
      'slower than a try may be',
      { delaySeconds: 1 },
      { retries: retries(['5xx'], { perTryTimeoutMs: 300 }) },
      { status: 'cut' },
    ],
    [
      'quick enough',
      { delaySeconds: 0.1 },
      { timeoutMs: 500 },
      { status: 200, tries: 1 },
    ],
  ])('%s', (_, app, route, expected) => {
    expect(appAnswer(app, route)).toEqual(expected);
  });
});
