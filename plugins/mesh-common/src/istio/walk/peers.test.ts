import { clusterOf } from '../../__testUtils__/cluster';
import { walkRequestSchema } from '../../contract/schemas/walk';
import { KindId } from '../../kubernetes/kinds';
import { MESHES } from '../../mesh/meshes';
import { MeshLinks } from '../../mesh/MeshLinks';
import { requestWalk } from '../../mesh/requestWalk';
import { istio, meshSettings, pod, service } from '../__testUtils__/istio';

const MESH = meshSettings('defaultConfig: { meshId: one }');
const web = (mode?: 'none') => pod('web', { ip: '10.1.0.1', mode });
const CART = pod('cart', { ip: '10.2.0.1' }) + service('cart');
const deny = istio('AuthorizationPolicy', 'nobody', '{ }');

function walked(
  own: string,
  there: string,
  { mesh = MESH, forbidden = [] as KindId[], host = 'cart' } = {},
) {
  const [snapshot] = MeshLinks.create(MESHES).link([
    clusterOf(mesh + own, { name: 'east' }),
    clusterOf(MESH + there, { name: 'west', forbidden }),
  ]);
  return requestWalk(
    snapshot,
    walkRequestSchema.parse({
      from: {
        workload: {
          cluster: 'east',
          namespace: 'shop',
          kind: 'Pod',
          name: 'web-1',
        },
      },
      host,
      port: 80,
    }),
    MESHES,
  );
}

describe('a request to a service of a mesh that spans clusters', () => {
  it('ends at workloads of the other cluster', () => {
    const { outcome, branches } = walked(web() + service('cart'), CART);
    expect(outcome.value).toBe('delivered');
    expect(branches).toMatchObject([
      {
        endpoints: { ready: 1, total: 1 },
        sends: 'mtls',
        workloads: [{ cluster: 'west', name: 'cart-1' }],
      },
    ]);
  });

  it('is let in or not by the policies beside the server', () => {
    expect(walked(web() + service('cart'), CART + deny)).toMatchObject({
      outcome: { value: 'denied' },
      status: 403,
      branches: [
        {
          steps: expect.arrayContaining([
            expect.objectContaining({
              step: 'authorization',
              reasons: expect.arrayContaining([
                expect.objectContaining({
                  object: expect.objectContaining({ cluster: 'west' }),
                }),
              ]),
            }),
          ]),
        },
      ],
    });
    expect(walked(web() + service('cart') + deny, CART).outcome.value).toBe(
      'delivered',
    );
  });

  it('depends on which endpoint is picked where the clusters differ', () => {
    const own = pod('cart', { ip: '10.1.0.2' }) + service('cart');
    expect(walked(web() + own, CART + deny).outcome.value).toBe('depends');
  });

  it('stays on its cluster without a proxy', () => {
    expect(walked(web('none') + service('cart'), CART)).toMatchObject({
      outcome: { value: 'failed' },
      branches: [{ endpoints: { total: 0 } }],
    });
  });

  it('says where one that is away may have more', () => {
    const own = web() + pod('cart', { ip: '10.1.0.2' }) + service('cart');
    const { outcome } = walked(own, CART, { forbidden: ['Pod'] });
    expect(outcome).toMatchObject({
      value: 'delivered',
      mayDiffer: [
        { text: expect.stringMatching(/cluster west.*are not known/) },
      ],
    });
  });

  it('is not known where only one that is away could have an endpoint', () => {
    const { outcome } = walked(web() + service('cart'), CART, {
      forbidden: ['Pod'],
    });
    expect(outcome.value).toBe('unknown');
  });
});

describe('a service that only another cluster of the mesh has', () => {
  const CAPTURE = meshSettings(
    'defaultConfig: { meshId: one, proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" } }',
  );

  it('is reached by a client whose proxy answers its DNS', () => {
    const { outcome, branches, steps } = walked(web(), CART, {
      mesh: CAPTURE,
    });
    expect(steps[0].text).toBe(
      'cart.shop.svc.cluster.local (Service shop/cart of the cluster west)',
    );
    expect(outcome.value).toBe('delivered');
    expect(branches).toMatchObject([
      { sends: 'mtls', workloads: [{ cluster: 'west', name: 'cart-1' }] },
    ]);
  });

  it.each<[string, string, string]>([
    ['whose proxy does not', web(), 'failed'],
    ['without proxy', web('none'), 'failed'],
    [
      'in ambient mode',
      pod('web', { ip: '10.1.0.1', mode: 'ambient' }),
      'unknown',
    ],
  ])('is no name to a client %s', (_, own, expected) => {
    expect(walked(own, CART).outcome.value).toBe(expected);
  });

  it('gets what a route sends there', () => {
    const route = istio(
      'VirtualService',
      'front',
      '{ hosts: [front], http: [{ route: [{ destination: { host: cart } }] }] }',
    );
    expect(
      walked(web() + service('front') + route, CART, { host: 'front' }),
    ).toMatchObject({
      outcome: { value: 'delivered' },
      branches: [{ workloads: [{ cluster: 'west', name: 'cart-1' }] }],
    });
  });

  it('is not known where the cluster is away', () => {
    const away = { forbidden: ['Service'] as KindId[] };
    expect(walked(web(), CART, away).outcome.value).toBe('failed');
    expect(walked(web(), CART, { ...away, mesh: CAPTURE }).outcome.value).toBe(
      'unknown',
    );
  });

  it('is none that each cluster has for itself', () => {
    const dns = service('dns', { namespace: 'kube-system' });
    expect(
      walked(web(), dns, {
        mesh: CAPTURE,
        host: 'dns.kube-system.svc.cluster.local',
      }).outcome.value,
    ).toBe('failed');
  });
});
