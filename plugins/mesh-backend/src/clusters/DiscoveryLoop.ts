import { toError } from '@backstage/errors';
import { ClusterTransport } from './ClusterTransport';
import { discoverKinds, ServedKinds } from './discovery';
import { Backoff, jittered, Pause, Random } from './waiting';

export interface DiscoveryLoopOptions {
  transport: ClusterTransport;
  cluster: string;
  timing: {
    recheckIntervalMs: number;
    backoffInitialMs: number;
    backoffMaxMs: number;
  };
  random: Random;
  /** Whether the CustomResourceDefinitions are watched, so that changes are told. */
  isTold(): boolean;
  onServed(served: ServedKinds): void;
  onFailure(error: Error): void;
}

/** How much less often a cluster is asked that tells of every change. */
const TOLD_FACTOR = 10;
/** How often it is asked, ever more slowly, after it told of one: its discovery lags behind. */
const FOLLOW_UPS = 5;

/**
 * Keeps known which kinds a cluster serves: asks at the start, when a CustomResourceDefinition changed or
 * a kind was not found, and regularly, which matters where CustomResourceDefinitions cannot be watched.
 */
export class DiscoveryLoop {
  readonly #options: DiscoveryLoopOptions;
  readonly #controller = new AbortController();
  readonly #pause = new Pause();
  readonly #backoff: Backoff;
  readonly #done: Promise<void>;
  #followUps = 0;

  static start(options: DiscoveryLoopOptions): DiscoveryLoop {
    return new DiscoveryLoop(options);
  }

  private constructor(options: DiscoveryLoopOptions) {
    this.#options = options;
    const { backoffInitialMs, backoffMaxMs } = options.timing;
    this.#backoff = Backoff.create({
      initialMs: backoffInitialMs,
      maxMs: backoffMaxMs,
      random: options.random,
    });
    this.#done = this.#run();
  }

  /** Something has changed that discovery would tell, now or shortly. */
  soon(): void {
    this.#followUps = FOLLOW_UPS;
    this.#backoff.reset();
    this.#pause.wake();
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await this.#done;
  }

  async #run(): Promise<void> {
    const { transport, cluster, onServed, onFailure } = this.#options;
    const { signal } = this.#controller;
    while (!signal.aborted) {
      let wait: number;
      try {
        const served = await discoverKinds({ transport, cluster, signal });
        signal.throwIfAborted();
        onServed(served);
        wait = this.#waitAfterAnswer();
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        onFailure(toError(error));
        wait = this.#backoff.next();
      }
      await this.#pause.for(wait, signal);
    }
  }

  #waitAfterAnswer(): number {
    const { isTold, timing, random } = this.#options;
    if (this.#followUps > 0) {
      this.#followUps -= 1;
      return this.#backoff.next();
    }
    this.#backoff.reset();
    return jittered(
      timing.recheckIntervalMs * (isTold() ? TOLD_FACTOR : 1),
      random,
    );
  }
}
