import { meshedPod } from '../__testUtils__/cluster';
import { mirror, walkedFromWest } from './__testUtils__/clusters';
import {
  allow,
  CART,
  DENY,
  plainPod,
  service,
  WEB,
  WEB_IDENTITY,
} from './__testUtils__/walked';

const DISCOVERED = mirror('cart-east', {
  labels: {
    'mirror.linkerd.io/mirrored-service': 'true',
    'mirror.linkerd.io/cluster-name': 'east',
    'multicluster.linkerd.io/remote-discovery': 'east',
    'multicluster.linkerd.io/remote-service': 'cart',
  },
});
const federated = (remote: string, local?: string) =>
  mirror('cart-east', {
    labels: { 'mirror.linkerd.io/mirrored-service': 'true' },
    annotations: {
      'multicluster.linkerd.io/remote-discovery': remote,
      ...(local && { 'multicluster.linkerd.io/local-discovery': local }),
    },
  });
const OWN = meshedPod('own', { ip: '10.1.0.5' }) + service('own');

describe('a request to endpoints of another cluster', () => {
  it('comes from the client itself', () => {
    const { branches, outcome } = walkedFromWest(
      WEB + DISCOVERED,
      CART + DENY + allow(WEB_IDENTITY),
    );
    expect(outcome.value).toBe('delivered');
    expect(branches).toMatchObject([
      {
        workloads: [{ cluster: 'east', name: 'cart' }],
        sends: 'mtls',
        peerIdentity: WEB_IDENTITY,
        endpoints: { ready: 1, total: 1 },
      },
    ]);
    expect(branches[0].via).toBeUndefined();
  });

  it('is let in by the policies beside the server', () => {
    const { outcome, status } = walkedFromWest(WEB + DISCOVERED, CART + DENY);
    expect([outcome.value, status]).toEqual(['denied', 403]);
  });

  it('comes to those of all members of a federated Service', () => {
    const { branches } = walkedFromWest(
      WEB + OWN + federated('cart@east', 'own'),
      CART,
    );
    expect(branches).toMatchObject([
      {
        endpoints: { ready: 2, total: 2 },
        workloads: [
          { cluster: 'west', name: 'own' },
          { cluster: 'east', name: 'cart' },
        ],
      },
    ]);
  });

  it('depends on the member where one of them refuses', () => {
    const { outcome } = walkedFromWest(
      WEB + OWN + federated('cart@east', 'own'),
      CART + DENY,
    );
    expect(outcome.value).toBe('depends');
  });

  it('may differ where a member is not known', () => {
    const { outcome } = walkedFromWest(
      WEB + OWN + federated('cart@north,not one', 'own'),
      CART,
    );
    expect(outcome).toMatchObject({
      value: 'delivered',
      mayDiffer: [{ text: expect.stringContaining('the name north') }],
    });
  });

  it.each([
    [
      'is not known where no member is',
      WEB + federated('cart@north'),
      'unknown',
    ],
    [
      'fails for clients without a proxy, to whom nobody tells of the endpoints',
      plainPod('web', '10.1.0.1') + DISCOVERED,
      'failed',
    ],
    [
      'fails where the member has no such port',
      WEB + federated('web@east'),
      'failed',
    ],
  ])('%s', (_, west, expected) => {
    expect(walkedFromWest(west, CART).outcome.value).toBe(expected);
  });
});
