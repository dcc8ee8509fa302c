import { clusterOf } from '../../__testUtils__/cluster';
import { ISTIO, istio, pod, service } from '../__testUtils__/istio';
import { isAddress, placeNamed } from './names';

const snapshot = clusterOf(
  ISTIO +
    pod('cart', { ip: '10.1.0.2' }) +
    service('cart') +
    pod('db', { ip: '10.1.0.3' }) +
    service('db').replace('10.0.0.1', 'None') +
    service('far', { namespace: 'away' }).replace('10.0.0.1', '10.0.0.9') +
    istio(
      'ServiceEntry',
      'outside',
      '{ hosts: [shop.example], ports: [{ number: 80, name: http, protocol: HTTP }] }',
    ),
);

describe('placeNamed', () => {
  it.each([
    ['cart', 'shop', 'service cart.shop.svc.cluster.local'],
    ['CART', 'shop', 'service cart.shop.svc.cluster.local'],
    [
      'cart.shop.svc.cluster.local.',
      'away',
      'service cart.shop.svc.cluster.local',
    ],
    ['cart.shop', 'away', 'service cart.shop.svc.cluster.local'],
    ['cart.shop.svc', 'away', 'service cart.shop.svc.cluster.local'],
    // A short name is looked for beside the client alone.
    ['cart', 'away', 'elsewhere cart'],
    ['far', 'away', 'service far.away.svc.cluster.local'],
    [
      'db-1.db.shop.svc.cluster.local',
      'away',
      'pod db-1.db.shop.svc.cluster.local',
    ],
    // Pods of a Service with an address have no names.
    [
      'cart-1.cart.shop.svc.cluster.local',
      'shop',
      'elsewhere cart-1.cart.shop.svc.cluster.local',
    ],
    ['shop.example', 'away', 'entry shop.example'],
    ['10.1.0.2', 'away', 'pod 10.1.0.2'],
    ['10.0.0.9', 'shop', 'service far.away.svc.cluster.local'],
    ['198.51.100.1', 'shop', 'elsewhere 198.51.100.1'],
    ['other.example', 'shop', 'elsewhere other.example'],
  ])('%s, from %s: %s', (host, namespace, expected) => {
    const place = placeNamed(snapshot, host, namespace);
    expect(`${place.is} ${place.host}`).toBe(expected);
  });
});

describe('isAddress', () => {
  it.each([
    ['10.0.0.1', true],
    ['2001:db8::1', true],
    ['[2001:db8::1]', true],
    ['cart', false],
    ['10.0.0.1.nip.example', false],
    ['dead.beef', false],
  ])('%s: %s', (text, expected) => {
    expect(isAddress(text)).toBe(expected);
  });
});
