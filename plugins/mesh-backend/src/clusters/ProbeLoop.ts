import { toError } from '@backstage/errors';
import { ApiError } from './apiErrors';
import { ClusterTransport, ClusterUnreachableError } from './ClusterTransport';
import { clusterVersion } from './discovery';
import { Backoff, jittered, Pause, Random } from './waiting';

export interface ProbeLoopOptions {
  transport: ClusterTransport;
  cluster: string;
  timing: { probeIntervalMs: number; backoffInitialMs: number };
  random: Random;
  /** The cluster has not answered twice in a row. Called once, until it answers again. */
  onSilent(error: ClusterUnreachableError): void;
  /** The cluster answers again. */
  onAnswer(): void;
  /** The cluster has said which version it is, and it is another one than before. */
  onVersion(): void;
}

const FAILURES_OF_A_SILENT_CLUSTER = 2;

/**
 * Asks a cluster regularly whether it answers. A watch does not tell: through a proxy, one whose cluster is
 * gone looks like one where nothing happens.
 */
export class ProbeLoop {
  readonly #options: ProbeLoopOptions;
  readonly #controller = new AbortController();
  readonly #pause = new Pause();
  readonly #backoff: Backoff;
  readonly #done: Promise<void>;
  #failures = 0;
  #version: string | undefined;

  static start(options: ProbeLoopOptions): ProbeLoop {
    return new ProbeLoop(options);
  }

  private constructor(options: ProbeLoopOptions) {
    this.#options = options;
    const { probeIntervalMs, backoffInitialMs } = options.timing;
    this.#backoff = Backoff.create({
      initialMs: backoffInitialMs,
      maxMs: probeIntervalMs,
      random: options.random,
    });
    this.#done = this.#run();
  }

  /** What the cluster last said to be. */
  get version(): string | undefined {
    return this.#version;
  }

  /** There is reason to ask now. */
  soon(): void {
    if (this.#failures < FAILURES_OF_A_SILENT_CLUSTER) {
      this.#pause.wake();
    }
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await this.#done;
  }

  async #run(): Promise<void> {
    const { transport, cluster, timing, random } = this.#options;
    const { signal } = this.#controller;
    while (!signal.aborted) {
      try {
        this.#answered(await clusterVersion({ transport, cluster, signal }));
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        this.#failed(toError(error));
      }
      await this.#pause.for(
        this.#failures > 0
          ? this.#backoff.next()
          : jittered(timing.probeIntervalMs, random),
        signal,
      );
    }
  }

  #answered(version: string | undefined): void {
    const wasSilent = this.#failures >= FAILURES_OF_A_SILENT_CLUSTER;
    this.#failures = 0;
    this.#backoff.reset();
    if (version && version !== this.#version) {
      this.#version = version;
      this.#options.onVersion();
    }
    if (wasSilent) {
      this.#options.onAnswer();
    }
  }

  #failed(error: Error): void {
    if (error instanceof ApiError && error.reason !== 'failed') {
      // To be told that one may not ask is an answer, too.
      this.#answered(undefined);
      return;
    }
    this.#failures += 1;
    if (this.#failures === FAILURES_OF_A_SILENT_CLUSTER) {
      this.#options.onSilent(new ClusterUnreachableError(error.message));
    }
  }
}
