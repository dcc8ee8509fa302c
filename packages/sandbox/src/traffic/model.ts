import type { SeriesSource } from '../prometheus/promql/series';
import type { ObjectStore } from '../store/types';
import type { Now } from '../world/clock';
import { pods, type Pod } from '../world/coreKinds';
import { countIstioFlow } from './istio/metrics';
import { countIstioProxies } from './istio/proxyMetrics';
import { walkIstioCall } from './istio/walk';
import { countLinkerdFlow } from './linkerd/metrics';
import { countLinkerdProxies } from './linkerd/proxyMetrics';
import { walkLinkerdCall } from './linkerd/walk';
import type { TrafficProfile } from './profile';
import { Rates } from './rates';
import { scrapeLabels } from './scrapeLabels';
import { SeriesStore } from './series/seriesStore';

export type Mesh = 'istio' | 'linkerd';

export interface TrafficModelOptions {
  cluster: string;
  mesh: Mesh;
  store: ObjectStore;
  profile: TrafficProfile;
  now: Now;
  /** Milliseconds between scrapes. */
  scrapeInterval: number;
}

/** Kinds that no proxy looks at. */
const IRRELEVANT = ['Event', 'Lease', 'ReplicaSet', 'ClusterRole', 'Secret'];

/**
 * The traffic of a cluster and what its proxies count of it. It walks the objects as the proxies would, anew after each
 * change.
 */
export class TrafficModel {
  readonly #options: TrafficModelOptions;
  readonly #series: SeriesStore;
  readonly #labelSets = new Map<string, number>();
  readonly #unsubscribe: () => void;
  #profile: TrafficProfile;
  #scheduled = false;
  #closed = false;

  static create(options: TrafficModelOptions): TrafficModel {
    return new TrafficModel(options);
  }

  private constructor(options: TrafficModelOptions) {
    this.#options = options;
    this.#profile = options.profile;
    this.#series = SeriesStore.create({
      now: options.now,
      interval: options.scrapeInterval,
    });
    this.recompute();
    this.#unsubscribe = options.store.subscribe(({ resource }) => {
      if (!IRRELEVANT.includes(resource.kind)) {
        this.#schedule();
      }
    });
  }

  get series(): SeriesSource {
    return this.#series;
  }

  setProfile(profile: TrafficProfile): void {
    this.#profile = profile;
    this.recompute();
  }

  /** Counts from now on what the objects of now make of the traffic. */
  recompute(): void {
    const { store, mesh, cluster } = this.#options;
    const rates = new Rates(scrapeLabels(cluster), this.#labelSets);
    if (mesh === 'istio') {
      const context = { cluster, ztunnelOf: ztunnels(store) };
      for (const call of this.#profile.calls) {
        walkIstioCall(store, this.#profile, call).forEach(flow =>
          countIstioFlow(rates, flow, context),
        );
      }
      countIstioProxies(rates, store);
    } else {
      for (const call of this.#profile.calls) {
        walkLinkerdCall(store, this.#profile, call).forEach(flow =>
          countLinkerdFlow(rates, flow),
        );
      }
      countLinkerdProxies(rates, store);
    }
    this.#series.apply(
      rates.entries(),
      new Set(pods.list(store).map(({ uid }) => uid)),
    );
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe();
  }

  /** After the controllers, which run in the microtask before. */
  #schedule(): void {
    if (this.#scheduled) {
      return;
    }
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (!this.#closed) {
        this.recompute();
      }
    });
  }
}

/** The ztunnel of a pod's node. */
function ztunnels(store: ObjectStore): (pod: Pod) => Pod | undefined {
  const byNode = new Map(
    pods
      .list(store)
      .filter(({ labels }) => labels.app === 'ztunnel')
      .map(pod => [pod.body.spec.nodeName, pod]),
  );
  return pod => byNode.get(pod.body.spec.nodeName);
}
