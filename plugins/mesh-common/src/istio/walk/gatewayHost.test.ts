import { istio, pod, service } from '../__testUtils__/istio';
import { cart, seen } from './__testUtils__/walked';

describe('the Host header at a gateway', () => {
  const front =
    pod('front', { mode: 'gateway', ports: '{ containerPort: 8080 }' }) +
    service('front', {
      ports:
        '{ name: http, port: 80, targetPort: 8080 }, { name: alt, port: 81, targetPort: 8081 }',
    }) +
    istio(
      'Gateway',
      'front',
      '{ selector: { app: front }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }, { port: { number: 81, name: alt, protocol: HTTP }, hosts: ["*"] }] }',
    ) +
    istio(
      'VirtualService',
      'front',
      '{ hosts: ["*"], gateways: [front], http: [{ match: [{ authority: { exact: shop.example } }, { authority: { exact: "shop.example:81" } }], route: [{ destination: { host: cart } }] }] }',
    );

  it.each([
    [80, {}, 'delivered'],
    [81, {}, 'delivered'],
    [81, { Host: 'shop.example' }, 'delivered'],
    [80, { Host: 'other.example' }, 'no-route 404 NR'],
  ])(
    'is what the client writes on port %s with %j',
    (port, headers, expected) => {
      expect(
        seen(front + cart, {
          gateway: 'front',
          host: 'shop.example',
          path: '/',
          port,
          headers,
        }),
      ).toBe(expected);
    },
  );
});
