import type { ObjectStore } from '../store/types';
import type { Now } from '../world/clock';

/** What every controller works with. */
export interface World {
  store: ObjectStore;
  now: Now;
}

/**
 * Makes what is as it should be. A controller looks at all objects of its kinds each time, writes only differences, and
 * so writes nothing when it runs again.
 */
export interface Controller {
  name: string;
  reconcile(world: World): void;
}

const MAX_ROUNDS = 100;

/**
 * Runs the controllers of a cluster after each change until none of them writes any more. What takes a real cluster
 * seconds (a rollout) is done when this returns.
 */
export class ControllerManager {
  readonly #world: World;
  readonly #controllers: readonly Controller[];
  readonly #report: (message: string) => void;
  readonly #unsubscribe: () => void;
  #running = false;
  #scheduled = false;
  #closed = false;

  static create(options: {
    world: World;
    controllers: readonly Controller[];
    report(message: string): void;
  }): ControllerManager {
    return new ControllerManager(
      options.world,
      options.controllers,
      options.report,
    );
  }

  private constructor(
    world: World,
    controllers: readonly Controller[],
    report: (message: string) => void,
  ) {
    this.#world = world;
    this.#controllers = controllers;
    this.#report = report;
    this.#unsubscribe = world.store.subscribe(() => this.#schedule());
  }

  /** Runs now, until nothing changes. */
  settle(): void {
    if (this.#running || this.#closed) {
      return;
    }
    this.#running = true;
    try {
      let busy: string[] = [];
      for (let round = 0; round < MAX_ROUNDS; round++) {
        busy = this.#controllers
          .filter(controller => this.#run(controller))
          .map(({ name }) => name);
        if (busy.length === 0) {
          return;
        }
      }
      this.#report(
        `the controllers ${busy.join(
          ', ',
        )} undo each other's work and were stopped`,
      );
    } finally {
      this.#running = false;
    }
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe();
  }

  /** Whether the controller wrote something. */
  #run(controller: Controller): boolean {
    const { store } = this.#world;
    const before = store.resourceVersion;
    try {
      controller.reconcile(this.#world);
    } catch (error) {
      this.#report(
        `controller ${controller.name}: ${
          error instanceof Error ? error.message : error
        }`,
      );
    }
    return store.resourceVersion !== before;
  }

  #schedule(): void {
    if (this.#running || this.#scheduled) {
      return;
    }
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.settle();
    });
  }
}
