import { clusterOf, CONTROL_PLANE } from './__testUtils__/cluster';
import { serviceRoutes } from './routes';

const SERVICES = `
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { clusterIP: 10.9.0.1, selector: { app: cart }, ports: [{ port: 443 }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart-2, namespace: shop }
spec: { clusterIP: 10.9.0.2, selector: { app: cart-2 }, ports: [{ port: 443 }] }
`;

const route = (kind: string, name: string, hostnames: string) => `
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 443 }]
  ${hostnames ? `hostnames: [${hostnames}]` : ''}
  rules: [{ backendRefs: [{ name: cart-2, port: 443 }] }]
status:
  parents:
    - parentRef: { group: "", kind: Service, name: cart, port: 443 }
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: 'True' }]
`;

function ask(yaml: string) {
  const snapshot = clusterOf(CONTROL_PLANE + SERVICES + yaml);
  const cart = snapshot.get('Service', 'shop', 'cart');
  if (!cart) {
    throw new Error('There is no Service shop/cart');
  }
  return serviceRoutes(snapshot, cart, { namespace: 'shop' }).ports[0];
}

it('shows TLSRoutes by the server names that they take', () => {
  const port = ask(route('TLSRoute', 'tls', '"*.example", cart.test'));
  expect(port).toMatchObject({
    protocol: { value: 'tls' },
    routing: { value: 'rules' },
    rules: [
      {
        name: 'TLSRoute shop/tls rules[0]',
        matches: [
          [{ subject: 'sni', operator: 'regex', value: '.+\\.example' }],
          [{ subject: 'sni', operator: 'exact', value: 'cart.test' }],
        ],
        backends: [{ host: 'cart-2.shop.svc.cluster.local', percent: 100 }],
      },
    ],
  });
  expect(port.unmatched).toBeUndefined();
});

it('shows the one TCPRoute that takes all connections', () => {
  const port = ask(route('TCPRoute', 'b', '') + route('TCPRoute', 'a', ''));
  expect(port).toMatchObject({
    protocol: { value: 'opaque' },
    rules: [{ name: 'TCPRoute shop/a rules[0]', matches: [] }],
  });
  expect(port.ignored.map(({ text }) => text)).toEqual([
    'TCPRoute shop/b is not used: the oldest TCPRoute takes all connections',
  ]);
});

it('prefers TLSRoutes', () => {
  const port = ask(route('TCPRoute', 'tcp', '') + route('TLSRoute', 'tls', ''));
  expect(port.rules.map(({ name }) => name)).toEqual([
    'TLSRoute shop/tls rules[0]',
  ]);
  expect(port.ignored.map(({ text }) => text)).toEqual([
    'TCPRoute shop/tcp is not used: the parent has a TLSRoute, which wins',
  ]);
});
