import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { SignalsService } from '@backstage/plugin-signals-node';
import { MESH_SIGNAL_CHANNEL, MeshSignal } from 'backstage-plugin-mesh-common';
import { EntityDirectory } from '../catalog/EntityDirectory';
import { Mirror } from '../clusters/Mirror';
import { Pause } from '../clusters/waiting';
import { AnswerStore } from './AnswerStore';

export interface AnswerUpdatesOptions {
  mirror: Mirror;
  directory: EntityDirectory;
  store: AnswerStore;
  signals: SignalsService;
  logger: LoggerService;
  /** Changes within this time are answered together. */
  intervalMs: number;
}

/**
 * After a change of the clusters or the catalog, computes the answers and tells open pages to ask again.
 * The signal goes to everybody and carries nothing: what a page may see is decided when it asks.
 */
export class AnswerUpdates {
  readonly #options: AnswerUpdatesOptions;
  readonly #controller = new AbortController();
  readonly #pause = new Pause();
  readonly #unsubscribe: (() => void)[] = [];
  #changed = false;
  #entitiesChanged = false;
  #othersChanged = false;
  readonly #listeners = new Set<() => void>();
  #canTell = true;
  #wake: () => void = () => {};
  #done: Promise<void> = Promise.resolve();

  static create(options: AnswerUpdatesOptions): AnswerUpdates {
    return new AnswerUpdates(options);
  }

  private constructor(options: AnswerUpdatesOptions) {
    this.#options = options;
  }

  start(): void {
    const { mirror, directory, store } = this.#options;
    this.#unsubscribe.push(
      mirror.onChange(() => {
        store.clustersChanged();
        this.#mark();
      }),
      directory.onChange(() => {
        this.#entitiesChanged = true;
        store.entitiesChanged();
        this.#mark();
      }),
    );
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#unsubscribe.forEach(unsubscribe => unsubscribe());
    this.#controller.abort();
    this.#wake();
    await this.#done;
  }

  /** Tells the listener whenever the answers have been computed. */
  onRefreshed(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something else that pages show has changed: they are told. */
  tell(): void {
    this.#othersChanged = true;
    this.#mark();
  }

  #mark(): void {
    this.#changed = true;
    this.#wake();
  }

  async #run(): Promise<void> {
    const { intervalMs } = this.#options;
    const { signal } = this.#controller;
    while (!signal.aborted) {
      await this.#untilChanged();
      this.#changed = false;
      if (!signal.aborted) {
        await this.#update(signal);
        await this.#pause.for(intervalMs, signal);
      }
    }
  }

  async #untilChanged(): Promise<void> {
    if (!this.#changed && !this.#controller.signal.aborted) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  async #update(signal: AbortSignal): Promise<void> {
    const { store, signals, logger } = this.#options;
    let changed = this.#entitiesChanged || this.#othersChanged;
    this.#entitiesChanged = false;
    this.#othersChanged = false;
    try {
      changed = (await store.refresh(signal)) || changed;
      this.#listeners.forEach(listener => listener());
    } catch (error) {
      // Who asks is told the same, and which answer it is.
      logger.error('Not all answers could be computed', toError(error));
      changed = true;
    }
    if (signal.aborted || !changed) {
      return;
    }
    const message: MeshSignal = { changed: true };
    try {
      await signals.publish({
        recipients: { type: 'broadcast' },
        channel: MESH_SIGNAL_CHANNEL,
        message: { ...message },
      });
      this.#canTell = true;
    } catch (error) {
      if (this.#canTell) {
        logger.warn(
          'Open pages cannot be told of changes; they ask again by themselves',
          toError(error),
        );
      }
      this.#canTell = false;
    }
  }
}
