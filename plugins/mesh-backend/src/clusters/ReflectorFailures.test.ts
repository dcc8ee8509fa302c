import { Follower, serviceWith, SERVICE } from '../__testUtils__/Follower';
import { bookmark } from '../__testUtils__/fakeApi';
import { FakeApiServer } from '../__testUtils__/FakeApiServer';
import { ClusterUnreachableError } from './ClusterTransport';

describe('Reflector, when things go wrong', () => {
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

  it('reads long lists page by page, each object once', async () => {
    server.watchListServed = false;
    const names = Array.from({ length: 1201 }, (_, i) => `s${i}`).sort();
    names.forEach(name => server.put(serviceWith(name)));
    follow();
    await follower.untilState('read');
    expect(follower.names).toEqual(names);
    expect(requests('limit=500')).toBe(3);
  });

  it('begins a list anew when its continuation has expired', async () => {
    server.watchListServed = false;
    for (let i = 0; i < 501; i++) {
      server.put(serviceWith(`s${i}`));
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
    server.put(serviceWith('a'));
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
    server.put(serviceWith('a'));
    follow();
    await follower.untilState('read');
    const renewed = server.nextRequest(({ query }) =>
      query.has('resourceVersion'),
    );
    server.send(SERVICE, line);
    await renewed;
    server.put(serviceWith('b'));
    await follower.untilNames('a', 'b');
    // One failure in passing is not worth telling.
    expect(follower.states).toEqual([{ state: 'read' }]);
  });

  it('gives up a watch when told that the cluster is silent', async () => {
    server.put(serviceWith('a'));
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
