import { WalkRouteAnswer } from 'backstage-plugin-mesh-common';
import { REVIEWS, startShopMesh } from '../__testUtils__/shopMesh';
import { Who } from '../__testUtils__/startMesh';

const PAGE = { namespace: 'front', kind: 'Deployment', name: 'page' };

function queryOf(changes: object = {}): string {
  return JSON.stringify({
    cluster: 'east',
    from: PAGE,
    host: 'reviews.shop',
    port: 8080,
    ...changes,
  });
}

describe('the walk of a request to an entity', () => {
  let shop: Awaited<ReturnType<typeof startShopMesh>>;

  beforeAll(async () => {
    shop = await startShopMesh();
  });

  afterAll(() => shop.stop());

  const path = (request: string) =>
    `${REVIEWS}/walk?${new URLSearchParams({ request })}`;
  const answer = (who: Who, changes?: object): Promise<WalkRouteAnswer> =>
    shop.mesh.body(who, path(queryOf(changes)));
  const status = async (who: Who, request: string) =>
    (await shop.mesh.get(who, path(request))).status;

  it('says what becomes of it', async () => {
    const { walk, cluster } = await answer('admin');
    expect(cluster.name).toBe('east');
    expect(walk.outcome.value).toBe('delivered');
    expect(walk.request).toMatchObject({ host: 'reviews.shop', method: 'GET' });
    expect(walk.summary).toContain('nowhere/nobody');
    expect((await answer('admin', { method: 'POST' })).walk.outcome.value).toBe(
      'denied',
    );
  });

  it('hides names in rules, and workloads, that the reader may not see', async () => {
    const { walk } = await answer('reader');
    expect(JSON.stringify(walk)).not.toContain('ghost');
    expect(walk.summary).toContain('an identity that you may not see');
    const elsewhere = await answer('reader', { path: '/other' });
    expect(elsewhere.hiddenWorkloads).toBe(1);
    expect(elsewhere.walk.branches[0].workloads).toHaveLength(1);
    expect(elsewhere.walk.branches[0].steps[0].reasons).toEqual([]);
    expect(JSON.stringify(elsewhere)).not.toContain('secret');
  });

  it.each<[string, Who, object, number]>([
    [
      'a client that nobody has',
      'admin',
      { from: { ...PAGE, name: 'nobody' } },
      400,
    ],
    [
      'a client of its own',
      'reader',
      { from: { ...PAGE, namespace: 'shop', name: 'reviews' } },
      200,
    ],
    [
      'a client that the reader may not see',
      'reader',
      { from: { ...PAGE, namespace: 'vault', name: 'secret' } },
      400,
    ],
    [
      'a client that only readers of the fleet may see',
      'reader',
      { from: { ...PAGE, namespace: 'crypt', name: 'ghost' } },
      400,
    ],
    [
      'the same for one of them',
      'admin',
      { from: { ...PAGE, namespace: 'crypt', name: 'ghost' } },
      200,
    ],
    ['a host of others', 'admin', { host: 'page.front' }, 400],
    ['another cluster', 'admin', { cluster: 'west' }, 400],
    ['a path with a space', 'admin', { path: '/a b' }, 400],
    ['credentials', 'admin', { headers: { Authorization: 'Bearer x' } }, 400],
    ['a long header', 'admin', { headers: { x: 'a'.repeat(2000) } }, 400],
    ['something else', 'admin', { body: 'x' }, 400],
  ])('%s, for %s: %j is %s', async (_, who, changes, expected) => {
    expect(await status(who, queryOf(changes))).toBe(expected);
  });

  it('refuses what is no JSON, and nobody in particular', async () => {
    expect(await status('admin', '{{')).toBe(400);
    expect(await status('nobody', queryOf())).toBe(401);
    expect(await status('stranger', queryOf())).toBe(404);
  });

  it('opens the objects that it names', async () => {
    const query = new URLSearchParams({
      cluster: 'east',
      kind: 'security.istio.io/AuthorizationPolicy',
      objectNamespace: 'shop',
      objectName: 'reviews',
      walk: queryOf(),
    });
    const { object } = await shop.mesh.body(
      'admin',
      `${REVIEWS}/object?${query}`,
    );
    expect(object.name).toBe('reviews');
  });
});
