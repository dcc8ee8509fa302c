import {
  Analyzer,
  AnyCheck,
  ClusterMesh,
  EntitySelection,
  entityServices,
  hostRouting,
  judgeMesh,
  Judgements,
  judgePart,
  KnownClient,
  MeshAdapter,
  MeshSnapshot,
  parsePlace,
  Place,
  Placement,
  placementIn,
  requestWalk,
  Service,
  serviceRouting,
  ServiceRef,
  ServiceRoutes,
  Suppression,
  WalkAnswer,
  WalkRequest,
  Workload,
  workloadCallers,
  WorkloadCallers,
  workloadMtls,
  workloadKey,
  WorkloadMtls,
  WorkloadRef,
  findWorkload,
  workloadsIn,
} from 'backstage-plugin-mesh-common';
import { ClusterAnalysis } from './ClusterAnalysis';
import { knownClients, OutsideClient } from './outsideClients';
import { RecentCache } from './RecentCache';
import { SelectionIndex } from './SelectionIndex';
import { StableCache } from './StableCache';
import { WorkloadCounts, WorkloadTotals } from './WorkloadCounts';

/** As many results are kept of those that only callers know that they will ask for. */
const MAX_UNFORESEEN = 500;

/**
 * What is said of one cluster, computed once for as long as what it was computed from stays the same. The
 * results are shared: nobody changes them.
 */
