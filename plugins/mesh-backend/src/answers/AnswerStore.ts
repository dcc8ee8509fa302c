import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  AnyCheck,
  ClusterState,
  MeshAdapter,
  MeshLinks,
  MeshSnapshot,
  Service,
  Suppression,
  serviceRef,
  Workload,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { EntityDirectory } from '../catalog/EntityDirectory';
import {
  ANY_NAMESPACE,
  EntityScope,
  reachOf,
  scopeLimit,
} from '../catalog/entityScope';
import { MeshEntity } from '../catalog/meshEntity';
import { Mirror } from '../clusters/Mirror';
import { ClusterAnswers } from './ClusterAnswers';
import { inTurns } from './inTurns';
import { OutsideClient } from './outsideClients';
import { WorkloadOwners } from './WorkloadOwners';

/** One cluster at one moment, and what is said of it. */
export interface ClusterPicture {
  name: string;
  dashboardUrl?: string;
  version?: string;
  state: ClusterState;
  snapshot: MeshSnapshot;
  answers: ClusterAnswers;
}

/** What of an entity runs on one cluster. */
export interface EntityPart {
  cluster: ClusterPicture;
  workloads: readonly Workload[];
  services: readonly Service[];
  declared: readonly OutsideClient[];
}

/**
 * The answers about all clusters. They are computed when something has changed, so that who looks finds
 * them; what was not foreseen is computed when it is asked for.
 */
