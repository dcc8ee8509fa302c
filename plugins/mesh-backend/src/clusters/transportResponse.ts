import { toError } from '@backstage/errors';
import { ClusterResponse, ClusterUnreachableError } from './ClusterTransport';
import { withoutAddresses } from './withoutAddresses';

/** The headers of an answer as undici has them, each as one value. */
export function plainHeaders(
  headers: Record<string, string | string[] | undefined>,
): ClusterResponse['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

/** A body that was read already. */
export async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

/** A body whose failures say that the cluster is not reached. */
export async function* unreachableOnFailure(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw asUnreachable(error, signal);
  }
}

/** What a failed request is thrown as: the reason of the abort where it was aborted. */
export function asUnreachable(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted
    ? signal.reason
    : new ClusterUnreachableError(withoutAddresses(toError(error).message));
}
