import { clusterOf } from '../__testUtils__/cluster';
import { walkRequestSchema } from '../contract/schemas/walk';
import { MESHES } from '../mesh/meshes';
import { requestWalk } from '../mesh/requestWalk';
import { parsePlace, serviceRouting } from '../mesh/serviceRouting';
import { workloadCallers } from '../mesh/whoMayCall/workloadCallers';
import { workloadMtls } from '../mesh/workloadMtls';
import { findWorkload } from '../mesh/workloads';
import { istio as adapter } from './adapter';
import { ISTIO, namespace, pod, service } from './__testUtils__/istio';

const EXTENSIONS = [
  [
    'networking.istio.io/v1alpha3',
    'EnvoyFilter',
    'workloadSelector: { labels: { app: APP } }',
  ],
  [
    'extensions.istio.io/v1alpha1',
    'WasmPlugin',
    'selector: { matchLabels: { app: APP } }',
  ],
  [
    'extensions.istio.io/v1alpha1',
    'TrafficExtension',
    'selector: { matchLabels: { app: APP } }',
  ],
] as const;

const BASE =
  ISTIO + namespace('shop') + pod('web') + pod('cart') + service('cart');

const ANSWERS = [
  'accepts',
  'sends',
  'authorization',
  'routes',
  'walk',
] as const;
type Answered = (typeof ANSWERS)[number];

/** Which answers about calls of web to cart say that something may differ, and by what. */
function differing(yaml: string) {
  const snapshot = clusterOf(BASE + yaml);
  const workloadOf = (name: string) =>
    findWorkload(snapshot, { namespace: 'shop', kind: 'Pod', name })!;
  const known = [
    { sources: ['declared' as const], workload: workloadOf('web-1') },
  ];
  const cart = workloadOf('cart-1');
  const { ports, clients } = workloadMtls(snapshot, cart, MESHES, known);
  const { callers } = workloadCallers(snapshot, cart, MESHES, known);
  const routes = serviceRouting(
    snapshot,
    snapshot.get('Service', 'shop', 'cart')!,
    MESHES,
    parsePlace(snapshot, 'shop/Pod/web-1'),
  );
  const walk = requestWalk(
    snapshot,
    walkRequestSchema.parse({
      from: {
        workload: {
          cluster: 'test',
          namespace: 'shop',
          kind: 'Pod',
          name: 'web-1',
        },
      },
      host: 'cart',
      port: 80,
    }),
    MESHES,
  );
  const reasons = {
    accepts: ports[0].accepts.mayDiffer,
    sends: clients[0].ports[0].sends.mayDiffer,
    authorization: callers[0].ports[0].decision.mayDiffer,
    routes: routes.ports[0].routing.mayDiffer,
    walk: walk.outcome.mayDiffer,
  } satisfies Record<Answered, unknown>;
  return ANSWERS.filter(name =>
    reasons[name]?.some(({ text }) => text.includes('may differ')),
  );
}

describe.each(EXTENSIONS)('%s %s', (apiVersion, kind, selector) => {
  const selecting = (app: string) => `
---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ext, namespace: shop }
spec: { ${selector.replace('APP', app)} }
`;

  it.each([
    ['of the server', 'cart', ['accepts', 'authorization', 'walk']],
    ['of the client', 'web', ['sends', 'routes', 'walk']],
    ['of another', 'other', []],
  ])('%s makes what it has a part in differ', (_, app, expected) => {
    expect(differing(selecting(app))).toEqual(expected);
  });
});

describe('at another proxy than a sidecar', () => {
  const gateway = `
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: main, namespace: edge }
spec: { selector: { app: ingress }, servers: [{ port: { number: 8080, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: edge }
spec: { hosts: [cart.example.com], gateways: [main], http: [{ route: [{ destination: { host: cart.shop.svc.cluster.local } }] }] }
${pod('ingress', { namespace: 'edge', mode: 'gateway' })}
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: ext, namespace: edge }
spec: { workloadSelector: { labels: { app: APP } } }
`;
  const at = (app: string) =>
    clusterOf(BASE + namespace('edge') + gateway.replace('APP', app));

  it.each([
    ['ingress', 1],
    ['other', 0],
  ])('a gateway, by what selects %s', (app, count) => {
    const snapshot = at(app);
    const place = { cluster: 'test', namespace: 'edge', name: 'main' };
    const walk = requestWalk(
      snapshot,
      walkRequestSchema.parse({
        from: { gateway: place },
        host: 'cart.example.com',
        port: 8080,
      }),
      MESHES,
    );

    expect(walk.outcome.mayDiffer ?? []).toHaveLength(count);
    const routing = adapter.gatewayRoutes?.(snapshot, place, {
      host: 'cart.example.com',
      port: 8080,
    }).routing;
    expect(routing?.value).toBe('rules');
    expect(routing?.mayDiffer ?? []).toHaveLength(count);
  });

  it('a waypoint, by what targets the Service behind it', () => {
    const { outcome } = requestWalk(
      clusterOf(`${ISTIO}${namespace(
        'shop',
        'istio.io/dataplane-mode: ambient, istio.io/use-waypoint: way',
      )}${pod('web', { mode: 'ambient' })}${pod('cart', {
        mode: 'ambient',
      })}${service('cart')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: way, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
status: { addresses: [{ value: 10.0.0.7 }] }
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { name: ext, namespace: shop }
spec: { targetRefs: [{ kind: Service, name: cart }] }
`),
      walkRequestSchema.parse({
        from: {
          workload: {
            cluster: 'test',
            namespace: 'shop',
            kind: 'Pod',
            name: 'web-1',
          },
        },
        host: 'cart',
        port: 80,
      }),
      MESHES,
    );

    expect(outcome.mayDiffer).toHaveLength(1);
  });
});
