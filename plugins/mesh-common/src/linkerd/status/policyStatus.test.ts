import { clusterOf } from '../__testUtils__/cluster';
import { egressNetworkStatus, isAcceptedNetwork } from './egressNetworkStatus';
import { rateLimitStatus } from './rateLimitStatus';

const SETTINGS = `
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-config, namespace: linkerd }
data: { values: 'clusterNetworks: "10.0.0.0/8,fd00::/8"' }
`;

function network(spec: string, status = '') {
  const snapshot = (origin: 'cluster' | 'files') =>
    clusterOf(
      `${SETTINGS}
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: out, namespace: shop }
spec: { trafficPolicy: Allow${spec} }
${status}`,
      { origin },
    );
  const of = (origin: 'cluster' | 'files') => {
    const cluster = snapshot(origin);
    const found = cluster.get('policy.linkerd.io/EgressNetwork', 'shop', 'out');
    if (!found) {
      throw new Error('There is no EgressNetwork');
    }
    return { cluster, found };
  };
  return of;
}

describe('EgressNetworks', () => {
  it.each<[what: string, spec: string, reason: string | undefined]>([
    ['none written', '', 'Accepted'],
    ['outside the cluster', ', networks: [{ cidr: 8.8.8.0/24 }]', 'Accepted'],
    [
      'inside the cluster',
      ', networks: [{ cidr: 10.1.0.0/16 }]',
      'EgressReasonNetworkOverlap',
    ],
    [
      'around the cluster',
      ', networks: [{ cidr: 0.0.0.0/0 }]',
      'EgressReasonNetworkOverlap',
    ],
    [
      'around the cluster, without it',
      ', networks: [{ cidr: 0.0.0.0/0, except: [10.0.0.0/8] }]',
      'Accepted',
    ],
    [
      'around the cluster, without a part of it',
      ', networks: [{ cidr: 0.0.0.0/0, except: [10.0.0.0/9] }]',
      'EgressReasonNetworkOverlap',
    ],
    [
      'an address of the cluster',
      ', networks: [{ cidr: 8.8.8.8 }, { cidr: "fd00::1" }]',
      'EgressReasonNetworkOverlap',
    ],
    ['unreadable', ', networks: [{ cidr: 10.1/16 }]', undefined],
  ])('%s', (_, spec, reason) => {
    const { cluster, found } = network(spec)('files');
    expect(egressNetworkStatus(cluster, found)?.reason).toBe(reason);
    expect(isAcceptedNetwork(cluster, found)).toBe(reason === 'Accepted');
  });

  it('goes by what is written, on a cluster by nothing else', () => {
    const unsaid = network('')('cluster');
    expect(isAcceptedNetwork(unsaid.cluster, unsaid.found)).toBe(false);
    const written = network(
      '',
      "status: { conditions: [{ type: Accepted, status: 'False' }] }",
    );
    for (const origin of ['cluster', 'files'] as const) {
      const { cluster, found } = written(origin);
      expect(isAcceptedNetwork(cluster, found)).toBe(false);
    }
  });
});

describe('HTTPLocalRateLimitPolicies', () => {
  const limit = (
    name: string,
    created: string | undefined,
    target = '{ group: policy.linkerd.io, kind: Server, name: web }',
  ) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata:
  name: ${name}
  namespace: shop
  ${created ? `creationTimestamp: '${created}'` : ''}
spec: { targetRef: ${target}, total: { requestsPerSecond: 5 } }
`;
  const SERVER = `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: web, namespace: shop }
spec: { podSelector: {}, port: 8080 }
`;

  function statusOf(yaml: string, name: string) {
    const snapshot = clusterOf(yaml, { origin: 'files' });
    const policy = snapshot.get(
      'policy.linkerd.io/HTTPLocalRateLimitPolicy',
      'shop',
      name,
    );
    if (!policy) {
      throw new Error(`There is no policy ${name}`);
    }
    return rateLimitStatus(snapshot, policy);
  }

  function reasonOf(yaml: string, name: string): string | undefined {
    return statusOf(yaml, name)?.reason;
  }

  it.each<[what: string, yaml: string, expected: string | undefined]>([
    ['of a Server', SERVER + limit('a', undefined), 'Accepted'],
    ['of no Server that exists', limit('a', undefined), 'NoMatchingTarget'],
    [
      'of something else',
      SERVER + limit('a', undefined, '{ kind: Namespace, name: shop }'),
      undefined,
    ],
    [
      'beside an older one',
      SERVER +
        limit('a', '2026-02-01T00:00:00Z') +
        limit('b', '2026-01-01T00:00:00Z'),
      'RateLimitReasonAlreadyExists',
    ],
    [
      'beside one of the same age, of a later name',
      SERVER +
        limit('a', '2026-01-01T00:00:00Z') +
        limit('b', '2026-01-01T00:00:00Z'),
      'Accepted',
    ],
    [
      'without age, beside one that has one',
      SERVER + limit('a', undefined) + limit('b', '2026-01-01T00:00:00Z'),
      'RateLimitReasonAlreadyExists',
    ],
  ])('%s', (_, yaml, expected) => {
    expect(reasonOf(yaml, 'a')).toBe(expected);
  });

  it.each([
    ['older', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', 'older'],
    [
      'of the same age',
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00Z',
      'comes before it',
    ],
    ['without an age', undefined, undefined, 'comes before it'],
  ])('says of one that is %s what decides', (_, first, second, words) => {
    expect(
      statusOf(SERVER + limit('a', first) + limit('b', second), 'b')?.why,
    ).toBe(
      `HTTPLocalRateLimitPolicy shop/a is for the same Server, and ${words}`,
    );
  });
});
