import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { clusterOf } from '../../__testUtils__/cluster';
import { WorkloadRef } from '../../contract/common';
import { Sample, TrafficCaller } from '../../traffic/query';
import { ISTIO, pod } from '../__testUtils__/istio';
import { inboundTraffic } from './inboundTraffic';

const SCOPE = { windowSeconds: 300, matchers: { cluster: 'west' } };
const WEB = 'spiffe://cluster.local/ns/shop/sa/web';

const cart: WorkloadRef = {
  cluster: 'test',
  namespace: 'shop',
  kind: 'Pod',
  name: 'cart-1',
};

const snapshot = clusterOf(
  `${ISTIO}${pod('cart')}${pod('web')}${pod('waypoint', { mode: 'waypoint' })}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: jobs, namespace: shop }
spec: { template: { metadata: { labels: {} }, spec: { containers: [] } } }
`,
);

function sample(value: number, labels: Record<string, string> = {}): Sample {
  return {
    value,
    labels: {
      reporter: 'destination',
      destination_workload: 'cart-1',
      destination_workload_namespace: 'shop',
      connection_security_policy: 'mutual_tls',
      ...labels,
    },
  };
}

const from = (name: string, namespace = 'shop') => ({
  source_workload: name,
  source_workload_namespace: namespace,
});

function callers(samples: {
  requests?: Sample[];
  connections?: Sample[];
}): TrafficCaller[] {
  return inboundTraffic(snapshot, [cart], SCOPE).read(samples)[0].callers;
}

/** Callers as `name: requests or connections, by security`. */
function summary(samples: Parameters<typeof callers>[0]): string[] {
  return callers(samples).map(
    ({ workload, identity, traffic }) =>
      `${workload?.name ?? identity ?? '?'} ${traffic.unit} ${traffic.mtls}/${
        traffic.plaintext
      }/${traffic.unknown}`,
  );
}

describe('inboundTraffic', () => {
  it('asks for requests and connections of all workloads at once', () => {
    const { expressions } = inboundTraffic(
      snapshot,
      [cart, { ...cart, namespace: 'x.y', name: 'jobs' }],
      SCOPE,
    );
    expect(expressions).toEqual({
      requests: expect.stringContaining(
        '(increase(istio_requests_total{reporter=~"destination|waypoint",cluster="west",destination_workload_namespace=~"shop|x\\\\.y",destination_workload=~"cart-1|jobs"}[300s]))',
      ),
      connections: expect.stringContaining(
        'istio_tcp_connections_opened_total{reporter="destination",response_flags!="DENY",cluster="west",',
      ),
    });
  });

  it('asks in PromQL whatever the names', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (namespace, name) => {
        const { expressions } = inboundTraffic(
          snapshot,
          [cart, { ...cart, namespace, name }],
          SCOPE,
        );
        for (const expression of Object.values(expressions)) {
          expect(parser.parse(expression).toString()).not.toContain('⚠');
        }
      }),
    );
  });

  it('asks nothing about nothing', () => {
    const query = inboundTraffic(snapshot, [], SCOPE);
    expect(query.expressions).toEqual({});
    expect(query.read({})).toEqual([]);
  });

  it('tells each caller with its identity and its workload', () => {
    expect(
      callers({
        requests: [
          sample(3, { source_principal: WEB, ...from('web-1') }),
          sample(2, { source_principal: WEB, ...from('web-1') }),
          sample(1, {
            connection_security_policy: 'none',
            ...from('jobs'),
          }),
        ],
      }),
    ).toEqual([
      {
        identity: 'cluster.local/ns/shop/sa/web',
        workload: {
          cluster: 'test',
          namespace: 'shop',
          kind: 'Pod',
          name: 'web-1',
        },
        traffic: { unit: 'requests', mtls: 5, plaintext: 0, unknown: 0 },
      },
      {
        workload: expect.objectContaining({ kind: 'StatefulSet' }),
        traffic: { unit: 'requests', mtls: 0, plaintext: 1, unknown: 0 },
      },
    ]);
  });

  it('takes a workload that is not there any more for a Deployment', () => {
    const [{ workload }] = callers({ requests: [sample(1, from('gone'))] });
    expect(workload).toMatchObject({ kind: 'Deployment', name: 'gone' });
  });

  it('does not look up a workload of another cluster in this one', () => {
    const [{ workload }] = callers({
      requests: [
        sample(1, {
          ...from('web-1'),
          source_cluster: 'east',
          destination_cluster: 'west',
        }),
      ],
    });
    expect(workload).toBeUndefined();
  });

  it.each<[string, Sample[], string[]]>([
    ['nothing', [], []],
    ['a series that did not grow', [sample(0)], []],
    [
      'another workload, got by the regular expressions',
      [sample(1, { destination_workload_namespace: 'other' })],
      [],
    ],
    [
      'a dropped policy label',
      [sample(4, { connection_security_policy: '' })],
      ['? requests 0/0/4'],
    ],
    [
      'a policy that a request does not have',
      [sample(4, { connection_security_policy: 'unknown' })],
      ['? requests 0/0/4'],
    ],
    [
      'a waypoint alone',
      [sample(4, { reporter: 'waypoint', ...from('web-1') })],
      ['web-1 requests 4/0/0'],
    ],
    [
      'a waypoint and the sidecar behind it',
      [
        sample(4, { reporter: 'waypoint', ...from('web-1') }),
        sample(5, from('web-1')),
      ],
      ['web-1 requests 5/0/0'],
    ],
  ])('counts requests: %s', (_, requests, expected) => {
    expect(summary({ requests })).toEqual(expected);
  });

  const ztunnel = {
    connection_security_policy: 'unknown',
    source_principal: 'unknown',
    ...from('web-1'),
  };

  it.each<[string, Sample[], Sample[], string[]]>([
    [
      'what came to a ztunnel without a handshake',
      [],
      [sample(2, ztunnel)],
      ['web-1 connections 0/2/0'],
    ],
    [
      'a principal without a policy',
      [],
      [sample(2, { ...ztunnel, source_principal: WEB })],
      ['web-1 connections 0/0/2'],
    ],
    [
      'connections beside requests',
      [sample(3, from('web-1'))],
      [sample(2, { connection_security_policy: 'none', ...from('jobs') })],
      ['web-1 requests 3/0/0', 'jobs connections 0/2/0'],
    ],
    [
      'a waypoint’s own connections, which carry requests that it counted',
      [sample(3, { reporter: 'waypoint', ...from('web-1') })],
      [sample(2, from('waypoint-1')), sample(1, from('jobs'))],
      ['web-1 requests 3/0/0', 'jobs connections 1/0/0'],
    ],
    [
      'a waypoint’s connections where it counted no requests',
      [],
      [sample(2, from('waypoint-1'))],
      ['waypoint-1 connections 2/0/0'],
    ],
  ])('counts connections: %s', (_, requests, connections, expected) => {
    expect(summary({ requests, connections })).toEqual(expected);
  });
});
