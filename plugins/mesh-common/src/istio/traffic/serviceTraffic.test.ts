import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { clusterOf } from '../../__testUtils__/cluster';
import { ServiceRef } from '../../contract/common';
import { Sample } from '../../traffic/query';
import { ISTIO, pod } from '../__testUtils__/istio';
import { serviceTraffic } from './serviceTraffic';

const SCOPE = { windowSeconds: 900, matchers: {} };
const snapshot = clusterOf(ISTIO + pod('web') + pod('cart'));
const cart: ServiceRef = { cluster: 'test', namespace: 'shop', name: 'cart' };

function sample(
  value: number,
  reporter: string,
  labels: Record<string, string> = {},
): Sample {
  return {
    value,
    labels: {
      reporter,
      destination_service_name: 'cart',
      destination_service_namespace: 'shop',
      destination_workload: 'cart-1',
      destination_workload_namespace: 'shop',
      destination_version: 'v1',
      source_workload: 'web-1',
      source_workload_namespace: 'shop',
      ...labels,
    },
  };
}

function flows(requests: Sample[]) {
  return serviceTraffic(snapshot, [cart], SCOPE).read({ requests })[0].flows;
}

describe('serviceTraffic', () => {
  it('asks by Service', () => {
    expect(
      serviceTraffic(snapshot, [cart], SCOPE).expressions.requests,
    ).toContain(
      'istio_requests_total{reporter=~"destination|source|waypoint",destination_service_namespace="shop",destination_service_name="cart"}[900s]',
    );
    expect(serviceTraffic(snapshot, [], SCOPE).expressions).toEqual({});
  });

  it('asks in PromQL whatever the names', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (namespace, name) => {
        const { expressions } = serviceTraffic(
          snapshot,
          [cart, { ...cart, namespace, name }],
          SCOPE,
        );
        expect(parser.parse(expressions.requests).toString()).not.toContain(
          '⚠',
        );
      }),
    );
  });

  it('tells who called and what served', () => {
    expect(flows([sample(7, 'destination')])).toEqual([
      {
        caller: {
          cluster: 'test',
          namespace: 'shop',
          kind: 'Pod',
          name: 'web-1',
        },
        workload: {
          cluster: 'test',
          namespace: 'shop',
          kind: 'Pod',
          name: 'cart-1',
        },
        version: 'v1',
        requests: 7,
      },
    ]);
  });

  it('leaves out what labels do not tell', () => {
    expect(
      flows([
        sample(7, 'source', {
          destination_workload: 'unknown',
          destination_version: 'unknown',
          source_workload: '',
        }),
      ]),
    ).toEqual([{ requests: 7 }]);
  });

  it.each<[string, Sample[], number[]]>([
    [
      'both sides: the server’s',
      [sample(5, 'source'), sample(4, 'destination')],
      [4],
    ],
    ['a waypoint between', [sample(5, 'source'), sample(4, 'waypoint')], [4]],
    ['the client alone', [sample(5, 'source')], [5]],
    [
      'each caller and server by itself',
      [
        sample(4, 'destination'),
        sample(5, 'source'),
        sample(6, 'source', { destination_workload: 'old' }),
      ],
      [4, 6],
    ],
    ['what did not grow', [sample(0, 'destination'), sample(5, 'source')], [5]],
    [
      'another Service',
      [sample(1, 'source', { destination_service_namespace: 'other' })],
      [],
    ],
  ])('counts once: %s', (_, samples, expected) => {
    expect(flows(samples).map(({ requests }) => requests)).toEqual(expected);
  });
});
