import { istio, meshSettings, pod, service } from '../__testUtils__/istio';
import {
  ambientCart,
  ambientWeb,
  cart,
  cartPod,
  denyShop,
  plainWeb,
  Question,
  seen,
  strict,
  walked,
  web,
} from './__testUtils__/walked';

const headless = (ports: string) =>
  service('cart', { ports }).replace('10.0.0.1', 'None');
const tokens = istio(
  'RequestAuthentication',
  'tokens',
  '{ jwtRules: [{ issuer: "https://own.example" }] }',
);
const registryOnly = meshSettings(
  'outboundTrafficPolicy:\n  mode: REGISTRY_ONLY',
);
const split = istio(
  'VirtualService',
  'cart',
  `{ hosts: [cart], http: [{ route: [
     { destination: { host: cart }, weight: 90 },
     { destination: { host: other }, weight: 10 } ] }] }`,
);

describe('walk', () => {
  it.each<[string, string, Question, string]>([
    [
      'a pod by its address, past the mesh: no identity for a DENY to match',
      web + cart + denyShop,
      { host: '10.1.0.2', port: 8080 },
      'delivered',
    ],
    ['the same by its Service', web + cart + denyShop, {}, 'denied 403'],
    [
      'a Service for nobody: it is in the way of requests only by a VirtualService, and has no endpoints then',
      web +
        cartPod +
        service('cart', {
          annotations: "networking.istio.io/exportTo: '~'",
        }) +
        istio(
          'VirtualService',
          'cart',
          '{ hosts: [cart], http: [{ route: [{ destination: { host: cart } }] }] }',
        ) +
        service('other'),
      { host: 'cart.shop.svc.cluster.local' },
      'failed 503 UH',
    ],
    [
      'a pod by its address, STRICT: nobody answers for its connection',
      web + cart + strict,
      { host: '10.1.0.2', port: 8080 },
      'failed closed',
    ],
    [
      'an address that nobody has, where all may be called',
      web + cart,
      { host: '198.51.100.9', port: 443 },
      'unmeshed',
    ],
    [
      'HTTP to a host that the mesh does not know, where that is refused',
      web + cart,
      { host: 'shop.example', settings: registryOnly },
      'failed 502',
    ],
    [
      'other bytes to it',
      web + cart,
      {
        host: 'shop.example',
        port: 7000,
        protocol: 'tcp',
        settings: registryOnly,
      },
      'failed closed UH',
    ],
    [
      'headless, where the pod listens on the port of the Service',
      web + cartPod + headless('{ name: http, port: 8080 }'),
      { port: 8080 },
      'delivered',
    ],
    [
      'headless, where it does not: target ports are not looked up',
      web + cartPod + headless('{ name: http, port: 80, targetPort: 8080 }'),
      {},
      'failed 503 UF',
    ],
    [
      'the same without a proxy',
      plainWeb +
        cartPod +
        headless('{ name: http, port: 80, targetPort: 8080 }'),
      {},
      'failed closed',
    ],
    [
      'a port that the Service does not have, without a proxy',
      plainWeb + cart,
      { port: 81 },
      'failed closed',
    ],
    [
      'a token of a foreign issuer',
      web + cart + tokens,
      { jwt: { iss: 'https://foreign.example' } },
      'denied 401',
    ],
    [
      'a token of the own issuer',
      web + cart + tokens,
      { jwt: { iss: 'https://own.example' } },
      'delivered',
    ],
    ['no token', web + cart + tokens, {}, 'delivered'],
    [
      'TCP that a policy denies: the connection is closed',
      web +
        cartPod +
        service('cart', {
          ports: '{ name: tcp, port: 80, targetPort: 8080 }',
        }) +
        denyShop,
      { protocol: 'tcp' },
      'denied closed',
    ],
    [
      'ambient: only the ztunnel, which does not read HTTP',
      ambientWeb +
        ambientCart +
        istio(
          'AuthorizationPolicy',
          'get',
          '{ rules: [{ to: [{ operation: { methods: [GET] } }] }] }',
        ),
      {},
      'denied closed',
    ],
    [
      'ambient to a sidecar that wants mutual TLS: ztunnel sends plaintext',
      ambientWeb + cart + strict,
      {},
      'failed closed',
    ],
    [
      'a sidecar to a pod in ambient mode',
      web + ambientCart + strict,
      {},
      'delivered',
    ],
    [
      'an outbound port that goes past the sidecar',
      pod('web', {
        annotations: "traffic.sidecar.istio.io/excludeOutboundPorts: '80'",
      }) +
        cart +
        strict,
      {},
      'failed closed',
    ],
    [
      'an address that the sidecar does not take',
      pod('web', {
        annotations:
          'traffic.sidecar.istio.io/excludeOutboundIPRanges: 10.0.0.0/8',
      }) +
        cart +
        strict,
      {},
      'failed closed',
    ],
    [
      'no ready endpoint',
      web +
        cartPod.replace("status: 'True'", "status: 'False'") +
        service('cart'),
      {},
      'failed 503 UH',
    ],
    [
      'a host outside that the client has looked up itself',
      web +
        istio(
          'ServiceEntry',
          'outside',
          '{ hosts: [shop.example], location: MESH_EXTERNAL, resolution: NONE, ports: [{ number: 80, name: http, protocol: HTTP }] }',
        ),
      { host: 'shop.example' },
      'unmeshed',
    ],
    [
      'a host outside with addresses',
      web +
        istio(
          'ServiceEntry',
          'outside',
          '{ hosts: [shop.example], location: MESH_EXTERNAL, resolution: DNS, ports: [{ number: 80, name: http, protocol: HTTP }] }',
        ),
      { host: 'shop.example' },
      'delivered',
    ],
    [
      'PASSTHROUGH to the address of a Service, whose target port counts',
      web +
        cart +
        istio(
          'DestinationRule',
          'cart',
          '{ host: cart, trafficPolicy: { loadBalancer: { simple: PASSTHROUGH } } }',
        ),
      {},
      'delivered',
    ],
    [
      'destinations that differ',
      web + cart + split + service('other'),
      {},
      'depends',
    ],
    [
      'a backend of an HTTPRoute that is not there',
      `${web + cart}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: '', kind: Service, name: cart }]
  rules: [{ backendRefs: [{ name: nobody, port: 80 }] }]
status:
  parents:
    - parentRef: { group: '', kind: Service, name: cart }
      controllerName: istio.io/gateway-controller
      conditions: [{ type: Accepted, status: 'True' }]
`,
      {},
      'failed 500',
    ],
  ])('%s', (_name, yaml, question, expected) => {
    expect(seen(yaml, question)).toBe(expected);
  });

  it('asks each destination, and says which share gets what', () => {
    const answer = walked(web + cart + split + service('other'));
    expect(
      answer.branches.map(({ percent, host, outcome, status }) => [
        percent,
        host,
        outcome,
        status,
      ]),
    ).toEqual([
      [90, 'cart.shop.svc.cluster.local', 'delivered', undefined],
      [10, 'other.shop.svc.cluster.local', 'failed', 503],
    ]);
    expect(answer.summary).toBe(
      '90 %: 200 expected from cart-1; 10 %: 503 UH: other.shop.svc.cluster.local:80: there are no endpoints',
    );
  });

  it('says at how many endpoints the request goes on where they differ', () => {
    const twoKinds =
      pod('cart', { ip: '10.1.0.2' }) +
      pod('cart', { mode: 'none', ip: '10.1.0.3' })
        .replace('name: cart-1', 'name: old-1')
        .replace('app: cart', 'app: cart') +
      service('cart');
    const rule = istio(
      'DestinationRule',
      'cart',
      '{ host: cart, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }',
    );
    const [branch] = walked(web + twoKinds + rule).branches;
    expect(branch.outcome).toBe('depends');
    expect(
      branch.steps
        .filter(({ step }) => step === 'security')
        .map(({ text }) => text),
    ).toEqual([
      'at 1 of 2 endpoints: client mutual TLS of the mesh, server PERMISSIVE: mutual TLS',
      'at 1 of 2 endpoints: client mutual TLS of the mesh, server has no proxy that could end it: the handshake fails',
    ]);
  });

  it('shows a delay before the timeout, and the server what the route makes of the request', () => {
    const answer = walked(
      web +
        cart +
        istio(
          'VirtualService',
          'cart',
          `{ hosts: [cart], http: [{
             match: [{ uri: { prefix: /old } }],
             fault: { delay: { fixedDelay: 5s, percentage: { value: 100 } } },
             rewrite: { uri: /new }, timeout: 1s,
             headers: { request: { set: { x-by: route } } },
             route: [{ destination: { host: cart } }] }] }`,
        ) +
        istio(
          'AuthorizationPolicy',
          'cart',
          '{ rules: [{ to: [{ operation: { paths: [/new/1] } }], when: [{ key: "request.headers[x-by]", values: [route] }] }] }',
        ),
      { path: '/old/1?a=b' },
    );
    expect(answer).toMatchObject({
      outcome: { value: 'delivered' },
      delay: { ms: 5000, percent: 100 },
      timeoutMs: 1000,
      rewrite: { path: '/new/1' },
    });
    expect(answer.summary).toContain('after an injected delay of 5 s');
  });

  it('names the subset and the selector that choose the endpoints', () => {
    const [{ steps }] = walked(
      web +
        cart +
        istio(
          'VirtualService',
          'cart',
          '{ hosts: [cart], http: [{ route: [{ destination: { host: cart, subset: all } }] }] }',
        ) +
        istio(
          'DestinationRule',
          'cart',
          '{ host: cart, subsets: [{ name: other }, { name: all, labels: { app: cart } }] }',
        ),
    ).branches;
    expect(
      steps[0].reasons.map(({ object, field }) => `${object?.name} ${field}`),
    ).toEqual(['cart spec.subsets[1].labels', 'cart spec.selector']);
  });

  it('says which rule ends the search for a subset', () => {
    const answer = walked(
      web +
        cart +
        istio(
          'VirtualService',
          'cart',
          '{ hosts: [cart], http: [{ route: [{ destination: { host: cart, subset: v1 } }] }] }',
        ) +
        istio(
          'DestinationRule',
          'batch',
          '{ host: cart, workloadSelector: { matchLabels: { app: batch } }, subsets: [{ name: v2 }] }',
        ),
    );
    expect(answer.outcome.reasons[0]).toMatchObject({
      object: { kind: 'networking.istio.io/DestinationRule', name: 'batch' },
      text: expect.stringContaining('is for the clients it selects'),
    });
  });
});
