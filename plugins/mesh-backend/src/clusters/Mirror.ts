import { LoggerService } from '@backstage/backend-plugin-api';
import { ClusterMirror, MirrorTiming } from './ClusterMirror';
import { ClusterInfo, ClusterList, ClusterTransport } from './ClusterTransport';
import { MirroredCluster } from './MirroredCluster';
import { UnreadCluster } from './UnreadCluster';
import { Backoff, jittered, Pause, Random } from './waiting';

export interface MirrorOptions {
  transport: ClusterTransport;
  timing: MirrorTiming & {
    clusterListIntervalMs: number;
    /** Several replicas begin at different times within this one. */
    startJitterMs: number;
  };
  logger: LoggerService;
  random?: Random;
}

/** The mirrors of all clusters: new clusters appear, and what is no longer configured goes. */
export class Mirror {
  readonly #options: MirrorOptions;
  readonly #random: Random;
  readonly #controller = new AbortController();
  readonly #pause = new Pause();
  readonly #listeners = new Set<() => void>();
  readonly #clusters = new Map<string, ClusterMirror | UnreadCluster>();
  #done: Promise<void> = Promise.resolve();
  #problem: string | undefined;
  #tried: () => void = () => {};
  /** Resolves when the clusters have been listed once and each of them has been tried. */
  readonly ready: Promise<void>;

  static create(options: MirrorOptions): Mirror {
    return new Mirror(options);
  }

  private constructor(options: MirrorOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.ready = new Promise(resolve => {
      this.#tried = resolve;
    });
  }

  start(): void {
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    this.#tried();
    await this.#done;
    await Promise.all([...this.#clusters.values()].map(one => one.stop()));
  }

  /** By name. */
  get clusters(): readonly MirroredCluster[] {
    return [...this.#clusters.values()].sort((a, b) =>
      a.info.name.localeCompare(b.info.name),
    );
  }

  cluster(name: string): MirroredCluster | undefined {
    return this.#clusters.get(name);
  }

  /** Why the list of clusters is not known, or may be out of date; undefined where it is known. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Calls the listener after each change; the returned function ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #run(): Promise<void> {
    const { timing, transport } = this.#options;
    const { signal } = this.#controller;
    const backoff = Backoff.create({
      initialMs: timing.backoffInitialMs,
      maxMs: timing.clusterListIntervalMs,
      random: this.#random,
    });
    await this.#pause.for(timing.startJitterMs * this.#random(), signal);
    while (!signal.aborted) {
      const list = await this.#list(transport, signal);
      if (!list) {
        return;
      }
      this.#take(list);
      const wait =
        list.status === 'listed'
          ? jittered(timing.clusterListIntervalMs, this.#random)
          : backoff.next();
      await this.#pause.for(wait, signal);
    }
  }

  /** Undefined when stopped. */
  async #list(
    transport: ClusterTransport,
    signal: AbortSignal,
  ): Promise<ClusterList | undefined> {
    try {
      return await transport.clusters(signal);
    } catch (error) {
      if (signal.aborted) {
        return undefined;
      }
      throw error;
    }
  }

  #take(list: ClusterList): void {
    const { logger } = this.#options;
    const problem = list.status === 'listed' ? undefined : list.message;
    let changed = problem !== this.#problem;
    if (problem && changed) {
      logger.warn(problem);
    }
    this.#problem = problem;
    if (list.status === 'listed') {
      changed = this.#replace(list.clusters) || changed;
    }
    if (list.status !== 'unreachable') {
      this.#resolveWhenTried();
    }
    if (changed) {
      this.#changed();
    }
  }

  /** Whether clusters came, went or changed. */
  #replace(infos: readonly ClusterInfo[]): boolean {
    let changed = false;
    const listed = new Map<string, ClusterInfo>();
    for (const info of infos) {
      // Of two clusters with one name, the proxy reaches the first.
      if (!listed.has(info.name)) {
        listed.set(info.name, info);
      }
    }
    for (const [name, cluster] of this.#clusters) {
      const info = listed.get(name);
      if (!info || info.unsupportedAuth !== cluster.info.unsupportedAuth) {
        this.#clusters.delete(name);
        this.#end(name, cluster);
        changed = true;
      }
    }
    for (const [name, info] of listed) {
      const known = this.#clusters.get(name);
      if (known) {
        changed ||= JSON.stringify(known.info) !== JSON.stringify(info);
        known.info = info;
      } else {
        this.#clusters.set(name, this.#begin(info));
        changed = true;
      }
    }
    return changed;
  }

  #begin(info: ClusterInfo): ClusterMirror | UnreadCluster {
    const { transport, timing, logger } = this.#options;
    return info.unsupportedAuth
      ? new UnreadCluster(info, info.unsupportedAuth)
      : ClusterMirror.start({
          transport,
          info,
          timing,
          logger,
          random: this.#random,
          onChange: () => this.#changed(),
        });
  }

  #end(name: string, cluster: ClusterMirror | UnreadCluster): void {
    cluster.stop().catch(error => {
      this.#options.logger.error(`Reading cluster ${name} did not end`, error);
    });
  }

  #resolveWhenTried(): void {
    Promise.all([...this.#clusters.values()].map(({ ready }) => ready)).then(
      () => this.#tried(),
      error => this.#options.logger.error('A cluster was not tried', error),
    );
  }

  #changed(): void {
    if (!this.#controller.signal.aborted) {
      this.#listeners.forEach(listener => listener());
    }
  }
}
