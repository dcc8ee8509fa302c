import type { SeriesSource } from '../prometheus/promql/series';
import type { ObjectStore } from '../store/types';
import type { Now } from '../world/clock';
import { pods, type Pod } from '../world/coreKinds';
import type { IstioFlow } from './istio/flow';
import { countIstioFlow } from './istio/metrics';
import { countIstioProxies } from './istio/proxyMetrics';
import { walkIstioCall } from './istio/walk';
import type { LinkerdFlow } from './linkerd/flow';
import { countLinkerdFlow } from './linkerd/metrics';
import { countLinkerdProxies } from './linkerd/proxyMetrics';
import { walkLinkerdCall } from './linkerd/walk';
import type { Call, TrafficProfile } from './profile';
import { Rates } from './rates';
import { scrapeLabels } from './scrapeLabels';
import { SeriesStore } from './series/seriesStore';

export type Mesh = 'istio' | 'linkerd';

/** The calls of a cluster, and what becomes of each. */
export type Flows =
  | { mesh: 'istio'; calls: { call: Call; flows: IstioFlow[] }[] }
  | { mesh: 'linkerd'; calls: { call: Call; flows: LinkerdFlow[] }[] };

export interface TrafficModelOptions {
  cluster: string;
  mesh: Mesh;
  store: ObjectStore;
  profile: TrafficProfile;
  now: Now;
  /** Milliseconds between scrapes. */
  scrapeInterval: number;
  /** Is told the ways that the traffic takes from now on. */
  onFlows?(flows: Flows): void;
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
    const flows = this.#walk(mesh, store);
    if (flows.mesh === 'istio') {
      const context = { cluster, ztunnelOf: ztunnels(store) };
      flows.calls
        .flatMap(call => call.flows)
        .forEach(flow => countIstioFlow(rates, flow, context));
      countIstioProxies(rates, store);
    } else {
      flows.calls
        .flatMap(call => call.flows)
        .forEach(flow => countLinkerdFlow(rates, flow));
      countLinkerdProxies(rates, store);
    }
    this.#series.apply(
      rates.entries(),
      new Set(pods.list(store).map(({ uid }) => uid)),
    );
    this.#options.onFlows?.(flows);
  }

  #walk(mesh: Mesh, store: ObjectStore): Flows {
    const profile = this.#profile;
    return mesh === 'istio'
      ? {
          mesh,
          calls: profile.calls.map(call => ({
            call,
            flows: walkIstioCall(store, profile, call),
          })),
        }
      : {
          mesh,
          calls: profile.calls.map(call => ({
            call,
            flows: walkLinkerdCall(store, profile, call),
          })),
        };
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
