import {
  answer,
  asked,
  gateway as istioGateway,
  http,
  inShort,
  Question,
  routes,
  to,
} from './__testUtils__/gateways';
import { pod, service } from '../../__testUtils__/istio';

const LABELS = { 'gateway.networking.k8s.io/gateway-name': 'main' };
const AS_MAIN: Question = { labels: LABELS };

interface Options {
  namespace?: string;
  created?: string;
  status?: string;
}

function object(
  kind: string,
  name: string,
  spec: string,
  {
    namespace = 'edge',
    created = '2026-01-01T00:00:00Z',
    status,
  }: Options = {},
): string {
  return `
---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: '${created}' }
spec: ${spec}
${status ? `status: ${status}` : ''}
`;
}

const main = (listeners: string, rest = '') =>
  object(
    'Gateway',
    'main',
    `{ gatewayClassName: istio, listeners: [${listeners}] ${rest} }`,
  );

const ALL = 'allowedRoutes: { namespaces: { from: All } }';
const listener = (rest = ALL, name = 'http') =>
  `{ name: ${name}, port: 80, protocol: HTTP, ${rest} }`;

/** A route of the namespace `shop`, unless it says otherwise. */
const route = (name: string, spec: string, options: Options = {}) =>
  object('HTTPRoute', name, `{ ${spec} }`, { namespace: 'shop', ...options });

const PARENT = 'parentRefs: [{ name: main, namespace: edge }]';
const rules = (...written: string[]) => `rules: [${written.join(', ')}]`;
const backend = (name: string, rest = '') =>
  `backendRefs: [{ name: ${name}, port: 80 ${rest} }]`;
const CART = rules(`{ ${backend('cart')} }`);

