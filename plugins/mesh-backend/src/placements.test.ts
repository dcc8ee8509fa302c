import { FakeApiServer } from './__testUtils__/FakeApiServer';
import { component, startShop } from './__testUtils__/shop';
import { StartedMesh } from './__testUtils__/startMesh';

describe('placements and identities', () => {
  let east: FakeApiServer;
  let mesh: StartedMesh;

  beforeAll(async () => {
    east = await startShop();
    mesh = await StartedMesh.start({
      entities: [component('reviews'), component('secret')],
      mayRead: (who, ref) =>
        who === 'reader' && ref === 'component:default/reviews',
      clusters: { east },
    });
    await mesh.untilClusters({ east: 'synced' });
  });

  afterAll(async () => {
    await mesh?.stop();
    await east?.stop();
  });

  const namespaces = async (
    who: 'admin' | 'reader' | 'stranger',
    query = '',
  ) => {
    const { placements } = await mesh.body(who, `/placements${query}`);
    return placements.map(
      ({ cluster, namespace }: { cluster: string; namespace: string }) =>
        `${cluster}/${namespace}`,
    );
  };

  it('lists all namespaces to who may read the fleet', async () => {
    expect(await namespaces('admin')).toEqual(
      ['crypt', 'fake-system', 'front', 'shop', 'vault'].map(
        name => `east/${name}`,
      ),
    );
    expect(await namespaces('admin', '?namespace=shop')).toEqual(['east/shop']);
    expect(await namespaces('admin', '?cluster=west')).toEqual([]);
  });

  it('lists to others the namespaces where an entity runs that they may read', async () => {
    expect(await namespaces('reader')).toEqual(['east/shop']);
    expect(await namespaces('reader', '?namespace=vault')).toEqual([]);
    expect(await namespaces('stranger')).toEqual([]);
  });

  it('says what the mesh says of a new pod', async () => {
    const { placements } = await mesh.body(
      'admin',
      '/placements?namespace=shop',
    );
    expect(placements).toEqual([
      {
        cluster: 'east',
        namespace: 'shop',
        mode: {
          value: 'none',
          reasons: [{ rule: 'fake/enrolment', text: 'By its containers' }],
        },
      },
    ]);
  });

  it('says which of the objects that are asked for are there, in namespaces that the reader may know of', async () => {
    const query =
      '?objects=Service/reviews,Service/none,ServiceAccount/none,LimitRange/reviews';
    const { placements } = await mesh.body('reader', `/placements${query}`);
    expect(placements).toMatchObject([
      {
        namespace: 'shop',
        planned: [
          { kind: 'Service', name: 'reviews', state: 'exists' },
          { kind: 'Service', name: 'none', state: 'absent' },
          { kind: 'ServiceAccount', name: 'none', state: 'absent' },
          {
            kind: 'LimitRange',
            state: 'unknown',
            why: 'The portal does not read LimitRange objects',
          },
        ],
      },
    ]);
    expect(
      (await mesh.body('stranger', `/placements${query}`)).placements,
    ).toEqual([]);
  });

  it('tells under which accounts the pods of an entity run', async () => {
    const { identities, clusters } = await mesh.body(
      'reader',
      '/entities/component/default/reviews/identities',
    );
    expect(clusters).toMatchObject([{ name: 'east', status: 'synced' }]);
    expect(identities).toEqual([
      {
        cluster: 'east',
        namespace: 'shop',
        serviceAccount: 'reviews',
        mesh: 'fake',
        mode: 'sidecar',
        identity: 'shop/reviews',
        pods: expect.any(Number),
        workloads: [expect.objectContaining({ name: 'reviews' })],
      },
    ]);
  });
});
