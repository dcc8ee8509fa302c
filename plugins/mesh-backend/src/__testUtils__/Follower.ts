import { mockServices } from '@backstage/backend-test-utils';
import { KindId, MeshSnapshot } from 'backstage-plugin-mesh-common';
import { Reflector } from '../clusters/Reflector';
import { ReflectorState } from '../clusters/ReflectorStatus';
import { DirectTransport } from './DirectTransport';
import { RawObject } from './fakeApi';
import { FakeApiServer } from './FakeApiServer';

export const SERVICE = 'Service' satisfies KindId;

export function serviceWith(name: string, port: unknown = 80): RawObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { ports: [{ port }] },
  };
}

/** What a reflector says, with its objects in a snapshot. */
export class Follower {
  snapshot = MeshSnapshot.empty('east');
  states: ReflectorState[] = [];
  readonly reflector: Reflector;
  readonly #controller = new AbortController();
  readonly #waiting = new Set<() => void>();
  readonly #done: Promise<void>;

  constructor(server: FakeApiServer, timing = {}) {
    this.reflector = Reflector.create({
      transport: new DirectTransport({ east: server }),
      cluster: 'east',
      kindId: SERVICE,
      version: 'v1',
      timing: {
        watchTimeoutMs: 300_000,
        recheckIntervalMs: 5,
        backoffInitialMs: 1,
        backoffMaxMs: 5,
        ...timing,
      },
      random: () => 0.5,
      logger: mockServices.logger.mock(),
      onChanges: changes => {
        this.snapshot = this.snapshot.apply(changes);
        this.#waiting.forEach(check => check());
      },
      onState: state => {
        this.states.push(state);
        this.#waiting.forEach(check => check());
      },
    });
    this.#done = this.reflector.run(this.#controller.signal);
  }

  get names(): string[] {
    return [...this.snapshot.list(SERVICE)]
      .map(({ metadata }) => metadata.name)
      .sort();
  }

  get state(): ReflectorState | undefined {
    return this.states.at(-1);
  }

  async until(condition: () => boolean): Promise<void> {
    await new Promise<void>(resolve => {
      const check = () => {
        if (condition()) {
          this.#waiting.delete(check);
          resolve();
        }
      };
      this.#waiting.add(check);
      check();
    });
  }

  async untilState(state: ReflectorState['state']): Promise<void> {
    await this.until(() => this.state?.state === state);
  }

  async untilNames(...names: string[]): Promise<void> {
    await this.until(() => this.names.join() === names.join());
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await this.#done;
  }
}
