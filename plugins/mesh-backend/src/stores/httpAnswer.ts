import { isError, stringifyError } from '@backstage/errors';

const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host cannot be looked up',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the connection was closed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

/** Why a request failed; the network's own texts name addresses, which readers need not know. */
export function failureText(error: unknown): string {
  const cause = isError(error) ? error.cause : undefined;
  if (isError(cause) && typeof cause.code === 'string') {
    return WORDS[cause.code] ?? cause.code;
  }
  return error instanceof RangeError
    ? error.message
    : `the request failed (${
        isError(error) ? error.name : stringifyError(error)
      })`;
}

/** The body of a response, if it is no longer than a store's answer may be. */
export async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) {
      throw new RangeError(
        `the answer is longer than ${MAX_ANSWER_BYTES / 1024 / 1024} MiB`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The media type that a response says it has. */
export function contentType(response: Response): string | undefined {
  return response.headers.get('content-type')?.split(';')[0];
}

/** What a text is as JSON; undefined where it is none. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
