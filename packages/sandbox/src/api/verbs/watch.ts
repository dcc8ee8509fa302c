import { resourceKey } from '../../store/resourceTable';
import { isDefinition } from '../../store/servedResources';
import type { ResourceType, StoredObject, StoreEvent } from '../../store/types';
import { equalJson } from '../../store/values';
import type { WatchAnswer, WatchEvent, WatchSink } from '../answer';
import { inVersion, type ApiContext, type Target } from '../context';
import { listOptions, type ListOptions } from '../listOptions';
import { ApiError, expired } from '../status';

/** A watch: the present objects if they are asked for, then each change, until the time is over or the kind is gone. */
export function watch(context: ApiContext, target: Target): WatchAnswer {
  const { resource, version, namespace } = target;
  const options = listOptions(
    target.request.query,
    resource,
    version,
    context.store,
    context.watchList,
  );
  const matches = (object: StoredObject) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    options.matches(object);
  return {
    type: 'watch',
    resource,
    version,
    start: sink => startWatch(context, target, options, matches, sink),
  };
}

function startWatch(
  context: ApiContext,
  { resource, namespace, apiVersion }: Target,
  options: ListOptions,
  matches: (object: StoredObject) => boolean,
  sink: WatchSink,
): () => void {
  const { store, events } = context;
  const lost = lostHistory(context, options);
  if (lost) {
    sink.send({ type: 'ERROR', status: lost.status });
    sink.end();
    return () => {};
  }
  const send = (event: StoreEvent) => {
    const seen = seenThrough(event, matches);
    if (seen) {
      sink.send({
        type: seen.type,
        object: inVersion(apiVersion, seen.object),
      });
    }
  };
  const bookmark = (initialEventsEnd: boolean = false) => {
    if (options.allowBookmarks) {
      sink.send({
        type: 'BOOKMARK',
        resourceVersion: String(store.resourceVersion),
        initialEventsEnd,
      });
    }
  };

  if (wantsPresentObjects(options)) {
    store
      .list(resource, namespace)
      .filter(matches)
      .forEach(object =>
        sink.send({ type: 'ADDED', object: inVersion(apiVersion, object) }),
      );
    if (options.sendInitialEvents) {
      bookmark(true);
    }
  } else if (options.resourceVersion) {
    events.since(resource, options.resourceVersion).forEach(send);
  }

  const key = resourceKey(resource);
  const timers: NodeJS.Timeout[] = [];
  const unsubscribe = store.subscribe(event => {
    if (resourceKey(event.resource) === key) {
      send(event);
    } else if (endsResource(event, resource)) {
      sink.end();
    }
  });
  timers.push(setInterval(bookmark, context.bookmarkIntervalMs));
  if (options.timeoutSeconds) {
    timers.push(
      setTimeout(() => {
        bookmark();
        sink.end();
      }, options.timeoutSeconds * 1000),
    );
  }
  return () => {
    unsubscribe();
    timers.forEach(timer => clearInterval(timer));
  };
}

/** Whether the watch begins with the objects that are there: asked for, or no point in time is given. */
function wantsPresentObjects(options: ListOptions): boolean {
  return options.sendInitialEvents ?? !options.resourceVersion;
}

/**
 * The changes since the asked resource version are lost, or it is of another life of this server, whose versions began
 * anew: both are cured by a new list.
 */
function lostHistory(
  { store, events }: ApiContext,
  options: ListOptions,
): ApiError | undefined {
  const asked = options.resourceVersion ?? 0;
  if (asked > store.resourceVersion) {
    return expired(
      `unknown resource version: ${asked} (current: ${store.resourceVersion})`,
    );
  }
  return asked > 0 && !wantsPresentObjects(options) && events.isExpired(asked)
    ? expired(`too old resource version: ${asked} (${events.oldest})`)
    : undefined;
}

/** How a change looks through a selector: an object that begins to match is added, one that ceases to is deleted. */
function seenThrough(
  { type, object, previous }: StoreEvent,
  matches: (object: StoredObject) => boolean,
): Extract<WatchEvent, { object: StoredObject }> | undefined {
  const isIn = type !== 'DELETED' && matches(object);
  const wasIn = previous !== undefined && matches(previous);
  if (isIn) {
    return { type: wasIn ? 'MODIFIED' : 'ADDED', object };
  }
  if (!wasIn) {
    return undefined;
  }
  const { resourceVersion } = object.metadata;
  return {
    type: 'DELETED',
    object:
      type === 'DELETED'
        ? object
        : { ...previous, metadata: { ...previous.metadata, resourceVersion } },
  };
}

/** A definition that goes, or changes what it defines, ends the watches of its resource. */
function endsResource(
  { type, resource, object, previous }: StoreEvent,
  watched: ResourceType,
): boolean {
  return (
    watched.custom &&
    isDefinition(resource) &&
    object.metadata.name === `${watched.plural}.${watched.group}` &&
    (type === 'DELETED' || !equalJson(object.spec, previous?.spec))
  );
}
