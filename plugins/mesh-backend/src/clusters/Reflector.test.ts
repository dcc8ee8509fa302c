import { mockServices } from '@backstage/backend-test-utils';
import { KindId, MeshSnapshot } from 'backstage-plugin-mesh-common';
import { DirectTransport } from '../__testUtils__/DirectTransport';
import {
  bookmark,
  FakeApiServer,
  RawObject,
} from '../__testUtils__/FakeApiServer';
import { ClusterUnreachableError } from './ClusterTransport';
import { Reflector, ReflectorState } from './Reflector';

const SERVICE: KindId = 'Service';

function service(name: string, port: unknown = 80): RawObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { ports: [{ port }] },
  };
}

/** What a reflector says, with its objects in a snapshot. */
class Follower {
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

describe('Reflector', () => {
  let server: FakeApiServer;
  let follower: Follower;

  beforeEach(async () => {
    server = await FakeApiServer.start();
  });

  afterEach(async () => {
    await follower?.stop();
    await server.stop();
  });

  function follow(timing = {}): Follower {
    follower = new Follower(server, timing);
    return follower;
  }

  function requests(query: string): number {
    return server.seen.filter(({ query: q }) => String(q).includes(query))
      .length;
  }

  describe.each([
    ['by a watch that begins with the objects', true],
    ['by a paged list and a watch', false],
  ])('%s', (_, watchList) => {
    beforeEach(() => {
      server.watchListServed = watchList;
    });

    it('reads what is there and follows what changes', async () => {
      server.put(service('a'));
      server.put(service('b'));
      follow();
      await follower.untilState('read');
      expect(follower.names).toEqual(['a', 'b']);

      server.put(service('c'));
      server.delete(SERVICE, 'shop', 'a');
      await follower.untilNames('b', 'c');

      server.put(service('b', 8080));
      await follower.until(
        () =>
          follower.snapshot.get(SERVICE, 'shop', 'b')?.spec.ports[0].port ===
          8080,
      );
      expect(requests('watch=true')).toBe(watchList ? 1 : 2);
      expect(requests('limit=500')).toBe(watchList ? 0 : 1);
    });

    it('goes on from where a watch ended', async () => {
      server.put(service('a'));
      follow();
      await follower.untilState('read');
      const renewed = server.nextRequest(({ query }) =>
        query.has('resourceVersion'),
      );
      server.endWatches();
      await renewed;
      server.put(service('b'));
      await follower.untilNames('a', 'b');
      expect(follower.states).toEqual([{ state: 'read' }]);
    });

    it('reads anew when the server has forgotten where it was', async () => {
      server.put(service('a'));
      server.put(service('b'));
      follow();
      await follower.untilState('read');
      server.delete(SERVICE, 'shop', 'a');
      await follower.untilNames('b');
      await server.goDown();
      server.put(service('c'));
      server.delete(SERVICE, 'shop', 'b');
      server.forgetHistory();
      await server.comeBack();
      await follower.untilNames('c');
      await follower.untilState('read');
      expect(follower.states.at(0)).toEqual({ state: 'read' });
    });

    it('keeps a malformed object apart, and takes it back when it is mended', async () => {
      server.put(service('a'));
      server.put(service('bad', 'eighty'));
      follow();
      await follower.untilState('read');
      expect(follower.names).toEqual(['a']);
      expect(follower.snapshot.malformed()).toEqual([
        expect.objectContaining({
          kindId: SERVICE,
          namespace: 'shop',
          name: 'bad',
          field: 'spec.ports[0].port',
        }),
      ]);
      server.put(service('bad', 80));
      await follower.untilNames('a', 'bad');
      expect(follower.snapshot.malformed()).toEqual([]);
      server.put({
        ...service('worse'),
        metadata: {
          name: 'worse',
          namespace: 'shop',
          annotations: ['no', 'map'],
        },
      });
      await follower.until(() => follower.snapshot.malformed().length === 1);
      server.delete(SERVICE, 'shop', 'worse');
      await follower.until(() => follower.snapshot.malformed().length === 0);
    });

    it('says stale while the server is gone, and read when it is back', async () => {
      server.put(service('a'));
      follow();
      await follower.untilState('read');
      await server.goDown();
      await follower.untilState('stale');
      expect(follower.names).toEqual(['a']);
      expect(follower.state).toEqual({
        state: 'stale',
        message: expect.stringMatching(/^Service cannot be read: /),
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      });
      server.put(service('b'));
      await server.comeBack();
      await follower.untilState('read');
      await follower.untilNames('a', 'b');
    });

    it('says forbidden by the rule that is missing, and shows nothing that it may no longer read', async () => {
      server.put(service('a'));
      follow();
      await follower.untilState('read');
      server.forbidden.add(SERVICE);
      server.endWatches();
      await follower.untilState('forbidden');
      expect(follower.names).toEqual([]);
      expect(follower.state).toEqual({
        state: 'forbidden',
        message: expect.stringContaining(
          '{"apiGroups":[""],"resources":["services"],"verbs":["get","list","watch"]}',
        ),
      });
      server.forbidden.delete(SERVICE);
      await follower.untilState('read');
      expect(follower.names).toEqual(['a']);
    });
  });

  it('reads long lists page by page, each object once', async () => {
    server.watchListServed = false;
    const names = Array.from({ length: 1201 }, (_, i) => `s${i}`).sort();
    names.forEach(name => server.put(service(name)));
    follow();
    await follower.untilState('read');
    expect(follower.names).toEqual(names);
    expect(requests('limit=500')).toBe(3);
  });

  it('begins a list anew when its continuation has expired', async () => {
    server.watchListServed = false;
    for (let i = 0; i < 501; i++) {
      server.put(service(`s${i}`));
    }
    const first = server.nextRequest(({ query }) => query.has('limit'));
    follow();
    await first;
    server.forgetHistory();
    await follower.untilState('read');
    expect(follower.names).toHaveLength(501);
    expect(requests('continue=')).toBe(2);
  });

  it('goes on from a bookmark', async () => {
    server.put(service('a'));
    follow();
    await follower.untilState('read');
    server.send(SERVICE, bookmark(SERVICE, 4711).trim());
    const renewed = server.nextRequest(({ query }) =>
      query.has('resourceVersion'),
    );
    server.endWatches();
    expect((await renewed).query.get('resourceVersion')).toBe('4711');
  });

  it('says unreachable where it never read anything', async () => {
    server.failing = 503;
    follow();
    await follower.untilState('unreachable');
    expect(follower.state).toMatchObject({
      message: 'Service cannot be read: the API server answered 503: It fails',
    });
    server.failing = undefined;
    await follower.untilState('read');
  });

  it('says that its credentials are not accepted', async () => {
    server.token = 'secret';
    follow();
    await follower.untilState('unreachable');
    expect(follower.state).toMatchObject({
      message: expect.stringContaining('does not accept the credentials'),
    });
  });

  it.each([
    ['text', 'hello'],
    ['an unknown error', '{"type":"ERROR","object":{}}'],
    ['an unknown type', '{"type":"MOVED","object":{}}'],
    ['an event without object', '{"type":"DELETED","object":{}}'],
  ])('resumes after %s in a watch', async (_, line) => {
    server.put(service('a'));
    follow();
    await follower.untilState('read');
    server.send(SERVICE, line);
    await follower.untilState('stale');
    await follower.untilState('read');
    server.put(service('b'));
    await follower.untilNames('a', 'b');
    expect(follower.states).toHaveLength(3);
  });

  it('gives up a watch when told that the cluster is silent', async () => {
    server.put(service('a'));
    follow();
    await follower.untilState('read');
    server.failing = 500;
    follower.reflector.interrupt(new ClusterUnreachableError('no answer'));
    await follower.untilState('stale');
    server.failing = undefined;
    follower.reflector.retry();
    await follower.untilState('read');
    expect(follower.states.map(({ state }) => state)).toEqual([
      'read',
      'stale',
      'read',
    ]);
  });

  it('asks for watches of at most the configured length, spread', async () => {
    follow({ watchTimeoutMs: 100_000 });
    await follower.untilState('read');
    expect(server.seen[0].query.get('timeoutSeconds')).toBe('90');
    expect(server.seen[0].query.get('allowWatchBookmarks')).toBe('true');
  });
});
