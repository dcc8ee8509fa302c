import { setImmediate as nextTurn } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  KindId,
  KINDS,
  parseObject,
  ReadState,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';
import { ApiError, errorEvent, refusalOf } from './apiErrors';
import { ApiPath } from './ApiPath';
import { ClusterTransport, ClusterUnreachableError } from './ClusterTransport';
import { linesOf } from './lines';
import { listPages } from './listPages';
import { SharedParts } from './SharedParts';
import { Backoff, jittered, Pause, Random } from './waiting';
import { parseWatchEvent, WatchEvent } from './watchEvent';

/** How a reflector paces itself. */
export interface ReflectorTiming {
  watchTimeoutMs: number;
  /** Before what is forbidden or absent is tried again. */
  recheckIntervalMs: number;
  backoffInitialMs: number;
  backoffMaxMs: number;
}

/** pending: it has not been tried yet. */
export type ReflectorState = { state: 'pending' } | ReadState;

export interface ReflectorOptions {
  transport: ClusterTransport;
  cluster: string;
  kindId: KindId;
  version: string;
  labelSelector?: string;
  timing: ReflectorTiming;
  random: Random;
  logger: LoggerService;
  onChanges(changes: readonly SnapshotChange[]): void;
  onState(state: ReflectorState): void;
}

/** No byte for this long after a watch should have ended means that the other side is gone. */
const GRACE_MS = 30_000;
/** How many objects of a page are parsed before others get their turn. */
const TURN = 100;

/**
 * Keeps up with the objects of one kind (and label selector) of one cluster: by a watch that begins with
 * the objects that are there where the server has that, else by a paged list and a watch. Watches are
 * renewed from where they ended; after 410 it lists again; what fails is tried again with back-off.
 */
export class Reflector {
  readonly #options: ReflectorOptions;
  readonly #backoff: Backoff;
  readonly #pause = new Pause();
  readonly #parts = new SharedParts();
  /** `namespace/name` of the objects that were seen and not deleted. */
  #keys = new Set<string>();
  #resourceVersion: string | undefined;
  #watchList = true;
  #state: ReflectorState = { state: 'pending' };
  #everRead = false;
  #lastContact = new Date();
  #cycle = new AbortController();

  static create(options: ReflectorOptions): Reflector {
    return new Reflector(options);
  }

