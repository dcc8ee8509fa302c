import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterState,
  CLUSTER_KIND_IDS,
  KindId,
  KINDS,
  MeshSnapshot,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';
import { absentMessage } from './apiErrors';
import { ChangeBatch } from './ChangeBatch';
import { clusterState } from './clusterState';
import {
  ClusterInfo,
  ClusterTransport,
  ClusterUnreachableError,
} from './ClusterTransport';
import { ServedKinds } from './discovery';
import { DiscoveryLoop } from './DiscoveryLoop';
import { KindMirror, readStateOf } from './KindMirror';
import { MirroredCluster } from './MirroredCluster';
import { ProbeLoop } from './ProbeLoop';
import { ReflectorTiming } from './Reflector';
import { ReflectorState } from './ReflectorStatus';
import { Random } from './waiting';

export interface MirrorTiming extends ReflectorTiming {
  probeIntervalMs: number;
  /** How long changes are collected before they are made together. */
  batchMs: number;
}

export interface ClusterMirrorOptions {
  transport: ClusterTransport;
  info: ClusterInfo;
  timing: MirrorTiming;
  random: Random;
  logger: LoggerService;
  /** Called after the snapshot or the state has changed. */
  onChange(): void;
}

const CRD: KindId = 'apiextensions.k8s.io/CustomResourceDefinition';

/** Mirrors one cluster: what it serves is discovered, each kind is followed, and changes make snapshots. */
export class ClusterMirror implements MirroredCluster {
  readonly #options: ClusterMirrorOptions;
  readonly #kinds = new Map<KindId, KindMirror>();
  readonly #states = new Map<KindId, ReflectorState>();
  readonly #batch = new ChangeBatch();
  readonly #discovery: DiscoveryLoop;
  readonly #probe: ProbeLoop;
  #info: ClusterInfo;
  #snapshot: MeshSnapshot;
  #flushTimer: NodeJS.Timeout | undefined;
  #stopped = false;
  #revision = 0;
  #tried: () => void = () => {};
  /** Resolves when every kind has been tried once. */
  readonly ready: Promise<void>;

  static start(options: ClusterMirrorOptions): ClusterMirror {
    return new ClusterMirror(options);
  }

