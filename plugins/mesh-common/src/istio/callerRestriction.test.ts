import { clusterOf } from '../__testUtils__/cluster';
import { workloadOfPod } from '../mesh/workloads';
import {
  ISTIO,
  istio,
  namespace,
  pod,
  podOf,
  service,
} from './__testUtils__/istio';
import { callerRestriction } from './callerRestriction';

const policy = (name: string, spec: string) =>
  istio('AuthorizationPolicy', name, spec);
const names = (account: string, more = '') =>
  policy(
    'named',
    `{ ${more} rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/${account}] } }] }] }`,
  );

function restriction(objects: string, mode: 'sidecar' | 'ambient' = 'sidecar') {
  const snapshot = clusterOf(
    ISTIO + namespace('shop') + pod('cart', { mode }) + objects,
  );
  return callerRestriction(
    snapshot,
    workloadOfPod(snapshot, podOf(snapshot, 'cart')),
  );
}

describe('with a sidecar', () => {
  it.each<[string, string, string]>([
    ['nothing', '', 'open'],
    ['named callers', names('web'), 'restricted'],
    ['nobody', policy('nobody', '{}'), 'restricted'],
    ['everybody', policy('all', '{ rules: [{}] }'), 'open'],
    [
      'a method, whoever asks',
      policy('get', '{ rules: [{ to: [{ operation: { methods: [GET] } }] }] }'),
      'open',
    ],
    [
      'an external authorizer about everything',
      policy('ask', '{ action: CUSTOM, provider: { name: opa }, rules: [{}] }'),
      'restricted',
    ],
  ])('%s', (_, objects, value) => {
    expect(restriction(objects + service('cart')).value).toBe(value);
  });
});

describe('in ambient mode', () => {
  const FRONT = `${service('cart', { labels: 'istio.io/use-waypoint: front' })}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: front, namespace: shop }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]
status: { addresses: [{ value: 10.0.0.9 }] }
`;
  const AT_WAYPOINT = names(
    'web',
    'targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: front }],',
  ).replace('name: named', 'name: at-waypoint');

  it.each<[string, string, string, string]>([
    [
      'named at the ztunnel, no waypoint',
      service('cart') + names('web'),
      'restricted',
      'named',
    ],
    [
      'named at the waypoint only',
      FRONT + AT_WAYPOINT,
      'open',
      'meet the ztunnel only',
    ],
    [
      'the waypoint at the ztunnel, named callers at the waypoint',
      FRONT + AT_WAYPOINT + names('front'),
      'restricted',
      'at-waypoint',
    ],
    [
      'the waypoint at the ztunnel, nobody named there',
      FRONT + names('front'),
      'open',
      'waypoint shop/front instead of the clients',
    ],
    [
      'others than the waypoint at the ztunnel',
      FRONT + names('web'),
      'restricted',
      'named',
    ],
    [
      'the waypoint at the ztunnel for one port',
      FRONT +
        policy(
          'port',
          '{ rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/front] } }], to: [{ operation: { ports: ["8080"] } }] }] }',
        ),
      'open',
      'waypoint shop/front instead',
    ],
    [
      'a rule that a ztunnel drops',
      service('cart') +
        policy(
          'get',
          '{ rules: [{ to: [{ operation: { methods: [GET] } }] }] }',
        ),
      'restricted',
      'get',
    ],
    [
      'an external authorizer, which a ztunnel does not ask',
      service('cart') +
        policy(
          'ask',
          '{ action: CUSTOM, provider: { name: opa }, rules: [{}] }',
        ),
      'open',
      'everybody may call it',
    ],
  ])('%s', (_, objects, value, text) => {
    const { value: found, reasons } = restriction(objects, 'ambient');
    expect(found).toBe(value);
    expect(reasons.map(reason => reason.text).join('\n')).toContain(text);
  });
});
