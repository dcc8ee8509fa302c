import {
  istio,
  namespace,
  pod,
  service,
} from '../../istio/__testUtils__/istio';
import { Example } from './example';

const to = (targetPort: string, labels = '') =>
  service('cart', {
    ports: `{ name: http, port: 80, targetPort: ${targetPort} }`,
    labels,
  });
const NAMED = pod('cart', { ports: '{ name: web, containerPort: 8080 }' });

export const KIA0701: Example[] = [
  {
    about: 'a number that no container has',
    yaml: pod('cart') + to('9090'),
    finds: ['Service cart spec.ports[0].targetPort'],
    says: '9090, which no container',
  },
  {
    about: 'a name that no container gives',
    yaml: NAMED + to('http'),
    finds: ['Service cart spec.ports[0].targetPort'],
    says: 'they have 8080',
  },
  {
    about: 'a name, and the port itself',
    yaml:
      NAMED +
      to('web') +
      service('other', { ports: '{ port: 8080 }' }).replace(
        'app: other',
        'app: cart',
      ),
    finds: [],
  },
  {
    about: 'containers that declare no ports, no pods, and a gateway’s Service',
    yaml:
      pod('cart', { ports: '' }) +
      to('9090') +
      service('none', { ports: '{ port: 80 }' }) +
      pod('way') +
      service('way', {
        ports: '{ port: 80 }',
        labels: 'gateway.istio.io/managed: istio.io-mesh-controller',
      }),
    finds: [],
  },
];

const of = (appProtocol: string) =>
  service('cart', {
    ports: `{ name: p, port: 80, appProtocol: ${appProtocol} }`,
  });

export const KIA0602: Example[] = [
  {
    about: 'a protocol with a suffix',
    yaml: pod('cart') + of('mysql-main'),
    finds: ['Service cart spec.ports[0].appProtocol'],
    says: 'as mysql',
  },
  {
    about: 'a protocol with a suffix, in ambient mode',
    yaml: pod('cart', { mode: 'ambient' }) + of('mysql-main'),
    finds: ['Service cart spec.ports[0].appProtocol'],
  },
  {
    about: 'no pod in the mesh',
    yaml: pod('cart', { mode: 'none' }) + of('mysql-main'),
    finds: [],
  },
  { about: 'a protocol', yaml: pod('cart') + of('HTTP2'), finds: [] },
  {
    about: 'one of Kubernetes’',
    yaml: pod('cart') + of('kubernetes.io/h2c'),
    finds: [],
  },
  {
    about: 'none, of which another check speaks',
    yaml: pod('cart') + of('mine'),
    finds: [],
  },
];

export const IST0118: Example[] = [
  {
    about:
      'an appProtocol that Istio does not know, beside a name that it does',
    yaml: service('cart', {
      ports: '{ name: http, port: 80, appProtocol: example.org/mine }',
    }),
    finds: ['Service cart spec.ports[0].appProtocol'],
    says: 'its name is not looked at',
  },
  { about: 'a known one', yaml: of('tcp'), finds: [] },
];

const group = (name: string, spec: string, place = 'shop') =>
  istio('WorkloadGroup', name, `{ ${spec} }`, { namespace: place });
const ACCOUNT = `${namespace('shop')}
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: vm, namespace: shop }
`;
const runsAs = (account: string) => `template: { serviceAccount: ${account} }`;

export const KIA1701: Example[] = [
  {
    about: 'an account of another namespace',
    yaml: ACCOUNT + group('vms', runsAs('vm'), 'other'),
    finds: ['WorkloadGroup vms spec.template.serviceAccount'],
    says: 'other/vm',
  },
  {
    about: 'an account, one that pods run under, and none',
    yaml:
      ACCOUNT +
      pod('cart') +
      group('vms', runsAs('vm')) +
      group('carts', runsAs('cart')) +
      group('others', 'template: {}'),
    finds: [],
  },
];

const labelled = (labels: string) => `metadata: { labels: { ${labels} } }`;

export const KIA1702: Example[] = [
  {
    about: 'the same labels in another order',
    yaml:
      group('one', labelled('app: a, version: v1')) +
      group('two', labelled('version: v1, app: a')),
    finds: [
      'WorkloadGroup one spec.metadata.labels',
      'WorkloadGroup two spec.metadata.labels',
    ],
    says: 'app=a',
  },
  {
    about: 'other labels, other namespaces, and no labels',
    yaml:
      group('one', labelled('app: a')) +
      group('two', labelled('app: b')) +
      group('three', labelled('app: a'), 'other') +
      group('four', '') +
      group('five', ''),
    finds: [],
  },
];
