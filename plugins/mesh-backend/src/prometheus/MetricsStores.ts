import { Cause, QueryScope, TrafficQuery } from 'backstage-plugin-mesh-common';
import { PrometheusConfig } from '../config';
import { PrometheusStore, QueryResult } from './PrometheusStore';

/** The answer to a question about the traffic of one cluster. */
export type Measurement<T> =
  /** `store` is the name of the one that answered. */
  | { status: 'measured'; value: T; store: string; askedAt: Date }
  | { status: 'unknown'; cause: Cause; message: string; askedAt?: Date };

interface Store {
  config: PrometheusConfig;
  store: PrometheusStore;
}

/** The metrics stores, and which of them knows which cluster. */
export class MetricsStores {
  readonly #stores: readonly Store[];
  readonly #clusters: () => readonly string[];

  static create(options: {
    stores: readonly PrometheusConfig[];
    /** The names of all clusters. */
    clusters(): readonly string[];
    createStore?(config: PrometheusConfig): PrometheusStore;
  }): MetricsStores {
    return new MetricsStores(options);
  }

  private constructor({
    stores,
    clusters,
    createStore = PrometheusStore.create,
  }: Parameters<typeof MetricsStores.create>[0]) {
    this.#clusters = clusters;
    this.#stores = stores.map(config => ({
      config,
      store: createStore(config),
    }));
  }

  /** Asks the store of a cluster. Never rejects. */
  async measure<T>(
    cluster: string,
    windowSeconds: number,
    question: (scope: QueryScope) => TrafficQuery<T>,
  ): Promise<Measurement<T>> {
    const found = this.#storeOf(cluster);
    if ('message' in found) {
      return { status: 'unknown', ...found };
    }
    const query = question({ windowSeconds, matchers: found.matchers });
    const results = await Promise.all(
      Object.entries(query.expressions).map(
        async ([name, expression]): Promise<[string, QueryResult]> => [
          name,
          await found.store.query(expression),
        ],
      ),
    );
    return measurementOf(query, found.store.name, results);
  }

  #storeOf(
    cluster: string,
  ):
    | { store: PrometheusStore; matchers: QueryScope['matchers'] }
    | { cause: Cause; message: string } {
    const found =
      this.#stores.find(({ config }) => config.clusters?.includes(cluster)) ??
      this.#stores.find(({ config }) => !config.clusters);
    if (!found) {
      return {
        cause: 'not-measured',
        message: `No metrics store is configured for the cluster ${cluster}: add one to mesh.prometheus in app-config`,
      };
    }
    const { name, clusterLabel } = found.config;
    if (clusterLabel) {
      return { store: found.store, matchers: { [clusterLabel]: cluster } };
    }
    const shared = this.#sharing(found);
    return shared.length > 1
      ? {
          cause: 'not-measured',
          message: `The metrics store ${name} has the figures of several clusters (${shared.join(
            ', ',
          )}) and cannot tell them apart: set clusterLabel in mesh.prometheus to the label that names the cluster`,
        }
      : { store: found.store, matchers: {} };
  }

  /** The clusters whose metrics a store has. */
  #sharing({ config }: Store): readonly string[] {
    const named = this.#stores.flatMap(other => other.config.clusters ?? []);
    return (
      config.clusters ??
      this.#clusters().filter(cluster => !named.includes(cluster))
    );
  }
}

function measurementOf<T>(
  query: TrafficQuery<T>,
  store: string,
  results: readonly [string, QueryResult][],
): Measurement<T> {
  const askedAt = new Date(
    Math.min(...results.map(([, result]) => result.askedAt.getTime())),
  );
  const failed = results.flatMap(([, result]) =>
    result.status === 'unreachable' ? result.message : [],
  );
  if (failed.length > 0) {
    return {
      status: 'unknown',
      cause: 'unreachable',
      message: [...new Set(failed)].join('; '),
      askedAt,
    };
  }
  const samples = Object.fromEntries(
    results.map(([name, result]) => [
      name,
      result.status === 'measured' ? result.samples : [],
    ]),
  );
  return { status: 'measured', value: query.read(samples), store, askedAt };
}
