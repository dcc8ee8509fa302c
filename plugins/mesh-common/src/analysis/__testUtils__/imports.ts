import { istio, service } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const sidecar = (spec: string, namespace = 'shop') =>
  istio('Sidecar', 'one', `{ ${spec} }`, { namespace });
const egress = (...hosts: string[]) =>
  sidecar(
    `egress: [{ hosts: [${hosts
      .map(host => JSON.stringify(host))
      .join(', ')}] }]`,
  );
const entry = (name: string, spec: string, namespace = 'shop') =>
  istio('ServiceEntry', name, `{ ${spec} }`, { namespace });
const port = (protocol: string, number = 80) =>
  `ports: [{ number: ${number}, name: p, protocol: ${protocol} }]`;

const PRIVATE = 'networking.istio.io/exportTo: "."';

export const KIA1004: Example[] = [
  {
    about: 'hosts that nobody has',
    yaml:
      service('cart') +
      entry('out', `hosts: [a.org], ${port('HTTP')}`) +
      egress(
        './crat.shop.svc.cluster.local',
        'other/*.other.svc.cluster.local',
        '*/b.org',
        'shop/*.b.org',
      ),
    finds: [0, 1, 2, 3].map(
      index => `Sidecar one spec.egress[0].hosts[${index}]`,
    ),
    says: 'neither a Service nor a ServiceEntry that its namespace sees',
  },
  {
    about: 'hosts of a Service that is for others',
    yaml:
      service('db', { namespace: 'data', annotations: PRIVATE }) +
      egress(
        'data/db.data.svc.cluster.local',
        'data/*.data.svc.cluster.local',
        '*/*.data.svc.cluster.local',
      ),
    finds: [0, 1, 2].map(index => `Sidecar one spec.egress[0].hosts[${index}]`),
  },
  {
    about: 'hosts of a Service that the Sidecar’s namespace has for itself',
    yaml:
      service('cart', { annotations: PRIVATE }) +
      egress('./cart.shop.svc.cluster.local', 'shop/*.shop.svc.cluster.local'),
    finds: [],
  },
  {
    about: 'hosts of Services and ServiceEntries, and namespaces as a whole',
    yaml:
      service('cart') +
      entry('out', `hosts: [a.org, "*.c.org"], ${port('HTTP')}`) +
      egress(
        './*',
        'other/*',
        '~/*',
        './cart.shop.svc.cluster.local',
        'shop/*.shop.svc.cluster.local',
        '*/a.org',
        'shop/*.org',
        'other/*.d.c.org',
        '*/*.shop.svc.cluster.local',
      ),
    finds: [],
  },
];

export const KIA1006: Example[] = [
  {
    about: 'a selector in the root namespace',
    yaml: sidecar(
      'workloadSelector: { labels: { app: cart } }',
      'istio-system',
    ),
    finds: ['Sidecar one spec.workloadSelector'],
    says: 'app=cart',
  },
  {
    about: 'a default, and a selector elsewhere',
    yaml:
      sidecar('egress: [{ hosts: ["./*"] }]', 'istio-system') +
      sidecar('workloadSelector: { labels: { app: cart } }'),
    finds: [],
  },
];

export const KIA1007: Example[] = [
  {
    about: 'no mode',
    yaml: sidecar('outboundTrafficPolicy: {}'),
    finds: ['Sidecar one spec.outboundTrafficPolicy'],
    says: 'without a mode',
  },
  {
    about: 'the mode that it has without',
    yaml: sidecar('outboundTrafficPolicy: { mode: REGISTRY_ONLY }'),
    finds: ['Sidecar one spec.outboundTrafficPolicy'],
  },
  {
    about: 'another mode, and the mesh’s',
    yaml:
      sidecar('outboundTrafficPolicy: { mode: ALLOW_ANY }') +
      sidecar('egress: [{ hosts: ["./*"] }]', 'other'),
    finds: [],
  },
];

export const KIA1211: Example[] = [
  {
    about: 'one host and port in two namespaces',
    yaml:
      entry('one', `hosts: [a.org], ${port('HTTP')}`) +
      entry('two', `hosts: [a.org, b.org], ${port('HTTP')}`, 'other'),
    finds: ['ServiceEntry one spec.ports[0]', 'ServiceEntry two spec.ports[0]'],
    says: 'one of them',
  },
  {
    about: 'other ports, other clients, and another check’s case',
    yaml:
      entry('one', `hosts: [a.org], exportTo: ["."], ${port('HTTP')}`) +
      entry(
        'two',
        `hosts: [a.org], exportTo: ["."], ${port('HTTP')}`,
        'other',
      ) +
      entry('three', `hosts: [b.org], ${port('HTTP')}`) +
      entry('four', `hosts: [b.org], ${port('HTTP', 81)}`) +
      entry('five', `hosts: [c.org], ${port('HTTP')}`) +
      entry('six', `hosts: [c.org], ${port('TCP')}`),
    finds: [],
  },
];
