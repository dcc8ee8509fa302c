import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { duration } from './values';

/** What Envoy can retry on, by HTTP and by gRPC. */
const CONDITIONS: ReadonlySet<string> = new Set([
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

/** Codes that HTTP has a name for, by their hundreds. */
const STATUS: Readonly<Record<string, readonly number[]>> = {
  1: [0, 1, 2, 3],
  2: [0, 1, 2, 3, 4, 5, 6, 7, 8, 26],
  3: [0, 1, 2, 3, 4, 5, 7, 8],
  4: [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22,
    23, 24, 25, 26, 28, 29, 31, 51,
  ],
  5: [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11],
};

/** `retries` (istio/istio pkg/config/validation/validation.go: validateHTTPRetry). */
export function* retries(field: Field): Problems {
  if (!field.exists) {
    return;
  }
  const attempts = field.get('attempts');
  if (attempts.number < 0) {
    yield refused(attempts, 'attempts cannot be negative');
  }
  const retryOn = field.get('retryOn');
  const configured =
    field.get('perTryTimeout').exists ||
    retryOn.text !== '' ||
    field.get('retryRemoteLocalities').exists;
  if (attempts.number === 0 && configured) {
    yield refused(
      field,
      'http retry policy configured when attempts are set to 0 (disabled)',
    );
  }
  yield* duration(field.get('perTryTimeout'));
  yield* duration(field.get('backoff'));
  for (const condition of retryOn.text === '' ? [] : retryOn.text.split(',')) {
    if (!CONDITIONS.has(condition) && !isStatus(condition)) {
      yield refused(retryOn, `"${condition}" is not a valid retryOn policy`);
    }
  }
}

function isStatus(text: string): boolean {
  const [, hundreds, rest] = /^\+?0*([1-5])(\d\d)$/.exec(text) ?? [];
  return hundreds !== undefined && STATUS[hundreds].includes(Number(rest));
}
