import { clusterOf } from '../../../__testUtils__/cluster';
import { istio, ISTIO, pod, service } from '../../__testUtils__/istio';
import { servicesOfHost } from '../../meshServices';
import { aliasesOf } from './aliases';
import { domainsOf } from './domains';
import { resolvedAddress } from './resolve';

const EVERYTHING = {
  bindsToPort: false,
  hosts: [{ namespace: '*', host: '*', excluded: false }],
};
const alias = (name: string, target: string) =>
  service(name, { spec: `type: ExternalName\n  externalName: ${target}` });

const SNAPSHOT = clusterOf(
  ISTIO +
    service('cart') +
    service('fresh').replace('clusterIP: 10.0.0.1', '') +
    pod('peers', { ip: '10.1.0.7' }) +
    service('peers').replace('clusterIP: 10.0.0.1', 'clusterIP: None') +
    alias('basket', 'cart.shop.svc.cluster.local') +
    alias('trolley', 'basket.shop.svc.cluster.local') +
    alias('elsewhere', 'x.example.com') +
    alias('round', 'about.shop.svc.cluster.local') +
    alias('about', 'round.shop.svc.cluster.local') +
    istio(
      'ServiceEntry',
      'bank',
      '{ hosts: [bank.example.com], addresses: [192.0.2.0/24, 192.0.2.7/32], ports: [{ number: 80, protocol: HTTP }] }',
    ),
);

function named(host: string) {
  const [found] = servicesOfHost(SNAPSHOT, host);
  if (!found) {
    throw new TypeError(`There is no ${host}`);
  }
  return found;
}

describe('the names of services', () => {
  it.each([
    [
      'cart.shop.svc.cluster.local',
      'shop',
      ['cart.shop.svc.cluster.local', '10.0.0.1'],
      ['cart.shop.svc.cluster.local.', 'cart', 'cart.shop', 'cart.shop.svc'],
    ],
    [
      'cart.shop.svc.cluster.local',
      'web',
      ['cart.shop.svc.cluster.local', '10.0.0.1'],
      ['cart.shop.svc.cluster.local.', 'cart.shop', 'cart.shop.svc'],
    ],
    [
      'peers.shop.svc.cluster.local',
      'web',
      [
        'peers.shop.svc.cluster.local',
        '*.peers.shop.svc.cluster.local',
        '*.peers.shop.svc.cluster.local.',
        '*.peers.shop',
        '*.peers.shop.svc',
      ],
      ['peers.shop.svc.cluster.local.', 'peers.shop', 'peers.shop.svc'],
    ],
    [
      'bank.example.com',
      'web',
      ['bank.example.com', '192.0.2.0/24', '192.0.2.7'],
      ['bank.example.com.'],
    ],
  ])('of %s in %s', (host, namespace, names, forms) => {
    expect(domainsOf(SNAPSHOT, named(host), [], namespace)).toEqual({
      names,
      forms,
    });
  });

  it('are those of its aliases too', () => {
    const cart = named('cart.shop.svc.cluster.local');
    const aliases = aliasesOf(SNAPSHOT, EVERYTHING, cart);
    expect([...aliases].sort()).toEqual([
      'basket.shop.svc.cluster.local',
      'trolley.shop.svc.cluster.local',
    ]);
    expect(domainsOf(SNAPSHOT, cart, aliases, 'web').forms).toContain(
      'trolley.shop',
    );
    const only = { ...EVERYTHING, hosts: [] };
    expect(aliasesOf(SNAPSHOT, only, cart)).toEqual([]);
  });
});

describe('resolvedAddress', () => {
  it.each([
    ['cart', 'shop', '10.0.0.1'],
    ['cart', 'web', undefined],
    ['cart.shop', 'web', '10.0.0.1'],
    ['cart.shop.svc.cluster.local.', 'web', '10.0.0.1'],
    ['peers.shop', 'web', '10.1.0.7'],
    ['fresh.shop', 'web', 'fresh.shop.svc.cluster.local'],
    ['bank.example.com', 'web', '192.0.2.7'],
    ['trolley.shop', 'web', '10.0.0.1'],
    ['round.shop', 'web', undefined],
    ['elsewhere.shop', 'web', undefined],
    ['192.0.2.9', 'web', '192.0.2.9'],
    ['other.example.com', 'web', undefined],
  ])('of %s in %s is %s', (host, namespace, expected) => {
    expect(resolvedAddress(SNAPSHOT, host, namespace, 80)).toBe(expected);
  });
});