  private constructor(options: ClusterMirrorOptions) {
    this.#options = options;
    this.#info = options.info;
    this.ready = new Promise(resolve => {
      this.#tried = resolve;
    });
    const { transport, info, timing, random } = options;
    const source = { transport, cluster: info.name };
    this.#snapshot = MeshSnapshot.empty(info.name);
    for (const kindId of CLUSTER_KIND_IDS) {
      this.#setState(kindId, { state: 'pending' });
    }
    this.#flush();
    this.#discovery = DiscoveryLoop.start({
      ...source,
      timing,
      random,
      isTold: () => this.#states.get(CRD)?.state === 'read',
      onServed: served => this.#serve(served),
      onFailure: error => this.#undiscovered(error),
    });
    this.#probe = ProbeLoop.start({
      ...source,
      timing,
      random,
      onSilent: error => this.#silent(error),
      onAnswer: () => this.#answers(),
      onVersion: () => options.onChange(),
    });
  }

  get snapshot(): MeshSnapshot {
    return this.#snapshot;
  }

  get info(): ClusterInfo {
    return this.#info;
  }

  set info(info: ClusterInfo) {
    this.#info = info;
  }

  get state(): ClusterState {
    return clusterState(this.#info, this.#states);
  }

  /** The version of Kubernetes, once the cluster has said it. */
  get version(): string | undefined {
    return this.#probe.version;
  }

  get revision(): number {
    return this.#revision;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#flushTimer);
    this.#tried();
    await Promise.all([
      this.#discovery.stop(),
      this.#probe.stop(),
      ...[...this.#kinds.values()].map(kind => kind.stop()),
    ]);
  }

  #serve(served: ServedKinds): void {
    for (const kindId of CLUSTER_KIND_IDS) {
      const version = served.get(kindId);
      const running = this.#kinds.get(kindId);
      if (running?.version !== version) {
        if (running) {
          this.#end(kindId, running);
        }
        if (version) {
          this.#begin(kindId, version);
        }
      }
      if (!version) {
        this.#forget(kindId);
        this.#setState(kindId, {
          state: 'absent',
          message: absentMessage(kindId),
        });
      }
    }
    this.#checkTried();
  }

  #begin(kindId: KindId, version: string): void {
    const { transport, info, timing, random, logger } = this.#options;
    this.#setState(kindId, { state: 'pending' });
    this.#kinds.set(
      kindId,
      KindMirror.start({
        transport,
        cluster: info.name,
        kindId,
        version,
        timing,
        random,
        logger,
        onChanges: changes => this.#take(kindId, changes),
        onState: state => this.#onState(kindId, state),
      }),
    );
  }

  #end(kindId: KindId, running: KindMirror): void {
    this.#kinds.delete(kindId);
    running.stop().catch(error => {
      this.#options.logger.error(`Reading ${kindId} did not end`, error);
    });
  }

  #take(kindId: KindId, changes: readonly SnapshotChange[]): void {
    changes.forEach(change => this.#batch.add(change));
    if (kindId === CRD && changes.length > 0) {
      this.#discovery.soon();
    }
    // Until a kind has been read once, its objects are of no use: they wait, and are made one change.
    if (!this.#isPending(kindId)) {
      this.#scheduleFlush();
    }
  }

  #onState(kindId: KindId, state: ReflectorState): void {
    this.#setState(kindId, state);
    if (state.state === 'absent') {
      this.#discovery.soon();
    } else if (state.state === 'stale' || state.state === 'unreachable') {
      this.#probe.soon();
    }
    this.#checkTried();
  }

  #setState(kindId: KindId, state: ReflectorState): void {
    const known = this.#states.get(kindId);
    if (known?.state !== state.state && state.state !== 'pending') {
      this.#log(kindId, state, known);
    }
    this.#states.set(kindId, state);
    this.#batch.add({ type: 'read', kindId, read: readStateOf(state) });
    this.#scheduleFlush();
  }

  #log(kindId: KindId, state: ReflectorState, known?: ReflectorState): void {
    const { logger, info } = this.#options;
    if ('message' in state && state.state !== 'absent') {
      logger.warn(`Cluster ${info.name}: ${state.message}`);
    } else if (known && known.state !== 'pending') {
      logger.info(`Cluster ${info.name}: ${kindId} is ${state.state}`);
    }
  }

  /** The objects of a kind that is no longer there. */
  #forget(kindId: KindId): void {
    for (const { metadata } of this.#snapshot.list(kindId)) {
      const { namespace, name } = metadata;
      this.#batch.add({ type: 'delete', kindId, namespace, name });
    }
    for (const { namespace, name } of this.#snapshot.malformed(kindId)) {
      this.#batch.add({ type: 'delete', kindId, namespace, name });
    }
  }

  #undiscovered(error: Error): void {
    for (const kindId of CLUSTER_KIND_IDS) {
      if (!this.#kinds.has(kindId) && this.#isPending(kindId)) {
        this.#setState(kindId, {
          state: 'unreachable',
          message: `The cluster did not say what it serves: ${error.message}`,
          since: new Date().toISOString(),
        });
      }
    }
    this.#checkTried();
  }

  #isPending(kindId: KindId): boolean {
    return this.#states.get(kindId)?.state === 'pending';
  }

  #silent(error: ClusterUnreachableError): void {
    this.#kinds.forEach(kind => kind.interrupt(error));
  }

  #answers(): void {
    this.#discovery.soon();
    this.#kinds.forEach(kind => kind.retry());
  }

  #checkTried(): void {
    if (CLUSTER_KIND_IDS.every(kindId => !this.#isPending(kindId))) {
      this.#flush();
      this.#tried();
    }
  }

  #scheduleFlush(): void {
    if (!this.#flushTimer && !this.#stopped) {
      this.#flushTimer = setTimeout(
        () => this.#flush(),
        this.#options.timing.batchMs,
      );
    }
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const changes = this.#batch.drain(this.#snapshot);
    if (changes.length > 0) {
      this.#snapshot = this.#snapshot.apply(changes);
      this.#revision += changes.some(showsItself) ? 1 : 0;
      this.#options.onChange();
    }
  }
}

/** Whether a change is one that answers show as it is, and not only what follows from it. */
function showsItself(change: SnapshotChange): boolean {
  switch (change.type) {
    case 'put':
      return KINDS[change.parsed.kindId].keep === 'whole';
    case 'delete':
      return KINDS[change.kindId].keep === 'whole';
    default:
      return true;
  }
}
