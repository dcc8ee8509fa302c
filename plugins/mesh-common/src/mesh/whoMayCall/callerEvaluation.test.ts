import { MESHES } from '../meshes';
import {
  clusterOf,
  CONTROL_PLANE,
  meshedPod,
} from '../../linkerd/__testUtils__/cluster';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { workloadNamed } from '../workloads';
import { evaluateCaller } from './callerEvaluation';

const SERVER = `---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart-http, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: http, proxyProtocol: HTTP/1 }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: web-only, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: cart-http }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: web }]
`;

const ROUTE = `---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: api, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart-http }]
  rules: [{ matches: [{ path: { type: PathPrefix, value: /api } }] }]
`;

function evaluated(yaml: string, from: string | undefined, port = 8080) {
  const snapshot = clusterOf(CONTROL_PLANE + yaml, { origin: 'files' });
  return evaluateCaller(
    snapshot,
    workloadOf(snapshot, 'cart'),
    port,
    from === undefined ? undefined : workloadOf(snapshot, from),
    {
      protocol: 'http',
      method: 'GET',
      path: '/ready',
      headers: {},
      tokens: [],
    },
    MESHES,
  );
}

function workloadOf(snapshot: MeshSnapshot, name: string) {
  const found = workloadNamed(snapshot, 'shop', name);
  if (!found) {
    throw new Error(`There is no workload ${name}`);
  }
  return found;
}

const PODS = meshedPod('cart') + meshedPod('web');

describe('a call without an identity, where the port asks for one', () => {
  it('is answered by a proxy of Linkerd', () => {
    const { decision, hops } = evaluated(PODS + SERVER, undefined);
    expect(decision.value).toBe('denied');
    expect(hops).toMatchObject([{ layer: 'http', status: 403 }]);
  });

  it('is answered where nobody is let in, whoever calls', () => {
    const closed = meshedPod('cart', {
      annotations: { 'config.linkerd.io/default-inbound-policy': 'deny' },
    });
    const { decision, hops } = evaluated(closed + meshedPod('web'), 'web');
    expect(decision.value).toBe('denied');
    expect(hops).toMatchObject([{ layer: 'http', status: 403 }]);
  });

  it('is let in where it is one of the probes', () => {
    const probed = meshedPod('cart', {
      readiness: { path: '/ready', port: 8080 },
    });
    expect(evaluated(probed + SERVER, undefined).decision.value).toBe(
      'allowed',
    );
  });

  it('is lost where routes take other requests, and they are named', () => {
    const { decision, hops } = evaluated(PODS + SERVER + ROUTE, undefined);
    expect(decision.value).toBe('denied');
    expect(hops).toMatchObject([{ status: 404 }]);
    expect(
      decision.reasons.map(({ object, field }) => [object?.name, field]),
    ).toContainEqual(['api', 'spec.parentRefs']);
  });
});

it('names what the authorization is for', () => {
  const { decision } = evaluated(PODS + SERVER, 'web');
  expect(decision.value).toBe('allowed');
  expect(
    decision.reasons.map(({ object, field }) => [object?.name, field]),
  ).toEqual([
    ['web-only', 'spec.requiredAuthenticationRefs'],
    ['web-only', 'spec.targetRef'],
  ]);
});

it.each([false, true])(
  'finds the port of the proxy itself by its name, native sidecar or not (%s)',
  native => {
    const admin = SERVER.replace('port: http', 'port: linkerd-admin');
    const pods = meshedPod('cart', { native }) + meshedPod('web', { native });
    expect(evaluated(pods + admin, 'web', 4191).decision.value).toBe('allowed');
    expect(evaluated(pods + admin, 'cart', 4191).decision.value).toBe('denied');
  },
);
