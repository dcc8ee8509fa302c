import fc from 'fast-check';
import { slowTries } from './slowTries';

const ON = ['5xx'];

describe('slowTries', () => {
  it.each<
    [
      number | undefined,
      number,
      number | undefined,
      string[],
      number | undefined,
      string,
    ]
  >([
    [
      3_000,
      3,
      2_000,
      ON,
      3_000,
      'If every try is slow, retry 1 is cut after 1 s, retries 2-3 never start: the request fails after 3 s',
    ],
    [
      3_000,
      2,
      2_000,
      ['reset'],
      3_000,
      'If every try is slow, retry 1 is cut after 1 s, retry 2 never starts: the request fails after 3 s',
    ],
    [
      3_000,
      1,
      2_000,
      ['gateway-error'],
      3_000,
      'If every try is slow, retry 1 is cut after 1 s: the request fails after 3 s',
    ],
    [
      2_000,
      3,
      1_000,
      ON,
      2_000,
      'If every try is slow, retries 2-3 never start: the request fails after 2 s',
    ],
    [
      1_500,
      3,
      400,
      ON,
      1_500,
      'If every try is slow, retry 3 is cut after 300 ms: the request fails after 1.5 s',
    ],
    [
      10_000,
      2,
      1_000,
      ON,
      3_000,
      'If every try is slow, the request fails after 3 tries of 1 s, 3 s and the pauses between them',
    ],
    [
      undefined,
      2,
      90_000,
      ON,
      270_000,
      'If every try is slow, the request fails after 3 tries of 90 s, 4.5 min and the pauses between them',
    ],
    [
      3_000,
      3,
      500,
      ['connect-failure', '503', '504', 'retriable-status-codes'],
      500,
      'If the first try is slow, it is cut after 500 ms and not retried: that needs 5xx, gateway-error or reset among the conditions',
    ],
    [
      3_000,
      2,
      undefined,
      ON,
      3_000,
      'If the first try is slow, the timeout ends the request after 3 s: no retry starts',
    ],
    [
      3_000,
      2,
      3_000,
      ON,
      3_000,
      'If the first try is slow, the timeout ends the request after 3 s (the 3 s for each try do not count: they are not less): no retry starts',
    ],
    [
      3_000,
      0,
      undefined,
      [],
      3_000,
      'If the server is slow, the request fails after 3 s',
    ],
    [
      undefined,
      2,
      undefined,
      ON,
      undefined,
      'Nothing cuts a slow try: the request takes as long as the server does, or the caller waits',
    ],
    [
      undefined,
      0,
      undefined,
      [],
      undefined,
      'Nothing cuts a slow try: the request takes as long as the server does, or the caller waits',
    ],
  ])(
    'timeout %p, %p retries of %p on %p',
    (timeout, attempts, perTryTimeoutMs, on, worstCaseMs, text) => {
      const found = slowTries(timeout, {
        attempts,
        on,
        ...(perTryTimeoutMs && { perTryTimeoutMs }),
      });
      expect(found).toEqual({ ...(worstCaseMs && { worstCaseMs }), text });
    },
  );

  it('is never longer than the timeout, and names no retry that there is not', () => {
    const ms = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(
        ms,
        ms,
        fc.integer({ min: 1, max: 10 }),
        (timeout, perTryTimeoutMs, attempts) => {
          const { worstCaseMs = Infinity, text } = slowTries(timeout, {
            attempts,
            perTryTimeoutMs,
            on: ON,
          });
          expect(worstCaseMs).toBeLessThanOrEqual(timeout);
          for (const [, first, last = first] of text.matchAll(
            /retr(?:y|ies) (\d+)(?:-(\d+))?/g,
          )) {
            expect(Number(first)).toBeGreaterThanOrEqual(1);
            expect(Number(last)).toBeLessThanOrEqual(attempts);
          }
        },
      ),
    );
  });
});
