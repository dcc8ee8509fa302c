import { clusterOf } from '../../__testUtils__/cluster';
import { PortRoutes } from '../../contract/routing';
import {
  ISTIO,
  istio,
  namespace,
  pod,
  service,
  serviceOf,
} from '../__testUtils__/istio';
import { ofService } from '../meshServices';
import { OutboundCall } from '../walk/call';
import { outboundCall } from '../walk/outboundCall';
import { waypointCall } from '../walk/waypointCall';
import { serviceRoutes } from './serviceRoutes';

const PORTS =
  '{ name: http, port: 80 }, { name: tcp-db, port: 5432 }, { name: tls, port: 8443 }';
const BASE =
  namespace('web') +
  pod('cart') +
  service('cart', { ports: PORTS }) +
  service('cart-v2', { ports: PORTS });
const WAYPOINT = `${namespace('shop', 'istio.io/use-waypoint: way')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: way, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
status: { addresses: [{ value: 10.0.0.7 }] }
`;
const CART = "{ group: '', kind: Service, name: cart }";
const CART_DB = "{ group: '', kind: Service, name: cart, port: 5432 }";
const v2 = (port: number, weight = 1) =>
  `{ name: cart-v2, port: ${port}, weight: ${weight} }`;

function route(
  kind: string,
  rest: string,
  { place = 'shop', status = '{}', parent = CART } = {},
): string {
  return `
---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: r, namespace: ${place}, creationTimestamp: '2026-01-01T00:00:00Z' }
spec: { parentRefs: [${parent}], ${rest} }
status: ${status}
`;
}

const rules = (...backends: string[]) =>
  `rules: [{ backendRefs: [${backends.join(', ')}] }]`;

function istiod(version: string, env = ''): string {
  return `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec: { containers: [{ name: discovery, image: 'docker.io/istio/pilot:${version}', env: [${env}] }] }
`;
}

function portOf(
  yaml: string,
  port: number,
  { origin = 'files', from = 'web' }: { origin?: 'files'; from?: string } = {},
): PortRoutes {
  const snapshot = clusterOf(ISTIO + BASE + yaml, { origin });
  const found = serviceRoutes(snapshot, serviceOf(snapshot, 'cart'), {
    namespace: from,
  }).ports.find(one => one.port === port);
  if (!found) {
    throw new TypeError('no such port');
  }
  return found;
}

const shares = ({ rules: shown }: PortRoutes) =>
  shown.map(({ name, backends, matches }) =>
    [
      name,
      ...matches.flat().map(({ value }) => value),
      ...backends.map(
        ({ host, port, percent, missing }) =>
          `${host.split('.')[0]}:${port} ${percent}${
            missing ? ' missing' : ''
          }`,
      ),
    ].join(', '),
  );
const ignored = (found: PortRoutes) => found.ignored.map(({ text }) => text);

