import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { KindId, SnapshotChange } from 'backstage-plugin-mesh-common';
import { ApiError, errorEvent, refusalOf } from './apiErrors';
import { ApiPath } from './ApiPath';
import { ClusterTransport, ClusterUnreachableError } from './ClusterTransport';
import { linesOf } from './lines';
import { listPages } from './listPages';
import { Pass, ReflectedObjects } from './ReflectedObjects';
import { ReflectorState, ReflectorStatus } from './ReflectorStatus';
import { Turn } from './Turn';
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

export interface ReflectorOptions {
  transport: ClusterTransport;
  cluster: string;
  kindId: KindId;
  version: string;
  labelSelector?: string;
  fieldSelector?: string;
  timing: ReflectorTiming;
  random: Random;
  logger: LoggerService;
  onChanges(changes: readonly SnapshotChange[]): void;
  onState(state: ReflectorState): void;
}

/** No byte for this long after a watch should have ended means that the other side is gone. */
const GRACE_MS = 30_000;
/** How many objects of a page are parsed before it is asked whether the turn is over. */
const AT_ONCE = 10;

/**
 * Keeps up with the objects of one kind (and selector) of one cluster: by a watch that begins with
 * the objects that are there where the server has that, else by a paged list and a watch. Watches are
 * renewed from where they ended; after 410 it lists again; what fails is tried again with back-off.
 */
export class Reflector {
  readonly #options: ReflectorOptions;
  readonly #backoff: Backoff;
  readonly #pause = new Pause();
  readonly #objects: ReflectedObjects;
  readonly #status: ReflectorStatus;
  #resourceVersion: string | undefined;
  #watchList = true;
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
    this.#objects = new ReflectedObjects(options);
    this.#status = new ReflectorStatus(options.kindId, state =>
      options.onState(state),
    );
  }

  get state(): ReflectorState {
    return this.#status.state;
  }

  /** Whether it has seen this object, given as `namespace/name`. */
  has(key: string): boolean {
    return this.#objects.has(key);
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
    } else if (this.#status.state.state !== 'read') {
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
    const pass: Pass = new Set();
    const turn = new Turn();
    let resourceVersion: string | undefined;
    for await (const page of this.#pages(signal)) {
      for (let start = 0; start < page.items.length; start += AT_ONCE) {
        this.#objects.put(page.items.slice(start, start + AT_ONCE), pass);
        if (turn.isOver) {
          await turn.next();
          signal.throwIfAborted();
        }
      }
      resourceVersion = page.resourceVersion;
    }
    this.#complete(pass, resourceVersion);
  }

  /** Asks for one object, to learn that the cluster answers and that its objects may be read. */
  async #probe(signal: AbortSignal): Promise<void> {
    for await (const _ of this.#pages(signal, 1)) {
      break;
    }
    this.#isRead();
  }

  #pages(signal: AbortSignal, limit?: number): ReturnType<typeof listPages> {
    const {
      transport,
      cluster,
      kindId,
      version,
      labelSelector,
      fieldSelector,
    } = this.#options;
    return listPages(
      { transport, cluster, kindId, version, signal },
      { labelSelector, fieldSelector, ...(limit && { limit }) },
    );
  }

  async #watch(
    resourceVersion: string | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const {
      transport,
      cluster,
      kindId,
      version,
      labelSelector,
      fieldSelector,
      timing,
    } = this.#options;
    const timeoutMs =
      timing.watchTimeoutMs * (0.8 + 0.2 * this.#options.random());
    const response = await transport.get({
      cluster,
      path: ApiPath.watch(kindId, version, {
        labelSelector,
        fieldSelector,
        timeoutSeconds: Math.max(1, Math.floor(timeoutMs / 1000)),
        resourceVersion,
      }),
      idleTimeoutMs: timeoutMs + GRACE_MS,
      signal,
    });
    if (response.status !== 200) {
      throw await refusalOf(response, kindId);
    }
    let pass: Pass | undefined =
      resourceVersion === undefined ? new Set() : undefined;
    const turn = new Turn();
    for await (const line of linesOf(response.body)) {
      if (turn.isOver) {
        await turn.next();
      }
      signal.throwIfAborted();
      const event = parseWatchEvent(line);
      this.#take(event, pass);
      if (pass && event.type === 'BOOKMARK' && event.initialEventsEnd) {
        this.#complete(pass, event.resourceVersion);
        pass = undefined;
      }
    }
    if (pass) {
      throw new ClusterUnreachableError(
        'The watch ended before all objects had been sent',
      );
    }
  }

  #take(event: WatchEvent, pass: Pass | undefined): void {
    this.#status.contact();
    if (event.type === 'ERROR') {
      throw errorEvent(event.object, this.#options.kindId);
    }
    if (event.type === 'DELETED') {
      this.#objects.delete(event.namespace, event.name, pass);
    } else if (event.type !== 'BOOKMARK') {
      this.#objects.put([event.object], pass);
    }
    if (!pass) {
      this.#resourceVersion = event.resourceVersion ?? this.#resourceVersion;
      this.#isRead();
    }
  }

  #complete(pass: Pass, resourceVersion: string | undefined): void {
    this.#objects.keepOnly(pass);
    this.#resourceVersion = resourceVersion;
    this.#isRead();
  }

  #isRead(): void {
    this.#backoff.reset();
    this.#status.read();
  }

  /** Says what a failure means for what is known, and how long to wait. */
  #fail(error: unknown): number {
    const { timing, random, kindId, cluster, logger } = this.#options;
    if (!(error instanceof ApiError)) {
      if (!(error instanceof ClusterUnreachableError)) {
        logger.error(
          `Reading ${kindId} of cluster ${cluster} failed`,
          toError(error),
        );
      }
      this.#status.failed(toError(error).message);
      return this.#backoff.next();
    }
    switch (error.reason) {
      case 'expired':
        this.#resourceVersion = undefined;
        return this.#backoff.next();
      case 'forbidden':
      case 'absent':
        // What may no longer be read is no longer shown.
        this.#objects.clear();
        this.#resourceVersion = undefined;
        this.#status.refused(error.reason, error.message);
        return jittered(timing.recheckIntervalMs, random);
      default:
        this.#status.failed(error.message);
        return Math.max(this.#backoff.next(), error.retryAfterMs ?? 0);
    }
  }
}