export class ClusterAnswers {
  readonly #meshes: readonly MeshAdapter[];
  /** What the checks find. */
  readonly analysis: ClusterAnalysis;
  readonly #selections = new SelectionIndex();
  readonly #mtls = new StableCache<WorkloadMtls>();
  readonly #callers = new StableCache<WorkloadCallers>();
  readonly #routes = new StableCache<ServiceRoutes | undefined>();
  readonly #callersWith = new RecentCache<WorkloadCallers>(MAX_UNFORESEEN);
  readonly #mtlsWithCaller = new RecentCache<WorkloadMtls>(MAX_UNFORESEEN);
  readonly #routesFrom = new RecentCache<ServiceRoutes | undefined>(
    MAX_UNFORESEEN,
  );
  readonly #hosts = new StableCache<readonly ServiceRoutes[]>();
  readonly #hostsFrom = new RecentCache<readonly ServiceRoutes[]>(
    MAX_UNFORESEEN,
  );
  readonly #walks = new RecentCache<WalkAnswer>(MAX_UNFORESEEN);
  readonly #placements = new RecentCache<Placement>(MAX_UNFORESEEN);
  readonly #checklists = new StableCache<Judgements>();
  readonly #meshChecklists = new StableCache<Judgements>();
  readonly #counts: WorkloadCounts;
  readonly #clusterMeshes = new StableCache<readonly ClusterMesh[]>();
  readonly #used = new Set<string>();

  static create(options: {
    meshes: readonly MeshAdapter[];
    checks: readonly AnyCheck[];
    suppressions?: readonly Suppression[];
    /** Absent: nothing is found that depends on the time. */
    now?: () => Date;
  }): ClusterAnswers {
    return new ClusterAnswers(
      options.meshes,
      Analyzer.create(options.checks, options.suppressions, options.now),
    );
  }

  private constructor(meshes: readonly MeshAdapter[], analyzer: Analyzer) {
    this.#meshes = meshes;
    this.#counts = new WorkloadCounts(meshes);
    this.analysis = new ClusterAnalysis(analyzer);
  }

  /** How often an answer has become another one. */
  get changes(): number {
    return (
      this.#mtls.changes +
      this.#callers.changes +
      this.#routes.changes +
      this.#hosts.changes +
      this.#checklists.changes +
      this.#meshChecklists.changes +
      this.#counts.changes +
      this.#clusterMeshes.changes +
      this.analysis.changes
    );
  }

  workloads(snapshot: MeshSnapshot, selection: EntitySelection): Workload[] {
    return this.#selections.workloads(snapshot, selection);
  }

  services(snapshot: MeshSnapshot, workloads: readonly Workload[]): Service[] {
    return entityServices(snapshot, workloads);
  }

  /** The answer for a workload of an entity, with the clients that the catalog declares. */
  mtls(
    snapshot: MeshSnapshot,
    workload: Workload,
    declared: readonly OutsideClient[],
  ): WorkloadMtls {
    const key = `${workloadKey(workload.ref)} ${JSON.stringify(declared)}`;
    this.#used.add(key);
    return this.#mtls.get(snapshot, key, tracked =>
      this.#workloadMtls(tracked, workload, declared),
    );
  }

  /** Who may call a workload of an entity, with the clients that the catalog declares. */
  callers(
    snapshot: MeshSnapshot,
    workload: Workload,
    declared: readonly OutsideClient[],
  ): WorkloadCallers {
    const key = `${workloadKey(workload.ref)} ${JSON.stringify(declared)}`;
    this.#used.add(key);
    return this.#callers.get(snapshot, key, tracked =>
      this.#workloadCallers(
        tracked,
        workload,
        declared.flatMap(client => knownClients(tracked, client)),
      ),
    );
  }

  /** The same with a caller that was seen, by its workload or else its identity. */
  callersWith(
    snapshot: MeshSnapshot,
    workload: Workload,
    caller: { workload?: WorkloadRef; identity?: string },
  ): WorkloadCallers {
    return this.#callersWith.get(
      snapshot,
      `${workloadKey(workload.ref)} ${JSON.stringify([
        caller.workload,
        caller.identity,
      ])}`,
      tracked =>
        this.#workloadCallers(
          tracked,
          workload,
          knownClients(tracked, {
            sources: ['observed'],
            ...(caller.identity && { identity: caller.identity }),
            workloads: caller.workload ? [caller.workload] : [],
          }),
        ),
    );
  }

  /** The workloads that run under a service account. */
  workloadsOfAccount(
    snapshot: MeshSnapshot,
    namespace: string,
    account: string,
  ): Workload[] {
    return [...workloadsIn(snapshot, namespace).values()].filter(
      ({ serviceAccount }) => serviceAccount === account,
    );
  }

  /** The answer for a workload with a client that was seen, and that nobody declares. */
  mtlsWithCaller(
    snapshot: MeshSnapshot,
    workload: Workload,
    caller: WorkloadRef,
  ): WorkloadMtls {
    return this.#mtlsWithCaller.get(
      snapshot,
      `${workloadKey(workload.ref)} ${workloadKey(caller)}`,
      tracked =>
        this.#workloadMtls(tracked, workload, [
          { sources: ['observed'], workloads: [caller] },
        ]),
    );
  }

  /** The routes to a Service from its own namespace; undefined where it is gone. */
  routes(
    snapshot: MeshSnapshot,
    service: ServiceRef,
  ): ServiceRoutes | undefined {
    const key = `${service.namespace}/${service.name}`;
    this.#used.add(key);
    return this.#routes.get(snapshot, key, tracked =>
      this.#serviceRoutes(tracked, service),
    );
  }

  /** The routes from a place (`namespace` or `namespace/Kind/name`). Throws UnknownPlaceError. */
  routesFrom(
    snapshot: MeshSnapshot,
    service: ServiceRef,
    place: string,
  ): ServiceRoutes | undefined {
    return this.#routesFrom.get(
      snapshot,
      `${service.namespace}/${service.name} ${place}`,
      tracked =>
        this.#serviceRoutes(tracked, service, parsePlace(tracked, place)),
    );
  }

  /** The routes to the hosts that no Service has and by which a workload is called, from its own namespace. */
  hosts(snapshot: MeshSnapshot, workload: Workload): readonly ServiceRoutes[] {
    const key = workloadKey(workload.ref);
    this.#used.add(key);
    return this.#hosts.get(snapshot, key, tracked =>
      this.#hostRoutes(tracked, workload),
    );
  }

  /** The same from a place, as `routesFrom`. Throws UnknownPlaceError. */
  hostsFrom(
    snapshot: MeshSnapshot,
    workload: Workload,
    place: string,
  ): readonly ServiceRoutes[] {
    return this.#hostsFrom.get(
      snapshot,
      `${workloadKey(workload.ref)} ${place}`,
      tracked =>
        this.#hostRoutes(tracked, workload, parsePlace(tracked, place)),
    );
  }

  /** The way of one request. Throws UnknownPlaceError. */
  walk(snapshot: MeshSnapshot, request: WalkRequest): WalkAnswer {
    return this.#walks.get(snapshot, JSON.stringify(request), tracked =>
      requestWalk(tracked, request, this.#meshes),
    );
  }

  /** What the checklist finds in the workloads and Services of an entity. */
  checklist(
    snapshot: MeshSnapshot,
    workloads: readonly Workload[],
    services: readonly ServiceRef[],
    declared: readonly OutsideClient[],
  ): Judgements {
    const key = `checklist ${JSON.stringify([
      workloads.map(({ ref }) => workloadKey(ref)),
      services.map(({ namespace, name }) => `${namespace}/${name}`),
      declared,
    ])}`;
    this.#used.add(key);
    return this.#checklists.get(snapshot, key, tracked =>
      judgePart({
        snapshot: tracked,
        meshes: this.#meshes,
        workloads: workloads.map(({ ref }, index) => {
          const workload = findWorkload(tracked, ref) ?? workloads[index];
          const mtls = this.mtls(tracked, workload, declared);
          const mesh = this.#meshes.find(
            ({ id }) => id === mtls.enrolment.mesh,
          );
          return { workload, mtls, ...(mesh && { mesh }) };
        }),
        routes: services.flatMap(
          service => this.routes(tracked, service) ?? [],
        ),
      }),
    );
  }

  /** What it finds in the control plane of a mesh. */
  meshChecklist(snapshot: MeshSnapshot, mesh: MeshAdapter): Judgements {
    return this.#meshChecklists.get(snapshot, mesh.id, tracked =>
      judgeMesh(tracked, mesh),
    );
  }

  /** Which mesh would carry a new pod of a namespace. */
  placement(snapshot: MeshSnapshot, namespace: string): Placement {
    return this.#placements.get(snapshot, namespace, tracked =>
      placementIn(tracked, namespace, this.#meshes),
    );
  }

  clusterMeshes(snapshot: MeshSnapshot): readonly ClusterMesh[] {
    return this.#clusterMeshes.get(snapshot, '', tracked =>
      this.#meshes.flatMap(mesh => mesh.clusterMesh(tracked) ?? []),
    );
  }

  totals(snapshot: MeshSnapshot): WorkloadTotals {
    return this.#counts.totals(snapshot);
  }

  /** Computes what is said of the whole cluster, in small steps as well. */
  *clusterSteps(snapshot: MeshSnapshot): IterableIterator<void> {
    yield* this.analysis.steps(snapshot);
    yield* this.#counts.steps(snapshot);
    this.clusterMeshes(snapshot);
  }

  /** Forgets what nobody has asked for since this was last called. */
  forgetUnused(): void {
    this.#mtls.retain(this.#used);
    this.#callers.retain(this.#used);
    this.#routes.retain(this.#used);
    this.#hosts.retain(this.#used);
    this.#checklists.retain(this.#used);
    this.#used.clear();
  }

  /** Other entities than before may be asked for. */
  forgetSelections(): void {
    this.#selections.clear();
  }

  #workloadMtls(
    snapshot: MeshSnapshot,
    workload: Workload,
    clients: readonly OutsideClient[],
  ): WorkloadMtls {
    return workloadMtls(
      snapshot,
      findWorkload(snapshot, workload.ref) ?? workload,
      this.#meshes,
      clients.flatMap(client => knownClients(snapshot, client)),
    );
  }

  #workloadCallers(
    snapshot: MeshSnapshot,
    workload: Workload,
    clients: readonly KnownClient[],
  ): WorkloadCallers {
    return workloadCallers(
      snapshot,
      findWorkload(snapshot, workload.ref) ?? workload,
      this.#meshes,
      clients,
    );
  }

  #hostRoutes(
    snapshot: MeshSnapshot,
    workload: Workload,
    place?: Place,
  ): readonly ServiceRoutes[] {
    return hostRouting(
      snapshot,
      { workload: findWorkload(snapshot, workload.ref) ?? workload },
      this.#meshes,
      place,
    );
  }

  #serviceRoutes(
    snapshot: MeshSnapshot,
    { namespace, name }: ServiceRef,
    place?: Place,
  ): ServiceRoutes | undefined {
    const service = snapshot.get('Service', namespace, name);
    return service && serviceRouting(snapshot, service, this.#meshes, place);
  }
}
