import { REVIEWS, startShopMesh } from '../__testUtils__/shopMesh';
import { StartedMesh, Who } from '../__testUtils__/startMesh';

describe('objects that answers name', () => {
  let shop: Awaited<ReturnType<typeof startShopMesh>>;
  let mesh: StartedMesh;

  beforeAll(async () => {
    shop = await startShopMesh();
    ({ mesh } = shop);
  });

  afterAll(async () => {
    await shop?.stop();
  });

  function object(
    who: Who,
    kind: string,
    namespace: string | undefined,
    name: string,
    more = '',
  ) {
    const query = new URLSearchParams({
      cluster: 'east',
      kind,
      ...(namespace && { objectNamespace: namespace }),
      objectName: name,
    });
    return mesh.get(who, `${REVIEWS}/object?${query}${more}`);
  }

  it.each([
    [
      'of a reason',
      'security.istio.io/PeerAuthentication',
      'shop',
      'default',
      true,
    ],
    [
      'that routes',
      'networking.istio.io/VirtualService',
      'shop',
      'reviews',
      true,
    ],
    ['that is its workload', 'apps/Deployment', 'shop', 'reviews', false],
    ['that is its Service', 'Service', 'shop', 'reviews', false],
    ['of a finding', 'Pod', 'shop', 'reviews-abc-1', false],
  ])('shows one %s', async (_, kind, namespace, name, complete) => {
    const { status, body } = await object('reader', kind, namespace, name);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: { cluster: 'east', kind, namespace, name },
      content: { metadata: { namespace, name } },
      complete,
    });
  });

  it.each([
    ['of a neighbour', 'apps/Deployment', 'front', 'page'],
    [
      'that only a hidden client is decided by',
      'networking.istio.io/DestinationRule',
      'vault',
      'plain',
    ],
    [
      'of another workload in the namespace',
      'apps/Deployment',
      'shop',
      'bystander',
    ],
    ['that is no kind of ours', 'Secret', 'shop', 'default'],
    ['that is not there', 'Service', 'shop', 'missing'],
  ])(
    'shows none %s, and does not tell whether it is there',
    async (_, kind, namespace, name) => {
      const { status, body } = await object('reader', kind, namespace, name);
      expect(status).toBe(404);
      expect(body.error.message).toBe(
        `No answer about component:default/reviews names ${kind} ${namespace}/${name} of the cluster east, or it is no longer there`,
      );
    },
  );

  it('shows what decides for a client to who may see that', async () => {
    const rule = [
      'networking.istio.io/DestinationRule',
      'vault',
      'plain',
    ] as const;
    expect((await object('admin', ...rule)).status).toBe(200);
  });

  it('shows what a routing answer names from the place that it was asked for', async () => {
    const rule = [
      'networking.istio.io/VirtualService',
      'front',
      'from-here',
    ] as const;
    expect((await object('reader', ...rule)).status).toBe(404);
    expect((await object('reader', ...rule, '&from=front')).status).toBe(200);
  });
});
