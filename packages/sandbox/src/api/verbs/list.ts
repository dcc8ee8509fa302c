import { compareObjects } from '../../store/collection';
import type { StoredObject } from '../../store/types';
import { isRecord } from '../../store/values';
import type { ListAnswer } from '../answer';
import { inVersion, type ApiContext, type Target } from '../context';
import { listOptions, type ListOptions } from '../listOptions';
import { ApiError, badRequest, expired } from '../status';

/** Where a list in pages goes on: behind this object, in the state at this resource version. */
interface Position {
  /** Absent where the list goes on in the present state, after the first one was lost. */
  resourceVersion?: number;
  namespace: string;
  name: string;
}

/** A list in pages: each page shows the state of the first one, as long as the log reaches back to it. */
export function list(context: ApiContext, target: Target): ListAnswer {
  const { resource, version, namespace, apiVersion } = target;
  const options = listOptions(
    target.request.query,
    resource,
    version,
    context.store,
    context.watchList,
  );
  const position = options.continueToken
    ? decodePosition(options.continueToken)
    : undefined;
  const resourceVersion = versionOf(context, options, position);
  const objects = context.events
    .listAt(resource, namespace, resourceVersion)
    .filter(options.matches);
  const start = position ? firstBehind(objects, position) : 0;
  const end = options.limit > 0 ? start + options.limit : objects.length;
  const items = objects.slice(start, end);
  const remaining = objects.length - start - items.length;
  return {
    type: 'list',
    resource,
    version,
    items: items.map(object => inVersion(apiVersion, object)),
    metadata: {
      resourceVersion: String(resourceVersion),
      ...(remaining > 0 && {
        continue: encodePosition(items[items.length - 1], resourceVersion),
        ...(!options.selective && { remainingItemCount: remaining }),
      }),
    },
  };
}

function versionOf(
  { store, events }: ApiContext,
  options: ListOptions,
  position: Position | undefined,
): number {
  if (position) {
    const { resourceVersion } = position;
    if (resourceVersion === undefined) {
      return store.resourceVersion;
    }
    if (events.isExpired(resourceVersion)) {
      throw expiredPage(position);
    }
    return resourceVersion;
  }
  const asked = options.resourceVersion ?? 0;
  if (asked > store.resourceVersion) {
    throw tooLarge(asked, store.resourceVersion);
  }
  if (!options.exact) {
    return store.resourceVersion;
  }
  if (events.isExpired(asked)) {
    throw expired(
      `The resourceVersion for the provided list is too old: ${asked} (${events.oldest})`,
    );
  }
  return asked;
}

function tooLarge(asked: number, current: number): ApiError {
  return new ApiError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${asked}, current: ${current}`,
    {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  );
}

/** The refusal offers a token with which the client may go on, at the price of consistency. */
function expiredPage({ namespace, name }: Position): ApiError {
  const error = expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
  );
  error.status.metadata.continue = encode({ rv: -1, ns: namespace, name });
  return error;
}

function firstBehind(
  objects: readonly StoredObject[],
  { namespace, name }: Position,
): number {
  const last = {
    apiVersion: '',
    kind: '',
    metadata: { namespace, name },
  };
  const index = objects.findIndex(object => compareObjects(object, last) > 0);
  return index < 0 ? objects.length : index;
}

function encodePosition(last: StoredObject, resourceVersion: number): string {
  const { namespace = '', name } = last.metadata;
  return encode({ rv: resourceVersion, ns: namespace, name });
}

function encode(token: { rv: number; ns: string; name: string }): string {
  return Buffer.from(
    JSON.stringify({ v: 'meta.k8s.io/v1', ...token }),
  ).toString('base64url');
}

function decodePosition(token: string): Position {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw badRequest(
      'invalid continue token: continue key is not valid: it was not made by this server',
    );
  }
  if (
    !isRecord(value) ||
    typeof value.rv !== 'number' ||
    typeof value.ns !== 'string' ||
    typeof value.name !== 'string'
  ) {
    throw badRequest(
      'invalid continue token: continue key is not valid: it has not what this server puts into one',
    );
  }
  return {
    ...(value.rv >= 0 && { resourceVersion: value.rv }),
    namespace: value.ns,
    name: value.name,
  };
}
