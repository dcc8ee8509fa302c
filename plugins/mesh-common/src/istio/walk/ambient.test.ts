import { istio, namespace, pod, service } from '../__testUtils__/istio';
import {
  ambientCart,
  ambientWeb,
  Question,
  seen,
  walked,
  web,
} from './__testUtils__/walked';

const shop = namespace('shop', 'istio.io/use-waypoint: way');
const way = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: way, namespace: shop, labels: { istio.io/waypoint-for: service } }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
status: { addresses: [{ value: 10.0.0.7 }] }
`;

describe('walk through a waypoint', () => {
  const onlyGet = istio(
    'AuthorizationPolicy',
    'get',
    '{ targetRefs: [{ kind: Service, group: "", name: cart }], rules: [{ to: [{ operation: { methods: [GET] } }] }] }',
  );
  const routes = istio(
    'VirtualService',
    'cart',
    '{ hosts: [cart], http: [{ match: [{ uri: { prefix: /a } }], route: [{ destination: { host: cart } }] }] }',
  );

  it.each<[string, string, Question, string]>([
    ['a policy of HTTP', onlyGet, { method: 'POST' }, 'denied 403'],
    ['the same lets in', onlyGet, {}, 'delivered'],
    ['its routes', routes, { path: '/b' }, 'no-route 404 NR'],
    ['its routes let through', routes, { path: '/a' }, 'delivered'],
  ])('%s', (_name, yaml, question, expected) => {
    expect(seen(shop + way + ambientWeb + ambientCart + yaml, question)).toBe(
      expected,
    );
  });

  it('stands between the client and the server, which sees it', () => {
    const through = (yaml: string, question?: Question) =>
      walked(shop + way + ambientWeb + ambientCart + yaml, question)
        .branches[0];
    expect(through('')).toMatchObject({
      via: [{ namespace: 'shop', kind: 'Gateway', name: 'way' }],
      peerIdentity: 'cluster.local/ns/shop/sa/way',
    });
    const refused = through(onlyGet, { method: 'POST' });
    expect(refused.via).toHaveLength(1);
    expect(refused).not.toHaveProperty('peerIdentity');
  });

  it('is passed by where the Service is headless', () => {
    const headless = ambientCart
      .replace('clusterIP: 10.0.0.1', 'clusterIP: None')
      .replace('port: 80,', 'port: 8080,');
    expect(
      seen(shop + way + ambientWeb + headless + onlyGet, {
        method: 'POST',
        port: 8080,
      }),
    ).toBe('delivered');
  });

  it('is passed by where the client has a sidecar', () => {
    expect(
      seen(shop + way + web + ambientCart + onlyGet, { method: 'POST' }),
    ).toBe('delivered');
  });
});

describe('a waypoint whose routes lead elsewhere', () => {
  const canary =
    pod('cart-v2', { mode: 'ambient', ip: '10.1.0.3' }) +
    service('cart-v2') +
    istio(
      'VirtualService',
      'cart',
      '{ hosts: [cart], http: [{ route: [{ destination: { host: cart-v2 } }] }] }',
    );
  const denied = istio(
    'AuthorizationPolicy',
    'none',
    '{ targetRefs: [{ kind: Service, group: "", name: cart }] }',
  );

  it.each([
    ['', 'delivered'],
    [denied, 'denied 403'],
  ])('decides by the policies of what is called (%#)', (yaml, expected) => {
    expect(seen(shop + way + ambientWeb + ambientCart + canary + yaml)).toBe(
      expected,
    );
  });
});
