import { Follower, serviceWith, SERVICE } from '../__testUtils__/Follower';
import { FakeApiServer } from '../__testUtils__/FakeApiServer';

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
      server.put(serviceWith('a'));
      server.put(serviceWith('b'));
      follow();
      await follower.untilState('read');
      expect(follower.names).toEqual(['a', 'b']);

      server.put(serviceWith('c'));
      server.delete(SERVICE, 'shop', 'a');
      await follower.untilNames('b', 'c');

      server.put(serviceWith('b', 8080));
      await follower.until(
        () =>
          follower.snapshot.get(SERVICE, 'shop', 'b')?.spec.ports[0].port ===
          8080,
      );
      expect(requests('watch=true')).toBe(watchList ? 1 : 2);
      expect(requests('limit=500')).toBe(watchList ? 0 : 1);
    });

    it('goes on from where a watch ended', async () => {
      server.put(serviceWith('a'));
      follow();
      await follower.untilState('read');
      const renewed = server.nextRequest(({ query }) =>
        query.has('resourceVersion'),
      );
      server.endWatches();
      await renewed;
      server.put(serviceWith('b'));
      await follower.untilNames('a', 'b');
      expect(follower.states).toEqual([{ state: 'read' }]);
    });

    it('reads anew when the server has forgotten where it was', async () => {
      server.put(serviceWith('a'));
      server.put(serviceWith('b'));
      follow();
      await follower.untilState('read');
      server.delete(SERVICE, 'shop', 'a');
      await follower.untilNames('b');
      await server.goDown();
      server.put(serviceWith('c'));
      server.delete(SERVICE, 'shop', 'b');
      server.forgetHistory();
      await server.comeBack();
      await follower.untilNames('c');
      await follower.untilState('read');
      expect(follower.states.at(0)).toEqual({ state: 'read' });
    });

    it('keeps a malformed object apart, and takes it back when it is mended', async () => {
      server.put(serviceWith('a'));
      server.put(serviceWith('bad', 'eighty'));
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
      server.put(serviceWith('bad', 80));
      await follower.untilNames('a', 'bad');
      expect(follower.snapshot.malformed()).toEqual([]);
      server.put({
        ...serviceWith('worse'),
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
      server.put(serviceWith('a'));
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
      server.put(serviceWith('b'));
      await server.comeBack();
      await follower.untilState('read');
      await follower.untilNames('a', 'b');
    });

    it('says forbidden by the rule that is missing, and shows nothing that it may no longer read', async () => {
      server.put(serviceWith('a'));
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
});
