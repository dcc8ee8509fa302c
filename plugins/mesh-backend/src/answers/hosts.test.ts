import { FakeApiServer } from '../__testUtils__/FakeApiServer';
import { istio } from '../__testUtils__/objects';
import { SHOP_ENTITIES, SHOP_RIGHTS, startShop } from '../__testUtils__/shop';
import { REVIEWS } from '../__testUtils__/shopMesh';
import { StartedMesh } from '../__testUtils__/startMesh';

const HOST = 'reviews.shop.example.com';

describe('hosts that no Service has', () => {
  let east: FakeApiServer;
  let mesh: StartedMesh;

  beforeAll(async () => {
    east = await startShop();
    east.install('networking.istio.io/ServiceEntry');
    east.put(istio('ServiceEntry', 'reviews', 'shop', { hosts: [HOST] }));
    east.put(
      istio('ServiceEntry', 'page', 'front', { hosts: ['page.example.com'] }),
    );
    mesh = await StartedMesh.start({
      entities: SHOP_ENTITIES,
      mayRead: SHOP_RIGHTS,
      clusters: { east },
    });
    await mesh.untilClusters({ east: 'synced' });
  });

  afterAll(async () => {
    await mesh.stop();
    await east.stop();
  });

  it('are told beside the Services of an entity', async () => {
    const { services } = await mesh.body('admin', `${REVIEWS}/routing`);
    expect(
      services.map(({ service, host }: { service: object; host: string }) => [
        service,
        host,
      ]),
    ).toEqual([
      [
        { cluster: 'east', namespace: 'shop', name: 'reviews' },
        'reviews.shop.svc.cluster.local',
      ],
      [
        { cluster: 'east', namespace: 'shop', name: HOST, kind: 'Hostname' },
        HOST,
      ],
    ]);
  });

  it('are seen from the place that is asked for', async () => {
    const { services } = await mesh.body(
      'admin',
      `${REVIEWS}/routing?from=front/Deployment/page`,
    );
    expect(services[1]).toMatchObject({
      seenFrom: { namespace: 'front', workload: { name: 'page' } },
      ports: [{ routing: { value: 'rules' } }],
    });
  });

  it.each([
    ['its own', HOST, 200],
    ['that of another entity', 'page.example.com', 400],
    ['one that nobody has', 'other.example.com', 400],
  ])('are asked about by requests: %s', async (_, host, expected) => {
    const request = JSON.stringify({
      cluster: 'east',
      from: { namespace: 'front', kind: 'Deployment', name: 'page' },
      host,
      port: 8080,
    });
    const { status } = await mesh.get(
      'admin',
      `${REVIEWS}/walk?${new URLSearchParams({ request })}`,
    );
    expect(status).toBe(expected);
  });

  it('can be opened as objects by who may see the entity', async () => {
    const query = new URLSearchParams({
      cluster: 'east',
      kind: 'networking.istio.io/ServiceEntry',
      objectNamespace: 'shop',
      objectName: 'reviews',
    });
    expect(
      (await mesh.get('reader', `${REVIEWS}/object?${query}`)).status,
    ).toBe(200);
  });
});