describe('routes of the Gateway API for connections to a Service', () => {
  it.each<[string, string, number, string[]]>([
    [
      'a TCPRoute takes all connections of a port that is not HTTP',
      route('TCPRoute', rules(v2(5432, 3), '{ name: cart, port: 5432 }')),
      5432,
      ['TCPRoute shop/r rules[0], cart-v2:5432 75, cart:5432 25'],
    ],
    [
      'one for a port takes those of this port',
      route('TCPRoute', rules(v2(5432)), { parent: CART_DB }),
      5432,
      ['TCPRoute shop/r rules[0], cart-v2:5432 100'],
    ],
    [
      'a backend that is not there closes them',
      route('TCPRoute', rules('{ name: gone, port: 1 }')),
      5432,
      ['TCPRoute shop/r rules[0], gone:1 100 missing'],
    ],
    [
      'a TLSRoute without names takes those for the Service',
      route('TLSRoute', rules(v2(8443))),
      8443,
      [
        'TLSRoute shop/r rules[0], cart.shop.svc.cluster.local, cart-v2:8443 100',
      ],
    ],
    [
      'a TLSRoute with a name takes those for this name',
      route('TLSRoute', `hostnames: [a.example.com], ${rules(v2(8443))}`),
      8443,
      ['TLSRoute shop/r rules[0], a.example.com, cart-v2:8443 100'],
    ],
    [
      'a TCPRoute without backends closes them',
      route('TCPRoute', rules(v2(5432, 0))),
      5432,
      ['TCPRoute shop/r rules[0], :5432 100 missing'],
    ],
    [
      'of several names those count that are the Service’s',
      route(
        'TLSRoute',
        `hostnames: [a.example.com, cart.shop.svc.cluster.local], ${rules(
          v2(8443),
        )}`,
      ),
      8443,
      [
        'TLSRoute shop/r rules[0], cart.shop.svc.cluster.local, cart-v2:8443 100',
      ],
    ],
    [
      'one of the namespace of the client counts for it',
      route('TCPRoute', rules('{ name: cart-v2, namespace: shop, port: 80 }'), {
        place: 'web',
        parent: "{ group: '', kind: Service, name: cart, namespace: shop }",
      }),
      5432,
      ['TCPRoute web/r rules[0], cart-v2:80 100'],
    ],
  ])('%s', (_, yaml, port, expected) => {
    const found = portOf(yaml, port);
    expect(shares(found).slice(0, expected.length)).toEqual(expected);
    expect(found.routing).toMatchObject({ value: 'rules', predicted: true });
  });

  it.each<[string, string, number, string | RegExp]>([
    [
      'for HTTP',
      route('TCPRoute', rules(v2(80))),
      80,
      'TCPRoute shop/r has no effect here: the port is http',
    ],
    [
      'of the other kind',
      route('TLSRoute', rules(v2(5432))),
      5432,
      'TLSRoute shop/r has no effect here: the port is tcp',
    ],
    [
      'elsewhere',
      route('TCPRoute', rules(v2(5432)), {
        place: 'elsewhere',
        parent: "{ group: '', kind: Service, name: cart, namespace: shop }",
      }),
      5432,
      "TCPRoute elsewhere/r is neither in the Service's namespace nor in the client's, so it has no effect",
    ],
    [
      'without a backend, for names',
      route('TLSRoute', rules(v2(8443, 0))),
      8443,
      'TLSRoute shop/r has no effect: without a backend it takes no names',
    ],
    [
      'with a backend that istiod cannot convert',
      route('TCPRoute', rules('{ name: cart-v2 }')),
      5432,
      'TCPRoute shop/r has no effect: the backend cart-v2 has no port',
    ],
    [
      'that this version does not read',
      istiod('1.30.2') + route('TCPRoute', rules(v2(5432))),
      5432,
      'TCPRoute shop/r has no effect: Istio reads TCPRoutes without PILOT_ENABLE_ALPHA_GATEWAY_API from 1.31 on, and this one is 1.30',
    ],
    [
      'of TLS that this version does not read',
      istiod('1.29.0') + route('TLSRoute', rules(v2(8443))),
      8443,
      'TLSRoute shop/r has no effect: Istio reads TLSRoutes without PILOT_ENABLE_ALPHA_GATEWAY_API from 1.30 on, and this one is 1.29',
    ],
  ])('says that one %s has no effect', (_, yaml, port, expected) => {
    const found = portOf(yaml, port);
    expect(found.routing.value).toBe('service');
    expect(ignored(found)).toEqual([expected]);
  });

  it.each([
    ['1.31.0', '', 'rules'],
    [
      '1.28.0',
      "{ name: PILOT_ENABLE_ALPHA_GATEWAY_API, value: 'true' }",
      'rules',
    ],
    ['1.28.0', '', 'service'],
  ])('reads a TCPRoute in Istio %s %s: %s', (version, env, expected) => {
    expect(
      portOf(istiod(version, env) + route('TCPRoute', rules(v2(5432))), 5432)
        .routing.value,
    ).toBe(expected);
  });

  it.each([
    [
      'ListenerSet',
      'gateway.networking.k8s.io',
      '1.29.1',
      'Istio reads it from 1.30 on, and this one is 1.29',
    ],
    [
      'ListenerSet',
      'gateway.networking.k8s.io',
      '1.31.0',
      'there is none of this name',
    ],
    [
      'XListenerSet',
      'gateway.networking.x-k8s.io',
      '1.31.0',
      'Istio 1.31 does not read this experimental kind, of which ListenerSet came',
    ],
    [
      'XListenerSet',
      'gateway.networking.x-k8s.io',
      '1.28.0',
      'Istio 1.28 reads this experimental kind only with PILOT_ENABLE_ALPHA_GATEWAY_API',
    ],
  ])(
    'says what a parent of kind %s (%s) is to Istio %s',
    (kind, group, version, said) => {
      const bound = route('HTTPRoute', rules('{ name: cart, port: 80 }'), {
        parent: `{ group: ${group}, kind: ${kind}, name: more }`,
      });
      expect(ignored(portOf(istiod(version) + bound, 80))).toEqual([
        `HTTPRoute shop/r is bound to ${kind} shop/more: ${said}: the route has no effect by it`,
      ]);
    },
  );

  it('counts beside VirtualServices, the private ones and the older first', () => {
    const tcp = istio(
      'VirtualService',
      'vs',
      '{ hosts: [cart], tcp: [{ route: [{ destination: { host: cart, port: { number: 80 } } }] }] }',
      { created: '2026-02-01T00:00:00Z' },
    );
    expect(
      shares(portOf(tcp + route('TCPRoute', rules(v2(5432))), 5432))[0],
    ).toMatch(/^TCPRoute/);
  });
});

