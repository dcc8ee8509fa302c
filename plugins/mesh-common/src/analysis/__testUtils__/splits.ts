import { istio } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const split = (list: string, ...destinations: string[]) =>
  istio(
    'VirtualService',
    'cart',
    `{ hosts: [cart], ${list}: [{ route: [${destinations.join(', ')}] }] }`,
  );
const to = (destination: string, weight?: number) =>
  `{ destination: { ${destination} }${
    weight === undefined ? '' : `, weight: ${weight}`
  } }`;

export const KIA1104: Example[] = [
  {
    about: 'half of the requests to the only destination',
    yaml: split('tcp', to('host: cart', 50)),
    finds: ['VirtualService cart spec.tcp[0].route[0].weight'],
    says: '50 %',
  },
  {
    about: 'no weight, and two destinations',
    yaml:
      split('http', to('host: cart')) +
      split('http', to('host: cart', 50), to('host: web', 50)).replace(
        'name: cart,',
        'name: two,',
      ),
    finds: [],
  },
];

export const KIA1105: Example[] = [
  {
    about: 'a subset twice, once with the full name of its host',
    yaml: split(
      'http',
      to('host: cart, subset: v1', 50),
      to('host: cart.shop.svc.cluster.local, subset: v1', 50),
    ),
    finds: ['VirtualService cart spec.http[0].route[1].destination'],
    says: 'subset v1',
  },
  {
    about: 'two subsets, and two ports',
    yaml: split(
      'http',
      to('host: cart, subset: v1', 50),
      to('host: cart, subset: v2', 20),
      to('host: cart, subset: v2, port: { number: 81 }', 30),
    ),
    finds: [],
  },
];