describe('gatewayCall at a Gateway of the Gateway API', () => {
  it('goes by the routes that are attached to it', () => {
    expect(
      inShort(
        main(listener()) + route('r', `${PARENT}, ${CART}`),
        { port: 80 },
        AS_MAIN,
      ),
    ).toBe('route, cart.shop 80, by r spec.rules[0]');
  });

  describe('listens', () => {
    const made = (ports: string, name = 'main-istio') =>
      service(name, {
        namespace: 'edge',
        ports,
      }).replace(
        `selector: { app: ${name} }`,
        'selector: { gateway.networking.k8s.io/gateway-name: main }',
      );
    const yaml = main(listener()) + route('r', `${PARENT}, ${CART}`);
    const own =
      'gatewayClassName: own, listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }]';
    const ofClass = (controller: string) => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: own }
spec: { controllerName: ${controller} }
${object('Gateway', 'main', `{ ${own} }`)}
`;

    it.each([
      [
        'on the target port of the Service that istiod made',
        yaml + made('{ port: 80, targetPort: 8080 }'),
        8080,
        true,
      ],
      [
        'not where that has no such port',
        yaml + made('{ port: 81, targetPort: 80 }'),
        80,
        false,
      ],
      [
        'where the annotation names another Service',
        yaml.replace(
          'kind: Gateway\nmetadata: {',
          'kind: Gateway\nmetadata: { annotations: { gateway.istio.io/name-override: mine },',
        ) + made('{ port: 80, targetPort: 8080 }', 'mine'),
        8080,
        true,
      ],
      [
        'where the class is one of istiod',
        ofClass('istio.io/gateway-controller') +
          route('r', `${PARENT}, ${CART}`),
        80,
        true,
      ],
      [
        'not where it is not',
        ofClass('example.com/other') + route('r', `${PARENT}, ${CART}`),
        80,
        false,
      ],
    ])('%s', (_, objects, port, listens) => {
      const { outcome } = answer(objects, { port }, AS_MAIN);
      expect(outcome).toBe(listens ? 'route' : 'no-listener');
    });

    it('on a cluster only once there is a Service', () => {
      expect(
        answer(
          main(listener()),
          { port: 80 },
          { ...AS_MAIN, origin: 'cluster' },
        ).outcome,
      ).toBe('no-listener');
    });

    it('on the pods that an address names, where they are deployed by hand', () => {
      const manual =
        main(
          listener(),
          ', addresses: [{ type: Hostname, value: ingress.edge.svc.cluster.local }]',
        ) +
        pod('ingress', { namespace: 'edge', mode: 'gateway' }) +
        service('ingress', {
          namespace: 'edge',
          ports: '{ port: 80, targetPort: 8080 }',
        }) +
        route('r', `${PARENT}, ${CART}`);
      expect(
        inShort(manual, { port: 8080 }, { labels: { app: 'ingress' } }),
      ).toContain('route');
      expect(inShort(manual, { port: 8080 }, AS_MAIN)).toBe('no-listener');
    });
  });

  describe('attaches a route', () => {
    const both = `${listener()}, { name: alt, port: 8080, protocol: HTTP, ${ALL} }`;
    it.each([
      ['to all listeners', '{ name: main, namespace: edge }', both, [80, 8080]],
      [
        'to the one of its port',
        '{ name: main, namespace: edge, port: 8080 }',
        both,
        [8080],
      ],
      [
        'to the one of its section',
        '{ name: main, namespace: edge, sectionName: http }',
        both,
        [80],
      ],
      ['not to another Gateway', '{ name: other, namespace: edge }', both, []],
      [
        'not from a namespace that the listener does not take',
        '{ name: main, namespace: edge }',
        listener('allowedRoutes: { namespaces: { from: Same } }'),
        [],
      ],
      [
        'not without a word from another namespace',
        '{ name: main, namespace: edge }',
        '{ name: http, port: 80, protocol: HTTP }',
        [],
      ],
      [
        'from one whose labels are selected',
        '{ name: main, namespace: edge }',
        listener(
          'allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { team: shop } } } }',
        ),
        [80],
      ],
      [
        'from one whose name is selected',
        '{ name: main, namespace: edge }',
        listener(
          'allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: shop } } } }',
        ),
        [80],
      ],
      [
        'not from others',
        '{ name: main, namespace: edge }',
        listener(
          'allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { team: pay } } } }',
        ),
        [],
      ],
      [
        'not of another kind',
        '{ name: main, namespace: edge }',
        listener(
          'allowedRoutes: { namespaces: { from: All }, kinds: [{ kind: GRPCRoute }] }',
        ),
        [],
      ],
    ] as [string, string, string, number[]][])(
      '%s',
      (_, parent, listeners, ports) => {
        const yaml =
          main(listeners) + route('r', `parentRefs: [${parent}], ${CART}`);
        expect(
          [80, 8080].filter(
            port => answer(yaml, { port }, AS_MAIN).outcome === 'route',
          ),
        ).toEqual(ports);
      },
    );

    it('on a cluster only where the controller has accepted it', () => {
      const yaml = (status: string) =>
        main(listener()) +
        service('main-istio', {
          namespace: 'edge',
          ports: '{ port: 80 }',
        }).replace(
          'selector: { app: main-istio }',
          'selector: { gateway.networking.k8s.io/gateway-name: main }',
        ) +
        route('r', `${PARENT}, ${CART}`, {
          status: `{ parents: [{ parentRef: { name: main, namespace: edge }, controllerName: istio.io/gateway-controller, conditions: [{ type: Accepted, status: '${status}' }] }] }`,
        });
      const onCluster: Question = { ...AS_MAIN, origin: 'cluster' };
      expect(inShort(yaml('True'), { port: 80 }, onCluster)).toContain('route');
      expect(inShort(yaml('False'), { port: 80 }, onCluster)).toBe('no-route');
    });
  });

  describe('hosts', () => {
    const found = (listeners: string, hostnames: string, host: string) =>
      answer(
        main(listeners) +
          route('r', `${PARENT}, hostnames: [${hostnames}], ${CART}`),
        { port: 80, host },
        AS_MAIN,
      ).outcome;
    const wide = listener(`hostname: '*.example.com', ${ALL}`);
    it.each([
      [wide, '', 'a.example.com', 'route'],
      [wide, '', 'a.org', 'no-route'],
      [wide, 'a.example.com', 'a.example.com', 'route'],
      [wide, 'a.example.com', 'b.example.com', 'no-route'],
      [wide, "'*.com'", 'b.example.com', 'route'],
      [wide, "'*.com'", 'b.com', 'no-route'],
      [wide, 'a.org', 'a.org', 'no-route'],
      [wide, 'a.org, a.example.com', 'a.org', 'no-route'],
    ])('%s with [%s] for %s: %s', (listeners, hostnames, host, expected) => {
      expect(found(listeners, hostnames, host)).toBe(expected);
    });

    it('go to the listener that is closest to them', () => {
      const two = `${wide}, ${listener(
        `hostname: a.example.com, allowedRoutes: { namespaces: { from: Same } }`,
        'exact',
      )}`;
      expect(found(two, 'a.example.com', 'a.example.com')).toBe('no-route');
      expect(found(two, 'b.example.com', 'b.example.com')).toBe('route');
    });

    it('but not to one that an earlier one is in the way of', () => {
      const conflicting = `{ name: tls, port: 80, protocol: TLS, hostname: '*.example.com', tls: { mode: Passthrough } }`;
      const close = listener(`hostname: '*.example.com', ${ALL}`, 'close');
      const open = `${listener(ALL, 'all')}, `;
      expect(found(open + close, 'a.example.com', 'a.example.com')).toBe(
        'route',
      );
      expect(
        found(
          `${open + conflicting}, ${close}`,
          'a.example.com',
          'a.example.com',
        ),
      ).toBe('route');
    });

    it('of a listener that an earlier one is in the way of are nobody’s', () => {
      const yaml =
        main(`${listener()}, ${listener(ALL, 'second')}`) +
        route(
          'r',
          `parentRefs: [{ name: main, namespace: edge, sectionName: second }], ${CART}`,
        );
      expect(inShort(yaml, { port: 80 }, AS_MAIN)).toBe('no-route');
    });
  });

  describe('puts the rules of several routes in one order', () => {
    const OLD = '2025-01-01T00:00:00Z';
    const yaml =
      main(listener()) +
      route(
        'old',
        `${PARENT}, ${rules(
          `{ ${backend('cart')} }`,
          `{ matches: [{ path: { value: /a } }], ${backend('cart')} }`,
          `{ matches: [{ path: { value: /same } }], ${backend('cart')} }`,
        )}`,
        { created: OLD },
      ) +
      route(
        'young',
        `${PARENT}, ${rules(
          `{ matches: [{ path: { type: Exact, value: /a } }], ${backend(
            'cart',
          )} }`,
          `{ matches: [{ path: { value: /a/long } }], ${backend('cart')} }`,
          `{ matches: [{ path: { value: /a }, method: POST }], ${backend(
            'cart',
          )} }`,
          `{ matches: [{ path: { value: /a }, headers: [{ name: x, value: '1' }] }], ${backend(
            'cart',
          )} }`,
          `{ matches: [{ path: { value: /same } }], ${backend('cart')} }`,
        )}`,
      );

    it.each([
      [{ path: '/other' }, 'old spec.rules[0]'],
      [{ path: '/a/x' }, 'old spec.rules[1]'],
      [{ path: '/abc' }, 'old spec.rules[0]'],
      [{ path: '/a' }, 'young spec.rules[0]'],
      [{ path: '/a/long/x' }, 'young spec.rules[1]'],
      [{ path: '/a/x', method: 'POST' }, 'young spec.rules[2]'],
      [{ path: '/a/x', headers: { x: '1' } }, 'young spec.rules[3]'],
      [{ path: '/same' }, 'old spec.rules[2]'],
    ])('%j: %s', (call, expected) => {
      expect(inShort(yaml, { port: 80, ...call }, AS_MAIN)).toBe(
        `route, cart.shop 80, by ${expected}`,
      );
    });
  });

  describe('sends to a backend', () => {
    const grant = (from: string) =>
      object(
        'ReferenceGrant',
        'grant',
        `{ from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: ${from} }], to: [{ group: '', kind: Service }] }`,
        { namespace: 'pay' },
      ).replace('networking.k8s.io/v1', 'networking.k8s.io/v1beta1');
    const sent = (written: string, more = '') =>
      inShort(
        main(listener()) +
          more +
          route('r', `${PARENT}, ${rules(`{ ${written} }`)}`),
        { port: 80 },
        AS_MAIN,
      );

    it.each([
      [
        'of another namespace with a grant',
        backend('bill', ', namespace: pay'),
        grant('shop'),
        'route, bill.pay 80',
      ],
      [
        'not without',
        backend('bill', ', namespace: pay'),
        '',
        'route, missing 500',
      ],
      [
        'nor with one for others',
        backend('bill', ', namespace: pay'),
        grant('web'),
        'route, missing 500',
      ],
      [
        'not that is not there',
        backend('nowhere'),
        '',
        'route, nowhere.shop 80 missing 500',
      ],
    ])('%s', (_, written, more, expected) => {
      expect(sent(written, more)).toBe(`${expected}, by r spec.rules[0]`);
    });

    it('or answers 500 where there is none', () => {
      expect(sent('backendRefs: []')).toBe(
        'direct-response, by r spec.rules[0]',
      );
    });
  });

  it('takes GRPCRoutes too', () => {
    const yaml =
      main(listener()) +
      object(
        'GRPCRoute',
        'g',
        `{ ${PARENT}, rules: [{ matches: [{ method: { service: shop.Cart } }], ${backend(
          'cart',
        )} }] }`,
        { namespace: 'shop' },
      );
    expect(
      inShort(
        yaml,
        { port: 80, path: '/shop.Cart/Get', method: 'POST' },
        AS_MAIN,
      ),
    ).toBe('route, cart.shop 80, by g spec.rules[0]');
  });

  describe('beside Istio Gateways for the same pods', () => {
    const from = (namespace: string) =>
      main(listener()) +
      istioGateway('own', http('b.example.com'), {
        namespace,
        selector: 'gateway.networking.k8s.io/gateway-name: main',
      }) +
      routes(
        'r',
        `hosts: [b.example.com], gateways: [${namespace}/own], ${to('cart')}`,
      );

    it.each([
      ['edge', 'route, cart.shop 80, by r spec.http[0]'],
      ['shop', 'no-route'],
    ])('of the namespace %s: %s', (namespace, expected) => {
      expect(
        inShort(from(namespace), { port: 80, host: 'b.example.com' }, AS_MAIN),
      ).toBe(expected);
    });
  });

  it('is unknown where routes could not be read', () => {
    expect(
      asked(
        main(listener()),
        { port: 80 },
        {
          ...AS_MAIN,
          forbidden: ['gateway.networking.k8s.io/HTTPRoute'],
        },
      ),
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });
});
