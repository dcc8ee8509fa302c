import { parse } from 'yaml';
import { clusterOf } from '../../../__testUtils__/cluster';
import { istio, ISTIO, pod, service } from '../../__testUtils__/istio';
import { clusterTarget } from '../../cluster/target';
import { meshConfig } from '../../meshConfig';
import { HttpMatch, HttpRoute } from '../../objects';
import { SourceRule } from '../../routing/source';
import { AppliedRule, appliedRule } from '../actions';
import { RoutedRequest } from '../matchRequest';

export const CART = 'cart.shop.svc.cluster.local';
const RULES =
  pod('cart') +
  service('cart') +
  istio(
    'DestinationRule',
    'cart',
    `
  host: cart
  trafficPolicy:
    loadBalancer: { consistentHash: { httpCookie: { name: sid } } }
    portLevelSettings:
      - port: { number: 80 }
        loadBalancer: { consistentHash: { useSourceIp: true } }
  subsets:
    - { name: v1, labels: { version: v1 } }
    - name: v2
      labels: { version: v2 }
      trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: x-user } } }
`,
  );

interface Question {
  settings?: string;
  gatewayApi?: boolean;
  request?: Partial<RoutedRequest>;
  /** Of the alternative that was met. */
  match?: string;
  /** Of destinations that cannot be used. */
  invalid?: ReadonlyMap<number, string>;
}

/** What a rule does with a request of `/shop/items` to the Service `cart`. */
export function applied(route: string, question: Question = {}): AppliedRule {
  const found = answer(route, question);
  if (found === 'unknown') {
    throw new TypeError(`It is not known what ${route} does`);
  }
  return found;
}

export function answer(
  route: string,
  { settings = ISTIO, gatewayApi, request, match, invalid }: Question,
) {
  const snapshot = clusterOf(settings + RULES);
  const mesh = meshConfig(snapshot);
  const object = snapshot.get('Service', 'shop', 'cart');
  if (mesh.state === 'unknown' || !object) {
    throw new TypeError('The settings or the Service are missing');
  }
  const { config } = mesh;
  const http: HttpRoute = parse(route);
  const met: HttpMatch = match === undefined ? {} : parse(match);
  const rule: SourceRule = {
    http,
    written: {
      kind: gatewayApi
        ? 'gateway.networking.k8s.io/HTTPRoute'
        : 'networking.istio.io/VirtualService',
      object,
      field: 'spec.http[0]',
    },
    ...(invalid && { invalid }),
  };
  return appliedRule(
    rule,
    met,
    {
      method: 'GET',
      path: '/shop/items?id=1',
      authority: 'cart',
      scheme: 'http',
      headers: {},
      ...request,
    },
    {
      snapshot,
      config,
      port: 8080,
      resolve: ({ host, port, subset }) =>
        clusterTarget(
          snapshot,
          { host, port: port?.number ?? 80, ...(subset && { subset }) },
          { proxy: 'sidecar', namespace: 'shop', config },
        ),
    },
  );
}
