import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  ChecklistCertificate,
  ChecklistTraffic,
  ObservedTraffic,
  workloadKey,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { AnswerStore, ClusterPicture } from '../answers/AnswerStore';
import { Pause } from '../clusters/waiting';
import { MetricsStores } from '../prometheus/MetricsStores';
import { checklistCertificates } from './certificates';

const WINDOW_SECONDS = 900;

/** As many workloads are asked about in one question. */
const AT_ONCE = 100;

/** What the store of a cluster had when it was last asked. */
type Seen =
  | {
      state: 'measured';
      byWorkload: ReadonlyMap<string, ObservedTraffic>;
      certificates: readonly ChecklistCertificate[];
    }
  | Extract<ChecklistTraffic, { state: 'unknown' }>;

const NOT_ASKED: Seen = {
  state: 'unknown',
  cause: 'not-measured',
  message: 'The metrics store has not been asked yet',
};

/**
 * What the metrics stores have of the workloads of entities and of what their meshes issue with, asked about in turn and not when somebody looks:
 * the checklists of all entities are then a lookup.
 */
export class TrafficWatch {
  readonly #options: Parameters<typeof TrafficWatch.create>[0];
  readonly #controller = new AbortController();
  #seen: ReadonlyMap<string, Seen> = new Map();
  #asked = '';
  readonly #pause = new Pause();
  #again = false;
  #done: Promise<void> = Promise.resolve();

  static create(options: {
    store: AnswerStore;
    metrics: MetricsStores;
    logger: LoggerService;
    intervalMs: number;
    /** Called when what is said of a workload has changed. */
    onChange(): void;
  }): TrafficWatch {
    return new TrafficWatch(options);
  }

  private constructor(options: Parameters<typeof TrafficWatch.create>[0]) {
    this.#options = options;
  }

  start(): void {
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await this.#done;
  }

  /** The answers have been computed: where there are other workloads than before, they are asked about at once. */
  refreshed(): void {
    if (this.#keyOfAsked() !== this.#asked) {
      this.#again = true;
      this.#pause.wake();
    }
  }

  /** What the store of a cluster had of these workloads, and of the meshes that carry them. */
  trafficOf(
    cluster: string,
    workloads: readonly WorkloadRef[],
    meshes: ReadonlySet<string | undefined>,
  ): ChecklistTraffic {
    const seen = this.#seen.get(cluster) ?? NOT_ASKED;
    return seen.state === 'unknown'
      ? seen
      : {
          state: 'measured',
          windowSeconds: WINDOW_SECONDS,
          workloads: workloads.map(workload => {
            const traffic = seen.byWorkload.get(workloadKey(workload));
            return { workload, ...(traffic && { traffic }) };
          }),
          certificates: seen.certificates.filter(({ mesh }) =>
            meshes.has(mesh.id),
          ),
        };
  }

  /** Another object whenever something else is said about a cluster. */
  versionOf(cluster: string): object {
    return this.#seen.get(cluster) ?? NOT_ASKED;
  }

  async #run(): Promise<void> {
    const { intervalMs, logger } = this.#options;
    const { signal } = this.#controller;
    while (!signal.aborted) {
      this.#again = false;
      try {
        await this.#ask();
      } catch (error) {
        logger.error(
          'The traffic of workloads could not be asked for',
          toError(error),
        );
      }
      if (!this.#again) {
        await this.#pause.for(intervalMs, signal);
      }
    }
  }

  async #ask(): Promise<void> {
    const { store, onChange } = this.#options;
    this.#asked = this.#keyOfAsked();
    const before = this.#seen;
    const clusters = store.clusters;
    const seen = await Promise.all(
      clusters.map(async (cluster): Promise<[string, Seen]> => {
        const workloads = store.ownedWorkloads.filter(
          workload => workload.cluster === cluster.name,
        );
        return [cluster.name, await this.#askCluster(cluster, workloads)];
      }),
    );
    // What reads the same stays the same object, so that nothing is computed from it again.
    this.#seen = new Map(
      seen.map(([name, now]) => {
        const known = before.get(name);
        return [name, known && saysTheSame(known, now) ? known : now];
      }),
    );
    if (
      clusters.some(({ name }) => before.get(name) !== this.#seen.get(name))
    ) {
      onChange();
    }
  }

  async #askCluster(
    picture: ClusterPicture,
    workloads: readonly WorkloadRef[],
  ): Promise<Seen> {
    const { name, snapshot, answers } = picture;
    const { store, metrics } = this.#options;
    const present = new Map(
      answers.clusterMeshes(snapshot).map(one => [one.mesh, one] as const),
    );
    const meshes = store.meshes.filter(({ id }) => present.has(id));
    const byWorkload = new Map<string, ObservedTraffic>();
    const certificates: ChecklistCertificate[] = [];
    if (meshes.length === 0) {
      return {
        state: 'unknown',
        cause: 'not-measured',
        message: `No mesh was found on ${name} whose proxies would be measured`,
      };
    }
    for (const mesh of meshes) {
      for (let first = 0; first < workloads.length; first += AT_ONCE) {
        const asked = workloads.slice(first, first + AT_ONCE);
        const measured = await metrics.measure(name, WINDOW_SECONDS, scope =>
          mesh.inboundTraffic(snapshot, asked, scope),
        );
        if (measured.status === 'unknown') {
          const { cause, message } = measured;
          return { state: 'unknown', cause, message };
        }
        for (const { workload, callers } of measured.value) {
          const total = sum(callers.map(({ traffic }) => traffic));
          if (total) {
            byWorkload.set(workloadKey(workload), total);
          }
        }
      }
      const found = present.get(mesh.id);
      certificates.push(
        ...(await checklistCertificates(metrics, picture, {
          adapter: mesh,
          found,
        })),
      );
    }
    return { state: 'measured', byWorkload, certificates };
  }

  #keyOfAsked(): string {
    const { store } = this.#options;
    return [
      ...store.clusters.map(({ name }) => name),
      ...store.ownedWorkloads.map(workloadKey),
    ].join();
  }
}

function sum(traffic: readonly ObservedTraffic[]): ObservedTraffic | undefined {
  const [first] = traffic;
  if (!first) {
    return undefined;
  }
  const total: ObservedTraffic = {
    unit: first.unit,
    mtls: 0,
    plaintext: 0,
    unknown: 0,
  };
  for (const { mtls, plaintext, unknown } of traffic) {
    total.mtls += mtls;
    total.plaintext += plaintext;
    total.unknown += unknown;
  }
  return total.mtls + total.plaintext + total.unknown > 0 ? total : undefined;
}

/**
 * Whether the checklist would say the same: that there is traffic, that there is plaintext, and how certificates stand.
 * Figures move all the time.
 */
function saysTheSame(a: Seen, b: Seen): boolean {
  return words(a) === words(b);
}

function words(seen: Seen): string {
  return seen.state === 'unknown'
    ? JSON.stringify([seen.cause, seen.message])
    : JSON.stringify([
        [...seen.byWorkload]
          .map(([key, { plaintext }]) => [key, plaintext > 0])
          .sort(),
        seen.certificates.map(({ mesh, certificate, state }) => [
          mesh.id,
          certificate.id,
          certificate.notAfter?.slice(0, 10),
          certificate.validity.reasons,
          state,
        ]),
      ]);
}
