import { TraceStoreConfig } from '../config';
import { JaegerStore } from './JaegerStore';
import { TraceStore } from './TraceStore';

/** The trace stores, and which of them has the traces of which cluster. */
export class TraceStores {
  readonly #stores: readonly TraceStore[];

  static create(options: {
    stores: readonly TraceStoreConfig[];
    createStore?(config: TraceStoreConfig): TraceStore;
  }): TraceStores {
    const { stores, createStore = JaegerStore.create } = options;
    return new TraceStores(stores.map(config => createStore(config)));
  }

  private constructor(stores: readonly TraceStore[]) {
    this.#stores = stores;
  }

  /** The store that names a cluster, else the one that names none. */
  of(cluster: string): TraceStore | undefined {
    return (
      this.#stores.find(({ config }) => config.clusters?.includes(cluster)) ??
      this.#stores.find(({ config }) => !config.clusters)
    );
  }
}
