import { OutboundCall } from '../call';
import { inShort, Question } from './__testUtils__/gateways';

const AS_MAIN: Question = {
  labels: { 'gateway.networking.k8s.io/gateway-name': 'main' },
};

function object(kind: string, name: string, spec: string, namespace = 'edge') {
  return `
---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: '2026-01-01T00:00:00Z' }
spec: { ${spec} }
`;
}

const ALL = 'allowedRoutes: { namespaces: { from: All } }';
const main = (listener: string) =>
  object(
    'Gateway',
    'main',
    `gatewayClassName: istio, listeners: [{ name: l, port: 443, ${ALL}, ${listener} }]`,
  );
const PARENT = 'parentRefs: [{ name: main, namespace: edge }]';
const CART = 'backendRefs: [{ name: cart, port: 80 }]';
const route = (kind: string, rest: string) =>
  object(kind, 'r', `${PARENT}, ${rest}`, 'shop');

function asked(yaml: string, call: Partial<OutboundCall>) {
  return inShort(yaml, { port: 443, ...call }, AS_MAIN);
}

const TO_CART = 'route, cart.shop 80, by r spec.rules[0]';

describe('routes of the Gateway API for connections', () => {
  const PASSTHROUGH = 'protocol: TLS, tls: { mode: Passthrough }';
  const TERMINATE =
    'protocol: TLS, tls: { mode: Terminate, certificateRefs: [{ name: c }] }';

  it.each([
    [
      'a name of its own',
      `hostnames: [a.example.com], rules: [{ ${CART} }]`,
      'a.example.com',
      TO_CART,
    ],
    [
      'another name',
      `hostnames: [a.example.com], rules: [{ ${CART} }]`,
      'b.example.com',
      'blackhole',
    ],
    ['any name', `rules: [{ ${CART} }]`, 'b.example.com', TO_CART],
    [
      'nothing without a backend',
      'rules: [{ backendRefs: [{ name: cart, port: 80, weight: 0 }] }]',
      'b.example.com',
      'no-listener',
    ],
  ])('a TLSRoute takes %s', (_, rest, host, expected) => {
    expect(
      asked(main(PASSTHROUGH) + route('TLSRoute', rest), {
        protocol: 'tls',
        host,
      }),
    ).toBe(expected);
  });

  it.each([
    ['a.example.com', TO_CART],
    ['a.org', 'blackhole'],
  ])('but of those only the listener’s: %s', (host, expected) => {
    expect(
      asked(
        main(`hostname: '*.example.com', ${PASSTHROUGH}`) +
          route(
            'TLSRoute',
            `hostnames: ['*.example.com', a.org], rules: [{ ${CART} }]`,
          ),
        { protocol: 'tls', host },
      ),
    ).toBe(expected);
  });

  it.each([
    ['TLSRoute', TERMINATE, 'tls', TO_CART],
    ['TCPRoute', TERMINATE, 'tls', TO_CART],
    ['TCPRoute', PASSTHROUGH, 'tls', 'no-listener'],
    ['TCPRoute', 'protocol: TCP', 'tcp', TO_CART],
    ['TLSRoute', 'protocol: TCP', 'tcp', 'no-listener'],
    ['HTTPRoute', 'protocol: TCP', 'tcp', 'no-listener'],
    [
      'HTTPRoute',
      'protocol: HTTPS, tls: { certificateRefs: [{ name: c }] }',
      'tls',
      TO_CART,
    ],
    ['HTTPRoute', 'protocol: HTTPS', 'tls', 'no-listener'],
  ] as const)(
    'a %s at a listener with %s',
    (kind, listener, protocol, expected) => {
      expect(
        asked(main(listener) + route(kind, `rules: [{ ${CART} }]`), {
          protocol,
        }),
      ).toBe(expected);
    },
  );

  it.each([
    [
      'several, by weight',
      'backendRefs: [{ name: cart, port: 80, weight: 3 }, { name: orders, port: 8000 }]',
      'route, cart.shop 80 3, orders.shop 8000 1, by r spec.rules[0]',
    ],
    [
      'none: closed',
      'backendRefs: [{ name: cart, port: 80, weight: 0 }]',
      'route, missing closed, by r spec.rules[0]',
    ],
    [
      'one of another namespace without a grant',
      'backendRefs: [{ name: bill, namespace: pay, port: 80 }]',
      'route, missing closed, by r spec.rules[0]',
    ],
    [
      'one without a port: the whole route is left out',
      'backendRefs: [{ name: cart }]',
      'no-listener',
    ],
  ])('sends to %s', (_, backends, expected) => {
    expect(
      asked(
        main('protocol: TCP') + route('TCPRoute', `rules: [{ ${backends} }]`),
        {
          protocol: 'tcp',
        },
      ),
    ).toBe(expected);
  });
});
