import { namespace, service } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const EXTERNAL = 'type: ExternalName\n  externalName: db.example.org';

export const IST0118: Example[] = [
  {
    about: 'a name without a protocol',
    yaml: service('cart', {
      ports: '{ name: web, port: 80 }, { name: http-a, port: 81 }',
    }),
    finds: ['Service cart spec.ports[0].name'],
    says: 'set appProtocol',
  },
  {
    about: 'no name',
    yaml: service('cart', { ports: '{ port: 80 }' }),
    finds: ['Service cart spec.ports[0].name'],
  },
  {
    about: 'an appProtocol, UDP, a well-known port',
    yaml: service('cart', {
      ports:
        '{ name: web, port: 80, appProtocol: http }, { name: dns, port: 54, protocol: UDP }, { name: db, port: 3306 }',
    }),
    finds: [],
  },
  {
    about: 'a Service of Istio, one of a Gateway, and one of Kubernetes',
    yaml:
      service('istiod', { ports: '{ port: 80 }', labels: 'istio: pilot' }) +
      service('api', {
        ports: '{ port: 80 }',
        labels: 'gateway.istio.io/managed: istio.io-gateway-controller',
      }) +
      service('dns', { namespace: 'kube-system', ports: '{ port: 80 }' }),
    finds: [],
  },
];

export const IST0150: Example[] = [
  {
    about: 'tcp',
    yaml: service('db', { ports: '{ name: tcp, port: 5432 }', spec: EXTERNAL }),
    finds: ['Service db spec.ports[0].name'],
    says: 'https',
  },
  {
    about: 'no name',
    yaml: service('db', { ports: '{ port: 5432 }', spec: EXTERNAL }),
    finds: ['Service db spec.ports[0].name'],
  },
  {
    about: 'https',
    yaml: service('db', {
      ports: '{ name: https, port: 443 }',
      spec: EXTERNAL,
    }),
    finds: [],
  },
];

const CART = `${namespace('shop', 'istio-injection: enabled')}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: app }] }
`;
const other = (ports: string) =>
  service('cart', { ports }).replace('name: cart', 'name: cart-admin');
const FOUND = ['Deployment cart spec.template.metadata.labels'];

export const IST0116: Example[] = [
  {
    about: 'TCP and UDP',
    yaml:
      CART + service('cart') + other('{ name: udp, port: 80, protocol: UDP }'),
    finds: FOUND,
    says: 'port 80 as TCP and UDP',
  },
  {
    about: 'one protocol',
    yaml: CART + service('cart') + other('{ name: http, port: 80 }'),
    finds: [],
  },
  {
    about: 'a Deployment outside the mesh',
    yaml:
      CART.replace('enabled', 'disabled') +
      service('cart') +
      other('{ name: udp, port: 80, protocol: UDP }'),
    finds: [],
  },
];

export const IST0137: Example[] = [
  {
    about: 'two ports for one of the pods',
    yaml:
      CART +
      service('cart') +
      other('{ name: http, port: 81, targetPort: 8080 }'),
    finds: FOUND,
    says: 'from the ports 80, 81 to port 8080',
  },
  {
    about: 'a port each',
    yaml: CART + service('cart') + other('{ name: http, port: 81 }'),
    finds: [],
  },
];

export const IST0170: Example[] = [
  {
    about: 'other ports on another cluster',
    yaml: service('cart'),
    peer: service('cart', { ports: '{ name: http, port: 81 }' }),
    finds: ['Service cart spec'],
    says: 'west',
  },
  {
    about: 'the same Service on another cluster',
    yaml: service('cart'),
    peer: service('cart'),
    finds: [],
  },
];
