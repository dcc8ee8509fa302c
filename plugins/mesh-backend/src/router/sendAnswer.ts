import { createHash } from 'node:crypto';
import { Response } from 'express';

/**
 * Sends an answer with a hash of it, so that a page that has it already is told so (304). It may be kept by
 * the browser of the caller only, which must ask each time.
 */
export function sendAnswer(response: Response, answer: object): void {
  const body = JSON.stringify(answer);
  const hash = createHash('sha256').update(body).digest('base64url');
  response
    .set({
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'private, no-cache',
      // Weak, since what is sent may be compressed on the way.
      ETag: `W/"${hash}"`,
    })
    .send(body);
}
