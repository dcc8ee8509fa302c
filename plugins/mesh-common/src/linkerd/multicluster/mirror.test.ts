import { clusterOf } from '../__testUtils__/cluster';
import { mirror } from '../walk/__testUtils__/clusters';
import { Mirror, mirrorOf } from './mirror';

const MIRRORED = {
  'mirror.linkerd.io/mirrored-service': 'true',
  'mirror.linkerd.io/cluster-name': 'east',
};
const ofName = (name: string) => ({
  'mirror.linkerd.io/remote-svc-fq-name': name,
});

function found(options: Parameters<typeof mirror>[1]): Mirror | null {
  const [service] = clusterOf(mirror('cart-east', options)).list('Service');
  return mirrorOf(service) ?? null;
}

describe('mirrorOf', () => {
  it.each<[string, Parameters<typeof mirror>[1], object | null]>([
    [
      'the name that is written',
      {
        labels: MIRRORED,
        annotations: ofName('basket.shop.svc.cluster.local'),
      },
      {
        by: 'gateway',
        of: { cluster: 'east', namespace: 'shop', name: 'basket' },
      },
    ],
    [
      'its own name without the cluster',
      { labels: MIRRORED, annotations: {} },
      {
        by: 'gateway',
        of: { cluster: 'east', namespace: 'shop', name: 'cart' },
      },
    ],
    [
      'a pod of a Service without an address',
      {
        labels: MIRRORED,
        annotations: ofName('cart-0.cart.shop.svc.cluster.local'),
      },
      {
        by: 'gateway',
        of: { cluster: 'east', namespace: 'shop', name: 'cart', pod: 'cart-0' },
      },
    ],
    [
      'no Service, but the gateway itself, that probes ask for',
      {
        labels: { ...MIRRORED, 'mirror.linkerd.io/mirrored-gateway': 'true' },
      },
      null,
    ],
    [
      'endpoints of another cluster',
      {
        labels: {
          ...MIRRORED,
          'multicluster.linkerd.io/remote-discovery': 'east',
          'multicluster.linkerd.io/remote-service': 'cart',
        },
      },
      {
        by: 'endpoints',
        isFederated: false,
        of: [{ cluster: 'east', namespace: 'shop', name: 'cart' }],
      },
    ],
    [
      'members, of which those that are not written so do not count',
      {
        annotations: {
          'multicluster.linkerd.io/remote-discovery': 'cart@east,cart,a@b@c',
          'multicluster.linkerd.io/local-discovery': 'cart',
        },
      },
      {
        by: 'endpoints',
        isFederated: true,
        of: [
          { namespace: 'shop', name: 'cart' },
          { cluster: 'east', namespace: 'shop', name: 'cart' },
        ],
      },
    ],
    ['nothing', { labels: {}, annotations: {} }, null],
  ])('is %s', (_, options, expected) => {
    expect({ mirror: found(options) }).toMatchObject({ mirror: expected });
  });
});
