import { mockServices } from '@backstage/backend-test-utils';
import { Mirror } from '../clusters/Mirror';
import { DirectTransport } from './DirectTransport';
import { FakeApiServer } from './FakeApiServer';

/** Two fake clusters, `east` and `west`, and a mirror of them that is quick. */
export class TestMirror {
  readonly transport: DirectTransport;
  readonly mirror: Mirror;
  readonly east: FakeApiServer;
  readonly west: FakeApiServer;

  static async create(): Promise<TestMirror> {
    return new TestMirror(
      await FakeApiServer.start(),
      await FakeApiServer.start(),
    );
  }

  private constructor(east: FakeApiServer, west: FakeApiServer) {
    this.east = east;
    this.west = west;
    this.transport = new DirectTransport({ east, west });
    this.mirror = Mirror.create({
      transport: this.transport,
      logger: mockServices.logger.mock(),
      random: () => 0.5,
      timing: {
        watchTimeoutMs: 300_000,
        recheckIntervalMs: 10,
        backoffInitialMs: 1,
        backoffMaxMs: 10,
        probeIntervalMs: 10,
        batchMs: 1,
        clusterListIntervalMs: 10,
        startJitterMs: 1,
      },
    });
  }

  /** The first value that is none of undefined, false and so on, read after each change. */
  async until<T>(read: () => T | undefined | false): Promise<T> {
    return new Promise((resolve, reject) => {
      let stop = () => {};
      const check = () => {
        try {
          const value = read();
          if (value) {
            stop();
            resolve(value);
          }
        } catch (error) {
          stop();
          reject(error);
        }
      };
      stop = this.mirror.onChange(check);
      check();
    });
  }

  status(cluster: string) {
    return this.mirror.cluster(cluster)?.state.status;
  }

  /** Why kinds of a cluster could not be read. */
  causes(cluster: string): Record<string, string> {
    return Object.fromEntries(
      this.mirror
        .cluster(cluster)
        ?.state.unread.map(({ kind, cause }) => [kind, cause]) ?? [],
    );
  }

  async stop(): Promise<void> {
    await this.mirror.stop();
    await this.east.stop();
    await this.west.stop();
  }
}
