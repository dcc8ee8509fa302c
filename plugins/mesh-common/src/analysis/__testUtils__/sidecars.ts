import { istio, namespace, pod } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const sidecar = (name: string, labels?: string) =>
  istio(
    'Sidecar',
    name,
    labels
      ? `{ workloadSelector: { labels: { ${labels} } } }`
      : '{ egress: [{ hosts: ["./*"] }] }',
  );
const CART = pod('cart', { labels: 'tier: back' });

export const IST0101: Example[] = [
  {
    about: 'a Sidecar that selects no pod',
    yaml: CART + sidecar('one', 'app: crat'),
    finds: ['Sidecar one spec.workloadSelector'],
    says: 'app=crat',
  },
  {
    about: 'a Sidecar that selects one',
    yaml: CART + sidecar('one', 'app: cart'),
    finds: [],
  },
  { about: 'a Sidecar for all', yaml: sidecar('one'), finds: [] },
];

export const IST0110: Example[] = [
  {
    about: 'two for one pod',
    yaml: CART + sidecar('one', 'app: cart') + sidecar('two', 'tier: back'),
    finds: [
      'Sidecar one spec.workloadSelector',
      'Sidecar two spec.workloadSelector',
    ],
    says: 'selects Pod cart-1',
  },
  {
    about: 'two for different pods',
    yaml:
      CART +
      pod('web') +
      sidecar('one', 'app: cart') +
      sidecar('two', 'app: web'),
    finds: [],
  },
];

export const IST0111: Example[] = [
  {
    about: 'two for all pods',
    yaml: sidecar('one') + sidecar('two'),
    finds: ['Sidecar one spec', 'Sidecar two spec'],
    says: 'keep one',
  },
  {
    about: 'one for all and one for some',
    yaml: CART + sidecar('one') + sidecar('two', 'app: cart'),
    finds: [],
  },
];

export const IST0167: Example[] = [
  {
    about: 'a pod in ambient mode',
    yaml: pod('cart', { mode: 'ambient' }) + sidecar('one', 'app: cart'),
    finds: ['Sidecar one spec'],
    says: 'Pod cart-1',
  },
  {
    about: 'a namespace in ambient mode',
    yaml:
      namespace('shop', 'istio.io/dataplane-mode: ambient') + sidecar('one'),
    finds: ['Sidecar one spec'],
    says: 'Namespace shop',
  },
  { about: 'sidecars', yaml: CART + sidecar('one', 'app: cart'), finds: [] },
  {
    about: 'a namespace with injection, which counts first',
    yaml:
      namespace(
        'shop',
        'istio.io/dataplane-mode: ambient, istio-injection: enabled',
      ) + sidecar('one'),
    finds: [],
  },
];