  private constructor(options: ReflectorOptions) {
    this.#options = options;
    const { backoffInitialMs, backoffMaxMs } = options.timing;
    this.#backoff = Backoff.create({
      initialMs: backoffInitialMs,
      maxMs: backoffMaxMs,
      random: options.random,
    });
  }

  get state(): ReflectorState {
    return this.#state;
  }

  /** Whether it has seen this object, given as `namespace/name`. */
  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#cycle = new AbortController();
      const end = () => this.#cycle.abort(signal.reason);
      signal.addEventListener('abort', end);
      const started = Date.now();
      try {
        await this.#follow(this.#cycle.signal);
        if (Date.now() - started < this.#options.timing.backoffInitialMs) {
          // A server that ends watches at once must not be asked in a tight loop.
          await this.#pause.for(this.#backoff.next(), signal);
        }
      } catch (error) {
        if (!signal.aborted) {
          await this.#pause.for(this.#fail(error), signal);
        }
      } finally {
        signal.removeEventListener('abort', end);
      }
    }
  }

  /** Gives up the running watch, whose cluster was found not to answer. */
  interrupt(error: ClusterUnreachableError): void {
    this.#cycle.abort(error);
  }

  /** Tries again now, if it waits. */
  retry(): void {
    this.#backoff.reset();
    this.#pause.wake();
  }

  /** Reads until one watch has ended in order; rejects with why it ended otherwise. */
  async #follow(signal: AbortSignal): Promise<void> {
    if (this.#resourceVersion === undefined) {
      if (await this.#watchFromStart(signal)) {
        return;
      }
      await this.#list(signal);
    } else if (this.#state.state !== 'read') {
      await this.#probe(signal);
    }
    await this.#watch(this.#resourceVersion, signal);
  }

  /** Whether the server has watches that begin with the objects that are there. */
  async #watchFromStart(signal: AbortSignal): Promise<boolean> {
    if (!this.#watchList) {
      return false;
    }
    try {
      await this.#watch(undefined, signal);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'unsupported') {
        this.#watchList = false;
        return false;
      }
      throw error;
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { transport, cluster, kindId, version, labelSelector } =
      this.#options;
    const seen = new Set<string>();
    let resourceVersion: string | undefined;
    for await (const page of listPages(
      { transport, cluster, kindId, version, signal },
      { labelSelector },
    )) {
      for (let start = 0; start < page.items.length; start += TURN) {
        this.#put(page.items.slice(start, start + TURN), seen);
        await nextTurn();
        signal.throwIfAborted();
      }
      resourceVersion = page.resourceVersion;
    }
    this.#complete(seen, resourceVersion);
  }

  /** Asks for one object, to learn that the cluster answers and that its objects may be read. */
  async #probe(signal: AbortSignal): Promise<void> {
    const { transport, cluster, kindId, version, labelSelector } =
      this.#options;
    for await (const _ of listPages(
      { transport, cluster, kindId, version, signal },
      { labelSelector, limit: 1 },
    )) {
      break;
    }
    this.#reportRead();
  }

  async #watch(
    resourceVersion: string | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { transport, cluster, kindId, version, labelSelector, timing } =
      this.#options;
    const timeoutMs =
      timing.watchTimeoutMs * (0.8 + 0.2 * this.#options.random());
    const response = await transport.get({
      cluster,
      path: ApiPath.watch(kindId, version, {
        labelSelector,
        timeoutSeconds: Math.max(1, Math.floor(timeoutMs / 1000)),
        resourceVersion,
      }),
      idleTimeoutMs: timeoutMs + GRACE_MS,
      signal,
    });
    if (response.status !== 200) {
      throw await refusalOf(response, kindId);
    }
    let seen = resourceVersion === undefined ? new Set<string>() : undefined;
    for await (const line of linesOf(response.body)) {
      signal.throwIfAborted();
      const event = parseWatchEvent(line);
      this.#take(event, seen);
      if (seen && event.type === 'BOOKMARK' && event.initialEventsEnd) {
        this.#complete(seen, event.resourceVersion);
        seen = undefined;
      }
    }
    if (seen) {
      throw new ClusterUnreachableError(
        'The watch ended before all objects had been sent',
      );
    }
  }

  #take(event: WatchEvent, seen: Set<string> | undefined): void {
    this.#lastContact = new Date();
    if (event.type === 'ERROR') {
      throw errorEvent(event.object, this.#options.kindId);
    }
    if (event.type === 'DELETED') {
      this.#delete([keyOf(event.namespace, event.name)]);
      seen?.delete(keyOf(event.namespace, event.name));
    } else if (event.type !== 'BOOKMARK') {
      this.#put([event.object], seen);
    }
    if (!seen) {
      this.#resourceVersion = event.resourceVersion ?? this.#resourceVersion;
      this.#reportRead();
    }
  }

  #put(items: readonly object[], seen: Set<string> | undefined): void {
    const { kindId, version, cluster, logger } = this.#options;
    const { group, kind } = KINDS[kindId];
    const apiVersion = group === '' ? version : `${group}/${version}`;
    const changes: SnapshotChange[] = [];
    for (const item of items) {
      // The items of a list do not repeat what they are.
      const result = parseObject({ ...item, apiVersion, kind });
      if (result.status === 'parsed') {
        const { namespace, name } = result.parsed.object.metadata;
        this.#see(keyOf(namespace, name), seen);
        changes.push({ type: 'put', parsed: this.#parts.share(result.parsed) });
      } else if (result.status === 'malformed') {
        const { namespace, name } = result.malformed;
        this.#see(keyOf(namespace, name), seen);
        changes.push({ type: 'malformed', malformed: result.malformed });
      } else {
        logger.warn(
          `Cluster ${cluster} sent something that is no ${kindId}: ${
            'message' in result ? result.message : result.kind
          }`,
        );
      }
    }
    this.#options.onChanges(changes);
  }

  #see(key: string, seen: Set<string> | undefined): void {
    this.#keys.add(key);
    seen?.add(key);
  }

  #delete(keys: readonly string[]): void {
    const { kindId, onChanges } = this.#options;
    for (const key of keys) {
      this.#keys.delete(key);
    }
    onChanges(
      keys.map(key => {
        const slash = key.indexOf('/');
        return {
          type: 'delete' as const,
          kindId,
          namespace: key.slice(0, slash) || undefined,
          name: key.slice(slash + 1),
        };
      }),
    );
  }

  /** All objects that are there have been seen; what was known and is not among them is gone. */
  #complete(seen: Set<string>, resourceVersion: string | undefined): void {
    this.#delete([...this.#keys].filter(key => !seen.has(key)));
    this.#resourceVersion = resourceVersion;
    this.#lastContact = new Date();
    this.#reportRead();
  }

  #reportRead(): void {
    this.#everRead = true;
    this.#backoff.reset();
    if (this.#state.state !== 'read') {
      this.#report({ state: 'read' });
    }
  }

  /** Says what a failure means for what is known, and how long to wait. */
  #fail(error: unknown): number {
    const { timing, random } = this.#options;
    if (error instanceof ApiError) {
      switch (error.reason) {
        case 'expired':
          this.#resourceVersion = undefined;
          return this.#backoff.next();
        case 'forbidden':
        case 'absent':
          // What may no longer be read is no longer shown.
          this.#delete([...this.#keys]);
          this.#resourceVersion = undefined;
          this.#everRead = false;
          this.#report({ state: error.reason, message: error.message });
          return jittered(timing.recheckIntervalMs, random);
        default:
          this.#reportUnreachable(error);
          return Math.max(this.#backoff.next(), error.retryAfterMs ?? 0);
      }
    }
    const { kindId, cluster, logger } = this.#options;
    if (!(error instanceof ClusterUnreachableError)) {
      logger.error(
        `Reading ${kindId} of cluster ${cluster} failed`,
        toError(error),
      );
    }
    this.#reportUnreachable(toError(error));
    return this.#backoff.next();
  }

  #reportUnreachable(error: Error): void {
    const { kindId } = this.#options;
    const state = this.#everRead ? 'stale' : 'unreachable';
    const known = this.#state;
    const since =
      'since' in known && known.state === state
        ? known.since
        : (this.#everRead ? this.#lastContact : new Date()).toISOString();
    this.#report({
      state,
      message: `${kindId} cannot be read: ${error.message}`,
      since,
    });
  }

  #report(state: ReflectorState): void {
    const known = this.#state;
    const same =
      known.state === state.state &&
      ('message' in known ? known.message : undefined) ===
        ('message' in state ? state.message : undefined);
    if (!same) {
      this.#state = state;
      this.#options.onState(state);
    }
  }
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