describe('calls by routes of the Gateway API for connections', () => {
  const call = (
    yaml: string,
    port: number,
    protocol: OutboundCall['protocol'],
  ) =>
    outboundCall(
      clusterOf(ISTIO + BASE + yaml, { origin: 'files' }),
      { proxy: 'sidecar', namespace: 'web', labels: {} },
      {
        protocol,
        host: 'cart.shop',
        port,
        sni: 'cart.shop.svc.cluster.local',
      },
    );

  it.each<[string, string, number, OutboundCall['protocol']]>([
    ['a TCPRoute', route('TCPRoute', rules(v2(5432))), 5432, 'tcp'],
    ['a TLSRoute', route('TLSRoute', rules(v2(8443))), 8443, 'tls'],
  ])('go where %s says', (_, yaml, port, protocol) => {
    expect(call(yaml, port, protocol)).toMatchObject({
      outcome: 'route',
      destinations: [{ host: 'cart-v2.shop.svc.cluster.local', port }],
      by: { object: { metadata: { name: 'r' } }, rule: 0 },
    });
  });

  it.each<[string, string, number]>([
    ['a TCPRoute', route('TCPRoute', rules(v2(5432))), 5432],
    ['a TLSRoute', route('TLSRoute', rules(v2(8443))), 8443],
    [
      'a TLSRoute before a TCPRoute',
      route('TCPRoute', rules('{ name: cart, port: 8443 }')) +
        route('TLSRoute', rules(v2(8443))),
      8443,
    ],
  ])('are sent by a waypoint as %s says', (_, yaml, port) => {
    const snapshot = clusterOf(ISTIO + WAYPOINT + BASE + yaml, {
      origin: 'files',
    });
    const cart = ofService(snapshot, serviceOf(snapshot, 'cart'));
    const asked = { protocol: 'tcp' as const, host: 'cart.shop', port };
    expect(waypointCall(snapshot, cart, asked)).toMatchObject({
      destinations: [{ host: 'cart-v2.shop.svc.cluster.local', port }],
    });
  });

  it('pass a waypoint by its TLSRoutes for other names', () => {
    const snapshot = clusterOf(
      ISTIO +
        WAYPOINT +
        BASE +
        route('TLSRoute', `hostnames: [a.example.com], ${rules(v2(8443))}`),
      { origin: 'files' },
    );
    const cart = ofService(snapshot, serviceOf(snapshot, 'cart'));
    expect(
      waypointCall(snapshot, cart, {
        protocol: 'tls',
        host: 'cart.shop',
        port: 8443,
      }),
    ).toMatchObject({
      destinations: [{ host: 'cart.shop.svc.cluster.local', port: 8443 }],
    });
  });
});
