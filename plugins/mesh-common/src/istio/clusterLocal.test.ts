import { clusterOf } from '../__testUtils__/cluster';
import { meshSettings } from './__testUtils__/istio';
import { isClusterLocal } from './clusterLocal';

const settings = (...entries: string[]) =>
  `serviceSettings: [${entries.join(', ')}]`;
const local = (host: string) =>
  `{ settings: { clusterLocal: true }, hosts: ["${host}"] }`;
const shared = (host: string) =>
  `{ settings: { clusterLocal: false }, hosts: ["${host}"] }`;

const SHOP = '*.shop.svc.cluster.local';
const CART = 'cart.shop.svc.cluster.local';

it.each<[string, string, string, boolean]>([
  ['shop/cart', 'nothing', '', false],
  ['kube-system/dns', 'nothing', '', true],
  ['default/kubernetes', 'nothing', '', true],
  ['default/other', 'nothing', '', false],
  ['shop/cart', 'its host', settings(local(CART)), true],
  ['shop/cart', 'its namespace', settings(local(SHOP)), true],
  [
    'shop/cart',
    'other hosts',
    settings(local('*.other.svc.cluster.local')),
    false,
  ],
  ['shop/cart', 'all', settings(local('*')), true],
  [
    'shop/cart',
    'its namespace, but not its host',
    settings(local(SHOP), shared(CART)),
    false,
  ],
  [
    'kube-system/dns',
    'that another of its namespace is shared',
    settings(shared('other.kube-system.svc.cluster.local')),
    false,
  ],
  [
    'default/kubernetes',
    'that it is shared',
    settings(shared('kubernetes.default.svc.cluster.local')),
    false,
  ],
])('says of %s where settings name %s', (service, _, yaml, expected) => {
  const [namespace, name] = service.split('/');
  expect(
    isClusterLocal(clusterOf(meshSettings(yaml)), { namespace, name }),
  ).toBe(expected);
});
