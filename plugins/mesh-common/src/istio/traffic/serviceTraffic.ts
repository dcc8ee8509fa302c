import { ServiceRef } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import {
  areEqual,
  increaseBy,
  isOneOf,
  LabelMatcher,
  selector,
} from '../../traffic/promql';
import {
  QueryScope,
  Sample,
  ServiceTraffic,
  TrafficQuery,
} from '../../traffic/query';
import { known, workloadIn } from './labels';

const BY = [
  'reporter',
  'destination_service_name',
  'destination_service_namespace',
  'destination_workload',
  'destination_workload_namespace',
  'destination_version',
  'destination_cluster',
  'source_workload',
  'source_workload_namespace',
  'source_cluster',
] as const;

/** Whose figures count, first to last: one request may be counted at each of these. */
const REPORTERS: readonly string[] = ['destination', 'waypoint', 'source'];

/**
 * Where requests to Services went, by caller. A request may be counted by the client's proxy, a waypoint and
 * the server's: for each caller and workload the nearest to the server counts. (Its client's alone does where
 * the server has no proxy.) The metric names no route and no port, and the Service that it names is the one
 * that a request was routed to. Retries count as requests where the server counts, mirrored ones do too.
 *
 * Upstream: istio.io/docs/reference/config/metrics.
 */
export function serviceTraffic(
  snapshot: MeshSnapshot,
  services: readonly ServiceRef[],
  { windowSeconds, matchers }: QueryScope,
): TrafficQuery<ServiceTraffic[]> {
  if (services.length === 0) {
    return { expressions: {}, read: () => [] };
  }
  const to: LabelMatcher[] = [
    ...areEqual(matchers),
    isOneOf('reporter', REPORTERS),
    isOneOf(
      'destination_service_namespace',
      services.map(({ namespace }) => namespace),
    ),
    isOneOf(
      'destination_service_name',
      services.map(({ name }) => name),
    ),
  ];
  return {
    expressions: {
      requests: increaseBy(
        BY,
        selector('istio_requests_total', to),
        windowSeconds,
      ),
    },
    read: ({ requests = [] }) =>
      services.map(service => ({
        service,
        flows: flowsOf(
          snapshot,
          requests.filter(
            sample =>
              sample.value > 0 &&
              sample.labels.destination_service_name === service.name &&
              sample.labels.destination_service_namespace === service.namespace,
          ),
        ),
      })),
  };
}

function flowsOf(
  snapshot: MeshSnapshot,
  samples: readonly Sample[],
): ServiceTraffic['flows'] {
  const pairs = new Map<string, Sample[]>();
  for (const sample of samples) {
    const key = JSON.stringify([
      known(sample, 'source_workload'),
      known(sample, 'source_workload_namespace'),
      known(sample, 'destination_workload'),
      known(sample, 'destination_workload_namespace'),
    ]);
    pairs.set(key, [...(pairs.get(key) ?? []), sample]);
  }
  return [...pairs.values()].flatMap(pair =>
    nearest(pair).map(sample => {
      const caller = workloadIn(snapshot, sample, 'source');
      const workload = workloadIn(snapshot, sample, 'destination');
      const version = known(sample, 'destination_version');
      return {
        ...(caller && { caller }),
        ...(workload && { workload }),
        ...(version && { version }),
        requests: sample.value,
      };
    }),
  );
}

function nearest(samples: readonly Sample[]): readonly Sample[] {
  for (const reporter of REPORTERS) {
    const counted = samples.filter(
      ({ labels }) => labels.reporter === reporter,
    );
    if (counted.length > 0) {
      return counted;
    }
  }
  return [];
}
