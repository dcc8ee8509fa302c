import { clusterOf } from '../../__testUtils__/cluster';
import { KindId } from '../../kubernetes/kinds';
import { MeshLinks } from '../../mesh/MeshLinks';
import { istio as ISTIO_MESH } from '../adapter';
import { meshSettings, istio, pod, service } from '../__testUtils__/istio';
import { clusterSeenBy } from './clusterSeenBy';

const CART = 'cart.shop.svc.cluster.local';
const named = (name: string) =>
  meshSettings(`defaultConfig: { meshId: ${name} }`);

function cart(
  own: string,
  peer: string,
  options: { subset?: string; forbidden?: KindId[]; peerMesh?: string } = {},
) {
  const { subset, forbidden, peerMesh = 'one' } = options;
  const [snapshot] = MeshLinks.create([ISTIO_MESH]).link([
    clusterOf(named('one') + own, { name: 'east' }),
    clusterOf(named(peerMesh) + peer, { name: 'west', forbidden }),
  ]);
  const found = clusterSeenBy(
    snapshot,
    { host: CART, port: 80, ...(subset && { subset }) },
    { proxy: 'sidecar', namespace: 'web', labels: {} },
  );
  if (found.state !== 'present') {
    throw new TypeError(`There is no cluster: ${JSON.stringify(found)}`);
  }
  return {
    ...found,
    places: found.endpoints?.map(({ address, cluster, mtls }) =>
      [cluster ?? 'own', address, mtls?.value].join(' '),
    ),
  };
}

const OWN = pod('cart', { ip: '10.1.0.1', labels: 'version: v1' });
const THERE = pod('cart', { ip: '10.2.0.1', labels: 'version: v2' });

describe('the endpoints of a service whose mesh spans clusters', () => {
  it('are those of both', () => {
    expect(cart(OWN + service('cart'), THERE + service('cart')).places).toEqual(
      ['own 10.1.0.1:8080 true', 'west 10.2.0.1:8080 true'],
    );
  });

  it('are the own ones alone, where the mesh keeps the host to its cluster', () => {
    const kept = meshSettings(
      `defaultConfig: { meshId: one }\nserviceSettings: [{ settings: { clusterLocal: true }, hosts: ["${CART}"] }]`,
    );
    const [snapshot] = MeshLinks.create([ISTIO_MESH]).link([
      clusterOf(kept + OWN + service('cart'), { name: 'east' }),
      clusterOf(named('one') + THERE + service('cart'), { name: 'west' }),
    ]);
    const found = clusterSeenBy(
      snapshot,
      { host: CART, port: 80 },
      { proxy: 'sidecar', namespace: 'web', labels: {} },
    );
    expect(found).toMatchObject({ endpoints: [{ address: '10.1.0.1:8080' }] });
  });

  it('are those of the other alone, where the own cluster has no pods', () => {
    expect(cart(service('cart'), THERE + service('cart')).places).toEqual([
      'west 10.2.0.1:8080 true',
    ]);
  });

  it.each([
    ['a cluster of another mesh', THERE + service('cart'), 'two'],
    ['no Service there', THERE, 'one'],
    [
      'a port of another name there',
      THERE + service('cart', { ports: '{ name: grpc, port: 80 }' }),
      'one',
    ],
  ])('are the own: %s', (_, peer, peerMesh) => {
    const { places, partial } = cart(OWN + service('cart'), peer, { peerMesh });
    expect(places).toEqual(['own 10.1.0.1:8080 true']);
    expect(partial).toEqual([]);
  });

  it('have the labels of a subset wherever they are', () => {
    expect(
      cart(
        OWN +
          service('cart') +
          istio(
            'DestinationRule',
            'cart',
            '{ host: cart, subsets: [{ name: v2, labels: { version: v2 } }] }',
          ),
        THERE + service('cart'),
        { subset: 'v2' },
      ).places,
    ).toEqual(['west 10.2.0.1:8080 true']);
  });

  it('are judged by the policies of the own cluster alone', () => {
    const disable = istio(
      'PeerAuthentication',
      'cart',
      '{ selector: { matchLabels: { app: cart } }, mtls: { mode: DISABLE } }',
    );
    expect(
      cart(service('cart'), THERE + service('cart') + disable).places,
    ).toEqual(['west 10.2.0.1:8080 true']);
    expect(
      cart(service('cart') + disable, THERE + service('cart')).places,
    ).toEqual(['west 10.2.0.1:8080 false']);
  });

  it('are said to be a part where the other cluster cannot be read', () => {
    const { places, partial } = cart(OWN + service('cart'), '', {
      forbidden: ['Service'],
    });
    expect(places).toEqual(['own 10.1.0.1:8080 true']);
    expect(partial).toEqual([
      expect.objectContaining({ text: expect.stringContaining('west') }),
    ]);
  });
});
