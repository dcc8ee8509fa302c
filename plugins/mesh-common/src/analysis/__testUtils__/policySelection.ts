import { istio, namespace, pod } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const selecting = (kind: string, name: string, labels = '', place = 'shop') =>
  istio(
    kind,
    name,
    labels ? `{ selector: { matchLabels: { ${labels} } } }` : '{}',
    { namespace: place },
  );
const peer = (name: string, labels = '', place = 'shop') =>
  selecting('PeerAuthentication', name, labels, place);

export const KIA0002: Example[] = [
  {
    about: 'two policies for all of a namespace',
    yaml: peer('a') + peer('b') + peer('c', 'app: cart'),
    finds: [
      'PeerAuthentication a spec.selector',
      'PeerAuthentication b spec.selector',
    ],
    says: 'the oldest counts',
  },
  {
    about: 'one each of two namespaces',
    yaml: peer('a') + peer('b', '', 'web'),
    finds: [],
  },
];

export const KIA0003: Example[] = [
  {
    about: 'two policies for one pod',
    yaml:
      pod('cart', { labels: 'version: v1' }) +
      peer('a', 'app: cart') +
      peer('b', 'version: v1') +
      peer('c', 'version: v2'),
    finds: [
      'PeerAuthentication a spec.selector',
      'PeerAuthentication b spec.selector',
    ],
    says: 'Pod cart-1',
  },
  {
    about: 'policies of two namespaces',
    yaml: pod('cart') + peer('a', 'app: cart') + peer('b', 'app: cart', 'web'),
    finds: [],
  },
];

export const KIA0004: Example[] = [
  {
    about: 'labels that no workload of the namespace has',
    yaml:
      pod('cart', { namespace: 'web' }) +
      peer('a', 'app: cart') +
      selecting('RequestAuthentication', 'b', 'app: cart'),
    finds: [
      'PeerAuthentication a spec.selector',
      'RequestAuthentication b spec.selector',
    ],
    says: 'app=cart',
  },
  {
    about: 'a pod, a workload outside, and all of the namespace',
    yaml:
      pod('cart') +
      istio('WorkloadEntry', 'vm', '{ labels: { app: vm } }') +
      peer('a', 'app: cart') +
      peer('b', 'app: vm') +
      peer('c'),
    finds: [],
  },
];

export const KIA0005: Example[] = [
  {
    about: 'names that no namespace has',
    yaml:
      istio('DestinationRule', 'a', '{ host: x, exportTo: [., nowhere] }') +
      istio('VirtualService', 'b', '{ hosts: [x], exportTo: [nowhere] }') +
      istio('ServiceEntry', 'c', '{ hosts: [x.org], exportTo: [nowhere] }'),
    finds: [
      'DestinationRule a spec.exportTo[1]',
      'VirtualService b spec.exportTo[0]',
      'ServiceEntry c spec.exportTo[0]',
    ],
    says: 'there is none',
  },
  {
    about: 'namespaces, the own one, all and none',
    yaml:
      namespace('web') +
      istio('DestinationRule', 'a', '{ host: x, exportTo: [., web] }') +
      istio('VirtualService', 'b', '{ hosts: [x], exportTo: ["*"] }') +
      istio('ServiceEntry', 'c', '{ hosts: [x.org], exportTo: ["~"] }'),
    finds: [],
  },
];
