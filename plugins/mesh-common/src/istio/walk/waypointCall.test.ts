import { clusterOf } from '../../__testUtils__/cluster';
import {
  istio,
  ISTIO,
  namespace,
  service,
  serviceOf,
} from '../__testUtils__/istio';
import { ofService } from '../meshServices';
import { OutboundCall } from './call';
import { waypointCall } from './waypointCall';

const SHOP = `${
  namespace('shop', 'istio.io/use-waypoint: way') +
  service('cart', {
    ports: '{ name: http, port: 80 }, { name: tcp, port: 81 }',
  })
}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: way, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
status: { addresses: [{ value: 10.0.0.7 }] }
`;

function answered(yaml: string, call: Partial<OutboundCall> = {}) {
  const snapshot = clusterOf(ISTIO + SHOP + yaml);
  return waypointCall(
    snapshot,
    ofService(snapshot, serviceOf(snapshot, 'cart')),
    {
      protocol: 'http',
      host: 'cart.shop',
      port: 80,
      ...call,
    },
  );
}

const route = (name: string, http: string, options = {}) =>
  istio('VirtualService', name, `{ hosts: [cart], http: [${http}] }`, options);
const API = '{ match: [{ uri: { prefix: /api } }], redirect: { uri: / } }';

describe('waypointCall', () => {
  it('sends to the Service itself where it has no routes', () => {
    expect(answered('')).toMatchObject({
      outcome: 'route',
      destinations: [{ host: 'cart.shop.svc.cluster.local', port: 80 }],
      retries: { isDefault: true },
    });
  });

  it('tries the rules of all sources in turn', () => {
    const both =
      route('one', API) + route('two', '{ directResponse: { status: 418 } }');
    expect(answered(both, { path: '/api' })).toMatchObject({
      outcome: 'redirect',
      by: { object: { metadata: { name: 'one' } } },
    });
    expect(answered(both, { path: '/' })).toMatchObject({
      outcome: 'direct-response',
      by: { object: { metadata: { name: 'two' } } },
    });
    expect(answered(route('one', API), { path: '/' })).toMatchObject({
      outcome: 'no-route',
    });
  });

  it('takes rules for clients by their labels for none', () => {
    expect(
      answered(
        route(
          'one',
          '{ match: [{ sourceLabels: { app: web } }], redirect: { uri: / } }',
        ),
      ),
    ).toMatchObject({ outcome: 'route' });
  });

  it('looks at the Host header as it was sent', () => {
    const byHost = route(
      'one',
      '{ match: [{ authority: { exact: other } }], redirect: { uri: / } }',
    );
    expect(answered(byHost, { headers: { host: 'other' } })).toMatchObject({
      outcome: 'redirect',
    });
  });

  it('lets connections through as they are', () => {
    const rules = route('one', API);
    expect(answered(rules, { port: 81 })).toMatchObject({
      outcome: 'route',
      destinations: [{ port: 81 }],
    });
    expect(answered(rules, { protocol: 'tcp' })).toMatchObject({
      outcome: 'route',
    });
    expect(answered(rules, { port: 82 })).toMatchObject({
      outcome: 'no-listener',
    });
  });

  it('does not know what it does where routes cannot be read', () => {
    const snapshot = clusterOf(ISTIO + SHOP, {
      forbidden: ['networking.istio.io/VirtualService'],
    });
    expect(
      waypointCall(snapshot, ofService(snapshot, serviceOf(snapshot, 'cart')), {
        protocol: 'http',
        host: 'cart',
        port: 80,
      }),
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });
});
