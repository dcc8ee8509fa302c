import { istio, pod, service } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const rule = (labels: string, host = 'cart') =>
  istio(
    'DestinationRule',
    'cart',
    `{ host: ${host}, subsets: [{ name: v1, labels: { ${labels} } }] }`,
  );
const FOUND = ['DestinationRule cart spec.subsets[0].labels'];
const V1 = pod('cart', { labels: 'version: v1' });
const node = (zone: string) => `
---
apiVersion: v1
kind: Node
metadata: { name: n, labels: { topology.kubernetes.io/zone: ${zone} } }
`;
const ON_NODE = V1.replace('spec:', 'spec:\n  nodeName: n');
const DB = 'db.data.svc.cluster.local';
const PRIVATE_DB = service('db', {
  namespace: 'data',
  annotations: 'networking.istio.io/exportTo: "."',
});
const IN_A = 'version: v1, topology.kubernetes.io/zone: a';

export const IST0173: Example[] = [
  {
    about: 'no pod',
    yaml: service('cart') + V1 + rule('version: v2'),
    finds: FOUND,
    says: 'version=v2',
  },
  {
    about: 'a pod',
    yaml: service('cart') + V1 + rule('version: v1'),
    finds: [],
  },
  {
    about: 'a pod on a node of another zone',
    yaml: service('cart') + ON_NODE + node('b') + rule(IN_A),
    finds: FOUND,
  },
  {
    about: 'a pod on a node of the zone',
    yaml: service('cart') + ON_NODE + node('a') + rule(IN_A),
    finds: [],
  },
  {
    about: 'nodes that are not known',
    yaml: service('cart') + ON_NODE + rule(IN_A),
    finds: [],
  },
  {
    about: 'a pod of another namespace',
    yaml:
      service('cart') +
      pod('cart', { namespace: 'web', labels: 'version: v1' }) +
      rule('version: v1'),
    finds: FOUND,
  },
  {
    about: 'a pod that is none of the Service',
    yaml:
      service('cart') +
      pod('other', { labels: 'version: v1' }) +
      rule('version: v1'),
    finds: FOUND,
  },
  {
    about: 'a Service without selector, whose endpoints are not known',
    yaml:
      service('cart').replace('selector: { app: cart }', '') +
      rule('version: v1'),
    finds: [],
  },
  {
    about: 'endpoints that a ServiceEntry lists',
    yaml:
      istio(
        'ServiceEntry',
        'cart',
        '{ hosts: [cart.org], endpoints: [{ address: a.org, labels: { version: v2 } }] }',
      ) + rule('version: v1', 'cart.org'),
    finds: FOUND,
  },
  {
    about: 'workloads of a ServiceEntry',
    yaml:
      V1 +
      istio(
        'ServiceEntry',
        'cart',
        '{ hosts: [cart.org], workloadSelector: { labels: { app: other } } }',
      ) +
      rule('version: v1', 'cart.org'),
    finds: FOUND,
  },
  {
    about: 'a machine of a ServiceEntry',
    yaml:
      istio('WorkloadEntry', 'm', '{ labels: { app: cart, version: v1 } }') +
      istio(
        'ServiceEntry',
        'cart',
        '{ hosts: [cart.org], workloadSelector: { labels: { app: cart } } }',
      ) +
      rule('version: v1', 'cart.org'),
    finds: [],
  },
  {
    about: 'endpoints that a ServiceEntry lists',
    yaml:
      istio('ServiceEntry', 'cart', '{ hosts: [cart.org] }') +
      rule('version: v1', 'cart.org'),
    finds: [],
  },
  {
    about: 'a host that is looked up, whose endpoint has no labels',
    yaml:
      istio('ServiceEntry', 'cart', '{ hosts: [cart.org], resolution: DNS }') +
      rule('version: v1', 'cart.org'),
    finds: FOUND,
  },
  {
    about: 'a ServiceEntry that is to list its endpoints, and has none',
    yaml:
      istio(
        'ServiceEntry',
        'cart',
        '{ hosts: [cart.org], resolution: STATIC }',
      ) + rule('version: v1', 'cart.org'),
    finds: FOUND,
  },
  {
    about: 'a subset without labels, which is KIA0209',
    yaml: service('cart') + rule(''),
    finds: [],
  },
  {
    about: 'a Service that is for others, which is IST0174',
    yaml: PRIVATE_DB + rule('version: v1', DB),
    finds: [],
  },
  { about: 'an unknown host', yaml: rule('version: v1'), finds: [] },
];

export const KIA0209: Example[] = [
  {
    about: 'subsets that are all of the host',
    yaml:
      service('cart') +
      istio(
        'DestinationRule',
        'cart',
        '{ host: cart, subsets: [{ name: v1 }, { name: v2, labels: {} }] }',
      ),
    finds: [
      'DestinationRule cart spec.subsets[0]',
      'DestinationRule cart spec.subsets[1]',
    ],
    says: 'has no labels',
  },
  {
    about: 'a subset with labels',
    yaml: service('cart') + V1 + rule('version: v1'),
    finds: [],
  },
  {
    about: 'a host that is not known, which is IST0174',
    yaml: istio(
      'DestinationRule',
      'cart',
      '{ host: crat, subsets: [{ name: v1 }] }',
    ),
    finds: [],
  },
  {
    about: 'a Service that is for others',
    yaml: PRIVATE_DB + rule('', DB),
    finds: [],
  },
];
