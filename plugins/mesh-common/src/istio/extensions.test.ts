import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, service } from './__testUtils__/istio';
import { extensionsOf, waypointExtensions } from './extensions';
import { meshConfig } from './meshConfig';

const plugin = (name: string, targets: string, namespace = 'shop') => `
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { name: ${name}, namespace: ${namespace} }
spec: { targetRefs: [${targets}] }
`;
const GATEWAY = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [] }
`;
const names = (found: { object?: { name: string } }[]) =>
  found.map(({ object }) => object?.name);

it('counts for the proxy of a Gateway what targets it', () => {
  const snapshot = clusterOf(
    ISTIO +
      plugin('mine', '{ kind: Gateway, name: edge }') +
      plugin('others', '{ kind: Gateway, name: else }') +
      plugin('elsewhere', '{ kind: Gateway, name: edge }', 'other'),
  );
  const of = (labels: Record<string, string>) =>
    names(
      extensionsOf(
        snapshot,
        { namespace: 'shop', labels },
        meshConfig(snapshot),
      ),
    );
  expect(of({ 'gateway.networking.k8s.io/gateway-name': 'edge' })).toEqual([
    'mine',
  ]);
  expect(of({ app: 'cart' })).toEqual([]);
});

it('counts for a waypoint what targets it, the Service behind it, or all waypoints', () => {
  const snapshot = clusterOf(
    ISTIO +
      GATEWAY +
      service('cart') +
      plugin('waypoint', '{ kind: Gateway, name: waypoint }') +
      plugin('service', '{ kind: Service, name: cart }') +
      plugin('other-service', '{ kind: Service, name: other }') +
      plugin(
        'all',
        '{ kind: GatewayClass, name: istio-waypoint }',
        'istio-system',
      ) +
      plugin('not-root', '{ kind: GatewayClass, name: istio-waypoint }'),
  );
  const gateway = snapshot.get(
    'gateway.networking.k8s.io/Gateway',
    'shop',
    'waypoint',
  );
  const cart = snapshot.get('Service', 'shop', 'cart');
  if (!gateway || !cart) {
    throw new TypeError('They are in the cluster');
  }
  expect(
    names(
      waypointExtensions(
        snapshot,
        { gateway, target: { kind: 'Service', object: cart } },
        'istio-system',
      ),
    ),
  ).toEqual(['all', 'waypoint', 'service']);
});
