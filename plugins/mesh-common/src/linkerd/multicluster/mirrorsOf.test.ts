import { MeshLinks } from '../../mesh/MeshLinks';
import { clusterOf } from '../__testUtils__/cluster';
import { linkerd } from '../adapter';
import { gateway, mirror } from '../walk/__testUtils__/clusters';
import { mirrorsOf } from './mirrorsOf';

const FEDERATED = mirror('carts', {
  labels: {},
  annotations: {
    'multicluster.linkerd.io/remote-discovery': 'cart@east,cart@north',
    'multicluster.linkerd.io/local-discovery': 'cart',
  },
});

describe('mirrorsOf', () => {
  const [west] = MeshLinks.create([linkerd]).link([
    clusterOf(mirror('cart-east') + FEDERATED + gateway(), { name: 'west' }),
    clusterOf(gateway(), { name: 'east' }),
  ]);

  it.each([
    ['all that stand for it', 'east', 'cart', ['cart-east', 'carts']],
    ['none of another Service', 'east', 'web', []],
    ['none of a cluster that is not known', 'north', 'cart', []],
    ['none of its own cluster', 'west', 'cart', []],
  ])('finds %s', (_, cluster, name, expected) => {
    expect(
      mirrorsOf(west, { cluster, namespace: 'shop', name }).map(
        ({ metadata }) => metadata.name,
      ),
    ).toEqual(expected);
  });
});
