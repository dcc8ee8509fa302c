import { createControllers } from '../controllers/all';
import { ControllerManager } from '../controllers/manager';
import { createObjectStore } from '../store/objectStore';
import type { ObjectStore } from '../store/types';
import { WorldClock, type Now } from './clock';
import { ManifestFolder } from './folder';

export interface ClusterOptions {
  name: string;
  /** The folder of the cluster's manifests. */
  folder: string;
  now: Now;
  report(message: string): void;
}

/** A cluster's objects, made of its manifests, with the controllers that act on them. */
export class Cluster {
  readonly name: string;
  readonly store: ObjectStore;
  readonly #folder: ManifestFolder;
  readonly #controllers: ControllerManager;

  static async create({
    name,
    folder,
    now,
    report,
  }: ClusterOptions): Promise<Cluster> {
    const clock = new WorldClock(now);
    const store = createObjectStore({ now: () => new Date(clock.now()) });
    const reportFrom = (message: string) => report(`${name}: ${message}`);
    const controllers = ControllerManager.create({
      world: { store, now: clock.now },
      controllers: createControllers(),
      report: reportFrom,
    });
    const manifests = await ManifestFolder.create({
      folder,
      store,
      clock,
      settle: () => controllers.settle(),
      report: reportFrom,
    });
    return new Cluster(name, store, manifests, controllers);
  }

  private constructor(
    name: string,
    store: ObjectStore,
    folder: ManifestFolder,
    controllers: ControllerManager,
  ) {
    this.name = name;
    this.store = store;
    this.#folder = folder;
    this.#controllers = controllers;
  }

  /** Follows the files from now on. */
  watch(): Promise<void> {
    return this.#folder.watch();
  }

  /** Applies a manifest (a path relative to the folder) as it is now. */
  reload(file: string): Promise<void> {
    return this.#folder.reload(file);
  }

  /** Lets the controllers act on what was written through the API. */
  settle(): void {
    this.#controllers.settle();
  }

  async close(): Promise<void> {
    await this.#folder.close();
    this.#controllers.close();
  }
}
