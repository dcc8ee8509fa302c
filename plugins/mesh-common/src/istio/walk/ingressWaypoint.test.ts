import {
  istio,
  meshSettings,
  namespace,
  pod,
  service,
} from '../__testUtils__/istio';
import { ambientCart, Question, seen, walked } from './__testUtils__/walked';

const WAY = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: way, namespace: shop, labels: { istio.io/waypoint-for: service } }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
status: { addresses: [{ value: 10.0.0.7 }] }
`;
const FRONT =
  pod('front', { mode: 'gateway', ip: '10.1.0.9' }) +
  service('front') +
  istio(
    'Gateway',
    'front',
    '{ selector: { app: front }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }',
  ) +
  istio(
    'VirtualService',
    'front',
    '{ hosts: [shop.example], gateways: [front], http: [{ match: [{ uri: { prefix: /old } }], rewrite: { uri: /new }, route: [{ destination: { host: cart } }] }, { route: [{ destination: { host: cart } }] }] }',
  );
const ONLY_GET = istio(
  'AuthorizationPolicy',
  'get',
  '{ targetRefs: [{ kind: Service, group: "", name: cart }], rules: [{ to: [{ operation: { methods: [GET] } }] }] }',
);
const NO_OLD = istio(
  'AuthorizationPolicy',
  'no-old',
  '{ targetRefs: [{ kind: Service, group: "", name: cart }], action: DENY, rules: [{ to: [{ operation: { paths: ["/old*"] } }] }] }',
);
const BEHIND = istio(
  'AuthorizationPolicy',
  'behind',
  '{ selector: { matchLabels: { app: cart } }, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/way] } }] }] }',
);

function shop(labels = ''): string {
  return (
    namespace('shop', `istio.io/use-waypoint: way${labels && `, ${labels}`}`) +
    WAY +
    FRONT +
    ambientCart
  );
}

const USED = 'istio.io/ingress-use-waypoint: "true"';
const asked: Question = { gateway: 'front', host: 'shop.example' };
const post: Question = { ...asked, method: 'POST' };

describe('a gateway in front of a Service with a waypoint', () => {
  it.each<[string, string, Question, string]>([
    ['passes it by', shop() + ONLY_GET, post, 'delivered'],
    [
      'uses it where the label says so',
      shop(USED) + ONLY_GET,
      post,
      'denied 403',
    ],
    ['is let in by it', shop(USED) + ONLY_GET, asked, 'delivered'],
    [
      'is let in by it with what it rewrites',
      shop(USED) + NO_OLD,
      { ...asked, path: '/old' },
      'delivered',
    ],
    [
      'comes to the server as the waypoint',
      shop(USED) + BEHIND,
      asked,
      'delivered',
    ],
    [
      'comes as itself without the label',
      shop() + BEHIND,
      asked,
      'denied 503 UC',
    ],
    [
      'does not where the label says no',
      shop('istio.io/ingress-use-waypoint: "false"') + ONLY_GET,
      post,
      'delivered',
    ],
  ])('%s', (_, yaml, question, expected) => {
    expect(seen(yaml, question)).toBe(expected);
  });

  it('says by what it goes, and whom the server sees', () => {
    const [branch] = walked(shop(USED), asked).branches;
    expect(branch).toMatchObject({
      percent: 100,
      via: [{ namespace: 'shop', kind: 'Gateway', name: 'way' }],
      peerIdentity: 'cluster.local/ns/shop/sa/way',
    });
    expect(branch.steps[0]).toMatchObject({
      text: 'cart.shop.svc.cluster.local: to its waypoint shop/way',
      reasons: [{ object: { kind: 'Namespace', name: 'shop' } }],
    });
    expect(walked(shop(), asked).branches[0]).not.toHaveProperty('via');
  });

  it('passes it by where istiod is told so', () => {
    const istiod = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod, istio.io/rev: default } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec: { containers: [{ name: discovery, image: "pilot:1.31.0", env: [{ name: ENABLE_INGRESS_WAYPOINT_ROUTING, value: "false" }] }] }
`;
    expect(
      seen(shop(USED) + ONLY_GET, {
        ...post,
        settings: meshSettings() + istiod,
      }),
    ).toBe('delivered');
  });
});
