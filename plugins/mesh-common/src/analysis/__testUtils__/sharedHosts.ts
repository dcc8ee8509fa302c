import { istio, pod, service } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const route = (name: string, spec: string, namespace = 'shop') =>
  istio('VirtualService', name, `{ ${spec} }`, { namespace });
const TO_CART = 'http: [{ route: [{ destination: { host: cart } }] }]';
const gateway = (name: string, hosts: string, selector = 'app: ingress') =>
  istio(
    'Gateway',
    name,
    `{ selector: { ${selector} }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [${hosts}] }] }`,
  );

export const KIA1106: Example[] = [
  {
    about: 'one host at one gateway, once by its short name',
    yaml:
      gateway('web', 'a.org') +
      route('one', `hosts: [a.org], gateways: [web], ${TO_CART}`) +
      route(
        'two',
        `hosts: [a.org], gateways: [shop/web, mesh], ${TO_CART}`,
        'other',
      ),
    finds: ['VirtualService one spec.hosts', 'VirtualService two spec.hosts'],
    says: 'at the same gateway',
  },
  {
    about: 'a gateway of the same name in another namespace',
    yaml:
      gateway('web', 'a.org') +
      gateway('web', 'a.org').replace('namespace: shop', 'namespace: other') +
      route('one', `hosts: [a.org], gateways: [web], ${TO_CART}`) +
      route('two', `hosts: [a.org], gateways: [web], ${TO_CART}`, 'other'),
    finds: [],
  },
  {
    about: 'a wildcard that covers a host in the mesh',
    yaml:
      route('one', `hosts: [cart], ${TO_CART}`) +
      route('two', `hosts: ["*.shop.svc.cluster.local"], ${TO_CART}`),
    finds: ['VirtualService one spec.hosts', 'VirtualService two spec.hosts'],
    says: 'most specific',
  },
  {
    about: 'a wildcard that other clients see',
    yaml:
      route('one', `hosts: [cart], exportTo: ["."], ${TO_CART}`) +
      route(
        'two',
        `hosts: ["*.shop.svc.cluster.local"], exportTo: ["."], ${TO_CART}`,
        'other',
      ),
    finds: [],
  },
  {
    about: 'one host in the mesh, of which another check speaks',
    yaml:
      route('one', `hosts: [cart], ${TO_CART}`) +
      route('two', `hosts: [cart], ${TO_CART}`),
    finds: [],
  },
];

export const KIA1108: Example[] = [
  {
    about: 'a gateway as a host, once in a match alone',
    yaml:
      gateway('web', 'a.org') +
      route(
        'one',
        `hosts: [a.org], gateways: [web.shop.svc.cluster.local], http: [{ match: [{ gateways: [web.shop] }], route: [{ destination: { host: cart } }] }]`,
      ),
    finds: [
      'VirtualService one spec.gateways[0]',
      'VirtualService one spec.http[0].match[0].gateways[0]',
    ],
    says: 'write shop/web',
  },
  {
    about: 'the form of today',
    yaml: route(
      'one',
      `hosts: [a.org], gateways: [shop/web, mesh], ${TO_CART}`,
    ),
    finds: [],
  },
];

export const IST0101: Example[] = [
  {
    about: 'a gateway that only a match names',
    yaml:
      service('cart') +
      route(
        'one',
        `hosts: [a.org], gateways: [mesh], http: [{ match: [{ gateways: [none] }], route: [{ destination: { host: cart } }] }]`,
      ),
    finds: ['VirtualService one spec.http[0].match[0].gateways[0]'],
    says: 'shop/none',
  },
  {
    about: 'a gateway as a host',
    yaml:
      pod('cart') +
      service('cart') +
      gateway('web', 'a.org', 'app: cart') +
      route('one', `hosts: [a.org], gateways: [web.shop.svc], ${TO_CART}`),
    finds: [],
  },
];

export const KIA0301: Example[] = [
  {
    about: 'a host twice, in other letters',
    yaml: gateway('web', 'a.org, A.org'),
    finds: [
      'Gateway web spec.servers[0].hosts[0]',
      'Gateway web spec.servers[0].hosts[1]',
    ],
    says: 'keep one',
  },
  {
    about: 'a wildcard of another Gateway',
    yaml: gateway('web', 'a.b.org') + gateway('all', '"shop/*.b.org"'),
    finds: [
      'Gateway all spec.servers[0].hosts[0]',
      'Gateway web spec.servers[0].hosts[0]',
    ],
    says: 'most specific',
  },
  {
    about: 'other pods, other namespaces, and another check’s case',
    yaml:
      gateway('web', 'one/a.org, two/a.org, b.org') +
      gateway('all', 'b.org') +
      gateway('other', '"*"', 'app: egress'),
    finds: [],
  },
];
