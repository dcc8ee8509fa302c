import { clusterOf } from '../../../__testUtils__/cluster';
import { istio, ISTIO, namespace, service } from '../../__testUtils__/istio';
import { hostDestinations } from './hostDestinations';

const SERVICES = namespace('shop') + service('cart') + service('orders');

function found(yaml: string, host: string, port = 80) {
  const answer = hostDestinations(
    clusterOf(ISTIO + SERVICES + yaml, { origin: 'files' }),
    { namespace: 'shop', labels: {} },
    { host, port },
  );
  if (!('has' in answer)) {
    throw new TypeError(`It is not known: ${JSON.stringify(answer)}`);
  }
  return answer.has === 'destinations'
    ? answer.destinations.map(one =>
        [one.host.replace('.svc.cluster.local', ''), one.port, one.subset]
          .filter(part => part !== undefined)
          .join(' '),
      )
    : answer.has;
}

const CART = 'cart.shop.svc.cluster.local';
const rule = (host: string, match = '') =>
  `{ ${match} route: [{ destination: { host: ${host} } }] }`;
const routes = (hosts: string, ...rules: string[]) =>
  istio(
    'VirtualService',
    'r',
    `{ hosts: [${hosts}], http: [${rules.join(', ')}] }`,
  );

const OUTSIDE = istio(
  'ServiceEntry',
  'outside',
  "{ hosts: ['*.example'], ports: [{ number: 80, name: http, protocol: HTTP }] }",
);

/** A route for clients of its own namespace only. */
const ELSEWHERE = `${namespace('web')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: own, namespace: web }
spec:
  parentRefs: [{ group: '', kind: Service, name: cart, namespace: shop }]
  rules: [{ backendRefs: [{ name: orders, namespace: shop, port: 80 }] }]
`;

describe('hostDestinations', () => {
  it.each([
    ['the service itself without rules', '', CART, ['cart.shop 80']],
    [
      'the destinations of all rules',
      routes(
        'cart',
        rule('orders', 'match: [{ uri: { prefix: /o } }],'),
        rule('cart'),
      ),
      CART,
      ['orders.shop 80', 'cart.shop 80'],
    ],
    [
      'up to one that takes everything',
      routes(
        'cart',
        rule('orders', 'match: [{ uri: { prefix: / } }],'),
        rule('cart'),
      ),
      CART,
      ['orders.shop 80'],
    ],
    [
      'not those of rules for other clients',
      routes(
        'cart',
        rule('orders', 'match: [{ sourceNamespace: web }],'),
        rule('cart'),
      ),
      CART,
      ['cart.shop 80'],
    ],
    [
      'those of a wildcard by its name',
      routes("'*.example.com'", rule('cart')),
      '*.example.com',
      ['cart.shop 80'],
    ],
    [
      'none for what a wildcard covers',
      routes("'*.example.com'", rule('cart')),
      'a.example.com',
      'no-host',
    ],
    [
      'not by a wildcard where a route names the service that is for others',
      routes("'*.shop.svc.cluster.local'", rule('orders')) + ELSEWHERE,
      CART,
      ['cart.shop 80'],
    ],
    [
      'but by one where no route is for it',
      routes("'*.shop.svc.cluster.local'", rule('cart')) + ELSEWHERE,
      'orders.shop.svc.cluster.local',
      ['cart.shop 80'],
    ],
    [
      'of a wildcard service those of the first source alone',
      OUTSIDE +
        routes("'*.example'", rule('cart', 'match: [{ port: 81 }],')) +
        routes("'*.example'", rule('orders')).replace('name: r,', 'name: s,'),
      '*.example',
      ['*.example 80'],
    ],
    [
      'where it has any',
      OUTSIDE +
        routes("'*.example'", rule('cart')) +
        routes("'*.example'", rule('orders')).replace('name: r,', 'name: s,'),
      '*.example',
      ['cart.shop 80'],
    ],
    ['none for what nobody names', '', 'a.example.com', 'no-host'],
  ])('%s', (_, yaml, host, expected) => {
    expect(found(yaml, host)).toEqual(expected);
  });

  it('says where the proxy does not listen', () => {
    expect(found('', CART, 81)).toBe('no-listener');
    expect(
      found(
        istio('Sidecar', 'default', "{ egress: [{ hosts: ['web/*'] }] }"),
        CART,
      ),
    ).toBe('no-listener');
  });

  it.each([
    ['HTTP', ['cart.shop 80']],
    ['TCP', 'no-listener'],
  ])('goes by the protocol that a Sidecar says: %s', (protocol, expected) => {
    expect(
      found(
        istio(
          'Sidecar',
          'default',
          `{ egress: [{ port: { number: 80, name: p, protocol: ${protocol} }, hosts: ['*/*'] }] }`,
        ),
        CART,
      ),
    ).toEqual(expected);
  });
});
