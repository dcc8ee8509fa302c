import { clusterOf } from '../../__testUtils__/cluster';
import { walkRequestSchema } from '../../contract/schemas/walk';
import { MESHES } from '../../mesh/meshes';
import { MeshLinks } from '../../mesh/MeshLinks';
import { requestWalk } from '../../mesh/requestWalk';
import { istio, meshSettings, pod, service } from '../__testUtils__/istio';

const MESH = meshSettings('defaultConfig: { meshId: one }');
const web = (mode?: 'none') => pod('web', { ip: '10.1.0.1', mode });
const CART = pod('cart', { ip: '10.2.0.1' }) + service('cart');
const deny = istio('AuthorizationPolicy', 'nobody', '{ }');

function walked(own: string, there: string) {
  const [snapshot] = MeshLinks.create(MESHES).link([
    clusterOf(MESH + own, { name: 'east' }),
    clusterOf(MESH + there, { name: 'west' }),
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
      host: 'cart',
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
});
