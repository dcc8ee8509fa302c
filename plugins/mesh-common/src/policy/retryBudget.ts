import { durationMs, Resilience } from './intent';

/** That later retries never start, where the timeout of the request is over before. */
export function retryNotes({ timeout, retries }: Resilience): string[] {
  if (!timeout || !retries?.perTryTimeout) {
    return [];
  }
  const tries = Math.ceil(
    durationMs(timeout) / durationMs(retries.perTryTimeout),
  );
  return tries <= retries.attempts
    ? [
        `If every try takes ${
          retries.perTryTimeout
        }, the timeout of ${timeout} ends the request after ${tries} of ${
          retries.attempts + 1
        } tries: the last retries never start`,
      ]
    : [];
}
