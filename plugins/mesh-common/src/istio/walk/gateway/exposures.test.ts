import { clusterOf } from '../../../__testUtils__/cluster';
import { KindId } from '../../../kubernetes/kinds';
import { ofService } from '../../meshServices';
import { ISTIO, serviceOf } from '../../__testUtils__/istio';
import {
  BEHIND,
  gateway,
  http,
  routes,
  rule,
  to,
} from './__testUtils__/gateways';
import { exposuresOf } from './exposures';

function found(yaml: string, name = 'cart', forbidden: KindId[] = []) {
  const snapshot = clusterOf(ISTIO + BEHIND + yaml, {
    origin: 'files',
    forbidden,
  });
  return exposuresOf(snapshot, ofService(snapshot, serviceOf(snapshot, name)));
}

/** `gateway:port hosts: rules`. */
function inShort(...args: Parameters<typeof found>): string[] | undefined {
  return found(...args)?.map(
    ({ gateway: { namespace, name, listener }, port, hosts, rules }) =>
      `${[namespace, name, ...(listener ? [listener] : [])].join(
        '/',
      )}:${port} ${hosts.join(' ')}: ${rules.map(one => one.name).join(', ')}`,
  );
}

const MAIN = gateway('main', http("'*.example.com'"));
const BOUND = 'hosts: [a.example.com, a.org], gateways: [edge/main, mesh]';

function object(kind: string, name: string, spec: string, namespace = 'edge') {
  return `
---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec} }
`;
}

const API = object(
  'Gateway',
  'api',
  "gatewayClassName: istio, listeners: [{ name: web, port: 80, protocol: HTTP, hostname: '*.example.com', allowedRoutes: { namespaces: { from: All } } }, { name: tls, port: 443, protocol: TLS, tls: { mode: Passthrough }, allowedRoutes: { namespaces: { from: All } } }]",
);
const PARENT = 'parentRefs: [{ name: api, namespace: edge }]';

describe('exposuresOf', () => {
  it('finds the VirtualServices of Gateways that send to the Service, with the hosts that both have', () => {
    const yaml =
      MAIN +
      routes(
        'r',
        `${BOUND}, ${to('orders', rule('{ uri: { prefix: /cart } }', 'cart'))}`,
      ) +
      routes('mesh-only', `hosts: [b.example.com], ${to('cart')}`);
    expect(inShort(yaml)).toEqual([
      'edge/main:80 a.example.com: VirtualService shop/r http[0]',
    ]);
    expect(inShort(yaml, 'orders')).toEqual([
      'edge/main:80 a.example.com: VirtualService shop/r http[1]',
    ]);
  });

  it.each([
    ['of a Gateway that is not there', routes('r', `${BOUND}, ${to('cart')}`)],
    [
      'whose hosts the Gateway does not have',
      MAIN +
        routes('r', `hosts: [a.org], gateways: [edge/main], ${to('cart')}`),
    ],
    [
      'that are not exported to the Gateway',
      MAIN + routes('r', `${BOUND}, exportTo: [.], ${to('cart')}`),
    ],
    [
      'whose rules are for other Gateways',
      MAIN +
        routes(
          'r',
          `${BOUND}, http: [${rule('{ gateways: [edge/other] }', 'cart')}]`,
        ),
    ],
    [
      'that only mirror to it',
      MAIN +
        routes(
          'r',
          `${BOUND}, http: [{ route: [{ destination: { host: orders } }], mirror: { host: cart } }]`,
        ),
    ],
  ])('leaves out those %s', (_, yaml) => {
    expect(inShort(yaml)).toEqual([]);
  });

  it('follows a delegate', () => {
    const yaml =
      MAIN +
      routes(
        'root',
        `${BOUND}, http: [{ match: [{ uri: { prefix: /c } }], delegate: { name: leaf } }]`,
      ) +
      routes('leaf', to('cart'));
    expect(inShort(yaml)).toEqual([
      'edge/main:80 a.example.com: VirtualService shop/leaf http[0]',
    ]);
  });

  it('finds routes of the Gateway API, by the listeners that they are attached to', () => {
    const yaml =
      API +
      object(
        'HTTPRoute',
        'h',
        `${PARENT}, hostnames: [a.example.com, a.org], rules: [{ backendRefs: [{ name: orders, port: 8000 }] }, { matches: [{ path: { value: /cart } }, { path: { value: /c } }], backendRefs: [{ name: cart, port: 80 }] }]`,
        'shop',
      ) +
      object(
        'TLSRoute',
        't',
        `${PARENT}, hostnames: [t.org], rules: [{ backendRefs: [{ name: cart, port: 80 }] }]`,
        'shop',
      ) +
      object(
        'HTTPRoute',
        'other',
        'parentRefs: [{ name: none, namespace: edge }], rules: [{ backendRefs: [{ name: cart, port: 80 }] }]',
        'shop',
      );
    expect(inShort(yaml)).toEqual([
      'edge/api/web:80 a.example.com: HTTPRoute shop/h rules[1]',
      'edge/api/tls:443 t.org: TLSRoute shop/t rules[0]',
    ]);
    expect(found(yaml)?.[0].rules[0].matches).toHaveLength(2);
  });

  it('is not known where Gateways could not be read', () => {
    expect(
      inShort(MAIN, 'cart', ['networking.istio.io/Gateway']),
    ).toBeUndefined();
  });
});
