import { z } from 'zod';
import { ApiError, jsonOrUndefined } from './apiErrors';

/** One event of a watch. */
export type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED'; object: object; resourceVersion?: string }
  | {
      type: 'DELETED';
      namespace?: string;
      name: string;
      resourceVersion?: string;
    }
  | {
      type: 'BOOKMARK';
      resourceVersion: string;
      /** All objects that were there when the watch began have been sent. */
      initialEventsEnd: boolean;
    }
  | { type: 'ERROR'; object: unknown };

const optionalText = z.string().optional().catch(undefined);

// Only the envelope is checked here: an object that is malformed must not end the watch.
const envelopeSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.looseObject({
    metadata: z
      .looseObject({
        name: optionalText,
        namespace: optionalText,
        resourceVersion: optionalText,
      })
      .optional()
      .catch(undefined),
  }),
});

const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

/** Reads one line of a watch. Throws ApiError where it is no event. */
export function parseWatchEvent(line: string): WatchEvent {
  const envelope = envelopeSchema.safeParse(jsonOrUndefined(line));
  if (!envelope.success) {
    throw new ApiError(
      'failed',
      `the watch sent what is no event: ${line.slice(0, 80)}`,
    );
  }
  const { type, object } = envelope.data;
  const { name, namespace, resourceVersion } = object.metadata ?? {};
  if (type === 'ERROR') {
    return { type, object };
  }
  if (type === 'BOOKMARK' && resourceVersion !== undefined) {
    return {
      type,
      resourceVersion,
      initialEventsEnd: initialEventsEnd(object.metadata?.annotations),
    };
  }
  if (type === 'DELETED' && name !== undefined) {
    return { type, namespace, name, resourceVersion };
  }
  if (type === 'ADDED' || type === 'MODIFIED') {
    return { type, object, resourceVersion };
  }
  throw new ApiError(
    'failed',
    `the watch sent a ${type} event without an object`,
  );
}

function initialEventsEnd(annotations: unknown): boolean {
  return z
    .object({ [INITIAL_EVENTS_END]: z.literal('true') })
    .safeParse(annotations).success;
}
