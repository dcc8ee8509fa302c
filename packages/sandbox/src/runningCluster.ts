import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { createApiServer, type ApiServer } from './api/server';
import type { TokenUser } from './auth/tokens';
import type { Faults } from './faults/faults';
import { callHops, clockOffset } from './jaeger/callHops';
import { TraceModel, type TraceSource } from './jaeger/traceModel';
import type { SeriesSource } from './prometheus/promql/series';
import type { ObjectStore } from './store/types';
import type { Certificates } from './tls/certificates';
import { TrafficModel, type Mesh } from './traffic/model';
import { readProfile } from './traffic/profile';
import { ProfileFile } from './traffic/profileFile';
import { Cluster } from './world/cluster';
import type { Now } from './world/clock';

export interface RunningClusterOptions {
  name: string;
  mesh: Mesh;
  /** The folder with the clusters' folders and the traffic. */
  manifests: string;
  port: number;
  certificates: Certificates;
  now: Now;
  /** Milliseconds. */
  scrapeInterval: number;
  /** Whether saved files are applied. */
  watch: boolean;
  report(message: string): void;
}

/** The service account with which the portal reads. */
const PORTAL = 'system:serviceaccount:backstage:mesh-for-backstage';

/** One cluster with its API server and its traffic. */
export class RunningCluster {
  readonly name: string;
  /** The URL of the Kubernetes API. */
  readonly url: string;
  /** May do everything. */
  readonly adminToken: string;
  /** May do what the ClusterRole `mesh-for-backstage` allows. */
  readonly portalToken: string;
  readonly #cluster: Cluster;
  readonly #traffic: TrafficModel;
  readonly #traces: TraceModel;
  readonly #server: ApiServer;
  readonly #profile: ProfileFile | undefined;

  static async start(options: RunningClusterOptions): Promise<RunningCluster> {
    const { name, manifests, now, report } = options;
    const trafficFile = path.join(manifests, 'traffic', `${name}.yaml`);
    const profile = await readProfile(trafficFile);
    const cluster = await Cluster.create({
      name,
      folder: path.join(manifests, name),
      now,
      report,
    });
    const traces = TraceModel.create({
      cluster: name,
      now,
      offsetOf: clockOffset,
    });
    const traffic = TrafficModel.create({
      cluster: name,
      mesh: options.mesh,
      store: cluster.store,
      profile,
      now,
      scrapeInterval: options.scrapeInterval,
      onFlows: flows => traces.apply(callHops(cluster.store, name, flows)),
    });
    const tokens = createTokens();
    const server = createApiServer({
      store: cluster.store,
      tokens,
      certificates: options.certificates,
      now: () => new Date(now()),
    });
    let profileFile: ProfileFile | undefined;
    try {
      const { url } = await server.listen(options.port);
      if (options.watch) {
        await cluster.watch();
        profileFile = await ProfileFile.watch(
          trafficFile,
          changed => traffic.setProfile(changed),
          report,
        );
      }
      return new RunningCluster(name, url, tokens, {
        cluster,
        traffic,
        traces,
        server,
        profileFile,
      });
    } catch (error) {
      await closeAll({ cluster, traffic, server, profileFile });
      throw error;
    }
  }

  private constructor(
    name: string,
    url: string,
    [admin, portal]: readonly TokenUser[],
    parts: Parts & { traces: TraceModel },
  ) {
    this.name = name;
    this.url = url;
    this.adminToken = admin.token;
    this.portalToken = portal.token;
    this.#cluster = parts.cluster;
    this.#traffic = parts.traffic;
    this.#traces = parts.traces;
    this.#server = parts.server;
    this.#profile = parts.profileFile;
  }

  get store(): ObjectStore {
    return this.#cluster.store;
  }

  get series(): SeriesSource {
    return this.#traffic.series;
  }

  get traces(): TraceSource {
    return this.#traces;
  }

  get faults(): Faults {
    return this.#server.faults;
  }

  /** Applies a manifest (a path relative to the cluster's folder) as it is now. */
  reload(file: string): Promise<void> {
    return this.#cluster.reload(file);
  }

  /** Lets controllers and traffic act at once on what was written to the store; otherwise they do it by themselves. */
  settle(): void {
    this.#cluster.settle();
    this.#traffic.recompute();
  }

  close(): Promise<void> {
    return closeAll({
      cluster: this.#cluster,
      traffic: this.#traffic,
      server: this.#server,
      profileFile: this.#profile,
    });
  }
}

interface Parts {
  cluster: Cluster;
  traffic: TrafficModel;
  server: ApiServer;
  profileFile: ProfileFile | undefined;
}

async function closeAll({ cluster, traffic, server, profileFile }: Parts) {
  await server.close();
  await profileFile?.close();
  traffic.close();
  await cluster.close();
}

/** New at each start. */
function createTokens(): TokenUser[] {
  const token = () => randomBytes(32).toString('base64url');
  return [
    { token: token(), user: 'sandbox-admin', groups: ['system:masters'] },
    {
      token: token(),
      user: PORTAL,
      groups: ['system:serviceaccounts', 'system:serviceaccounts:backstage'],
    },
  ];
}