export class AnswerStore {
  readonly #mirror: Mirror;
  readonly #directory: EntityDirectory;
  readonly #meshes: readonly MeshAdapter[];
  readonly #checks: readonly AnyCheck[];
  readonly #suppressions: readonly Suppression[];
  readonly #scope: EntityScope;
  readonly #now: (() => Date) | undefined;
  readonly #answers = new Map<string, ClusterAnswers>();
  readonly #links: MeshLinks;
  #fingerprint = '';
  #statuses = '';
  /** Another number whenever there are other entities, or the clusters are known to another extent. */
  #version = 0;
  #owners: { version: number; owners: WorkloadOwners } = {
    version: -1,
    owners: new WorkloadOwners(),
  };

  static create(options: {
    mirror: Mirror;
    directory: EntityDirectory;
    meshes: readonly MeshAdapter[];
    checks: readonly AnyCheck[];
    /** Findings that are not reported; absent: only objects themselves say which. */
    suppressions?: readonly Suppression[];
    /** Which namespaces entities may reach; absent: all. */
    scope?: EntityScope;
    /** The time for checks; absent: nothing is found that depends on it. */
    now?: () => Date;
  }): AnswerStore {
    return new AnswerStore(options);
  }

  private constructor(options: Parameters<typeof AnswerStore.create>[0]) {
    this.#mirror = options.mirror;
    this.#directory = options.directory;
    this.#meshes = options.meshes;
    this.#links = MeshLinks.create(options.meshes);
    this.#checks = options.checks;
    this.#suppressions = options.suppressions ?? [];
    this.#scope = options.scope ?? ANY_NAMESPACE;
    this.#now = options.now;
  }

  get meshes(): readonly MeshAdapter[] {
    return this.#meshes;
  }

  /** Why the list of clusters is not known, or may be out of date. */
  get clusterListProblem(): string | undefined {
    return this.#mirror.problem;
  }

  /** The clusters as they are now, by name. */
  get clusters(): ClusterPicture[] {
    const { clusters } = this.#mirror;
    const linked = this.#links.link(clusters.map(({ snapshot }) => snapshot));
    return clusters.map(({ info, version, state }, index) => ({
      name: info.name,
      ...(info.dashboardUrl && { dashboardUrl: info.dashboardUrl }),
      ...(version && { version }),
      state,
      snapshot: linked[index],
      answers: this.#answersOf(info.name),
    }));
  }

  /** The clusters that an entity may run on. */
  clustersOf(entity: MeshEntity): ClusterPicture[] {
    return this.clusters.filter(cluster => mayRunOn(entity, cluster));
  }

  /** What of an entity runs where; clusters without any of it are left out. */
  partsOf(entity: MeshEntity): EntityPart[] {
    const { selection } = entity;
    if (!selection) {
      return [];
    }
    return this.clustersOf(entity).flatMap(cluster => {
      const { snapshot, answers } = cluster;
      const workloads = this.#workloadsOf(entity, cluster);
      return workloads.length === 0
        ? []
        : {
            cluster,
            workloads,
            services: answers.services(snapshot, workloads),
            declared: this.#declaredClients(entity, cluster),
          };
    });
  }

  /** What `mesh.entityScope` keeps from an entity, in words; undefined where it keeps nothing. */
  scopeLimit(entity: MeshEntity): string | undefined {
    return scopeLimit(entity, reachOf(entity, this.#scope));
  }

  /** The entities that a workload belongs to. */
  ownersOf(workload: WorkloadRef): readonly string[] {
    return this.#ownersNow.of(workload);
  }

  /** The workloads of all entities, as of the last time that they were computed. */
  get ownedWorkloads(): WorkloadRef[] {
    return this.#ownersNow.workloads;
  }

  /**
   * Computes what the entities of the catalog will be asked for, and says whether any of it has changed.
   * Others get their turn after each entity.
   */
  async refresh(signal: AbortSignal): Promise<boolean> {
    const owners = new WorkloadOwners();
    const version = this.#version;
    for (const entity of this.#directory.all) {
      this.#computeEntity(entity, owners);
      await nextTurn();
      if (signal.aborted) {
        return false;
      }
    }
    this.#owners = { version, owners };
    for (const { snapshot, answers } of this.clusters) {
      await inTurns(answers.clusterSteps(snapshot));
      answers.forgetUnused();
      await nextTurn();
    }
    this.#forgetGone();
    const before = this.#fingerprint;
    this.#fingerprint = this.#fingerprintNow();
    return this.#fingerprint !== before;
  }

  /** Entities came, went or changed. */
  entitiesChanged(): void {
    this.#version++;
    this.#answers.forEach(answers => answers.forgetSelections());
  }

  /** Objects changed, or what could be read of the clusters. */
  clustersChanged(): void {
    const statuses = JSON.stringify(
      this.#mirror.clusters.map(({ info, state }) => [info.name, state.status]),
    );
    if (statuses !== this.#statuses) {
      this.#statuses = statuses;
      this.#version++;
    }
  }

  /**
   * Whom workloads belong to, as of the last refresh: a workload that came since has no owner yet. Where
   * the refresh knew other entities, or less of the clusters (at the start it knows nothing), they are
   * looked up now, since a reader is not shown what is nobody's.
   */
  get #ownersNow(): WorkloadOwners {
    if (this.#owners.version !== this.#version) {
      const owners = new WorkloadOwners();
      const { clusters } = this;
      for (const entity of this.#directory.all) {
        for (const cluster of clusters.filter(one => mayRunOn(entity, one))) {
          const workloads = this.#workloadsOf(entity, cluster);
          owners.add(entity.ref, refsOf(workloads));
        }
      }
      this.#owners = { version: this.#version, owners };
    }
    return this.#owners.owners;
  }

  #computeEntity(entity: MeshEntity, owners: WorkloadOwners): void {
    for (const part of this.partsOf(entity)) {
      const { cluster, workloads, services, declared } = part;
      const { snapshot, answers } = cluster;
      owners.add(entity.ref, refsOf(workloads));
      for (const workload of workloads) {
        answers.mtls(snapshot, workload, declared);
        answers.callers(snapshot, workload, declared);
        answers.hosts(snapshot, workload);
      }
      const refs = services.map(service => serviceRef(snapshot, service));
      for (const ref of refs) {
        answers.routes(snapshot, ref);
      }
      answers.checklist(snapshot, workloads, refs, declared);
    }
  }

  #declaredClients(
    { clientRefs }: MeshEntity,
    cluster: ClusterPicture,
  ): OutsideClient[] {
    return clientRefs.map(entityRef => {
      const client = this.#directory.get(entityRef);
      return {
        sources: ['declared'],
        entityRef,
        workloads: client
          ? this.#workloadsOf(client, cluster).map(({ ref }) => ref)
          : [],
      };
    });
  }

  /** The one place where annotations lead to workloads: those outside its scope are none of the entity's. */
  #workloadsOf(
    entity: MeshEntity,
    { snapshot, answers }: ClusterPicture,
  ): Workload[] {
    const { selection } = entity;
    const { includes } = reachOf(entity, this.#scope);
    return selection
      ? answers
          .workloads(snapshot, selection)
          .filter(({ ref }) => includes(ref.namespace))
      : [];
  }

  #answersOf(cluster: string): ClusterAnswers {
    const known = this.#answers.get(cluster);
    if (known) {
      return known;
    }
    const made = ClusterAnswers.create({
      meshes: this.#meshes,
      checks: this.#checks,
      suppressions: this.#suppressions,
      now: this.#now,
    });
    this.#answers.set(cluster, made);
    return made;
  }

  /** Another text whenever an answer has changed. */
  #fingerprintNow(): string {
    return JSON.stringify([
      this.#mirror.problem,
      this.#mirror.clusters.map(({ info, state, version, revision }) => [
        state,
        version,
        revision,
        this.#answersOf(info.name).changes,
      ]),
    ]);
  }

  #forgetGone(): void {
    for (const name of this.#answers.keys()) {
      if (!this.#mirror.cluster(name)) {
        this.#answers.delete(name);
      }
    }
  }
}

function mayRunOn(
  { selection }: MeshEntity,
  { name }: ClusterPicture,
): boolean {
  return !selection?.cluster || selection.cluster === name;
}

function refsOf(workloads: readonly Workload[]): WorkloadRef[] {
  return workloads.map(({ ref }) => ref);
}
