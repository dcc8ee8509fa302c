import { Reason } from '../contract/common';
import { DestinationPolicy, RouteBackend } from '../contract/routing';
import { Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { isReady } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';
import {
  FailureAccrual,
  parseFailureAccrual,
  parseLoadBias,
} from './failureAccrual';
import { hostOf } from './routeBackends';

const ANNOTATIONS = 'metadata.annotations';
const MODE = 'balancer.linkerd.io/failure-accrual';
const PENALIZE = 'balancer.alpha.linkerd.io/penalize-failures';

/**
 * How clients treat the endpoints of a Service and of the backends of its routes: they are balanced by the
 * latency of their answers, and circuit breaking is as the annotations of the Service that the client named
 * say, whatever those of a backend are. On opaque ports and under a ServiceProfile there is none.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index.rs; grpc/src/outbound.rs.
 */
export function destinationPolicies(
  snapshot: MeshSnapshot,
  service: Service,
  backends: readonly RouteBackend[],
  options: { breaks: boolean },
): DestinationPolicy[] {
  const hosts = new Map<string, RouteBackend | undefined>([
    [
      hostOf(snapshot, namespaceOf(service), service.metadata.name).host,
      undefined,
    ],
  ]);
  for (const backend of backends) {
    if (!backend.missing && !hosts.has(backend.host)) {
      hosts.set(backend.host, backend);
    }
  }
  const breaking = options.breaks
    ? breakingOf(snapshot, service)
    : { limits: [], reasons: [] };
  const balancer = options.breaks
    ? balancerOf(snapshot, service)
    : { loadBalancer: 'EWMA', reasons: [] };
  return [...hosts].map(([host, backend]) => {
    const target = backend?.service
      ? snapshot.get('Service', backend.service.namespace, backend.service.name)
      : service;
    return {
      host,
      ...(target && { endpoints: endpointsOf(snapshot, target) }),
      loadBalancer: balancer.loadBalancer,
      limits: breaking.limits,
      ...(breaking.outlierDetection && {
        outlierDetection: breaking.outlierDetection,
      }),
      reasons: [...breaking.reasons, ...balancer.reasons],
    };
  });
}

function endpointsOf(
  snapshot: MeshSnapshot,
  service: Service,
): DestinationPolicy['endpoints'] {
  const { selector } = service.spec;
  const pods =
    selector && Object.keys(selector).length > 0
      ? podsWithLabels(snapshot, namespaceOf(service), selector).filter(
          ({ status }) =>
            status?.phase !== 'Succeeded' && status?.phase !== 'Failed',
        )
      : [];
  return { ready: pods.filter(isReady).length, total: pods.length };
}

type Breaking = Pick<
  DestinationPolicy,
  'limits' | 'outlierDetection' | 'reasons'
>;

function breakingOf(snapshot: MeshSnapshot, service: Service): Breaking {
  const at = (text: string, annotation: string): Reason =>
    because('linkerd/failure-accrual', text, {
      snapshot,
      kind: 'Service',
      object: service,
      field: `${ANNOTATIONS}.${annotation}`,
    });
  const parsed = parseFailureAccrual(service.metadata.annotations);
  if ('error' in parsed) {
    return {
      limits: [],
      reasons: [
        at(
          `There is no circuit breaking: ${parsed.annotation} is invalid (${parsed.error})`,
          parsed.annotation,
        ),
      ],
    };
  }
  const { settings } = parsed;
  if (!settings) {
    return { limits: [], reasons: [] };
  }
  return {
    limits: [
      {
        name: 'failure-accrual-consecutive-max-penalty',
        value: settings.maxPenaltyMs,
        unit: 'ms',
      },
      {
        name: 'failure-accrual-consecutive-jitter-ratio',
        value: 100 * settings.jitterRatio,
        unit: 'percent',
      },
    ],
    outlierDetection: {
      ejectsAfter: ejectionText(settings),
      baseEjectionMs: settings.minPenaltyMs,
      ...(settings.successRate && {
        intervalMs: settings.successRate.windowMs,
      }),
    },
    reasons: [at(`Circuit breaking is ${settings.mode}`, MODE)],
  };
}

function ejectionText({ maxFailures, successRate }: FailureAccrual): string {
  const parts = [
    ...(maxFailures > 0 || !successRate
      ? [`${maxFailures} consecutive failures`]
      : []),
    ...(successRate && successRate.threshold > 0
      ? [
          `less than ${
            100 * successRate.threshold
          } % successes among at least ${successRate.minRequests} requests`,
        ]
      : []),
  ];
  return parts.join(', or ') || 'nothing';
}

function balancerOf(
  snapshot: MeshSnapshot,
  service: Service,
): { loadBalancer: string; reasons: Reason[] } {
  const parsed = parseLoadBias(service.metadata.annotations);
  const at = (text: string, annotation: string): Reason =>
    because('linkerd/load-bias', text, {
      snapshot,
      kind: 'Service',
      object: service,
      field: `${ANNOTATIONS}.${annotation}`,
    });
  if ('error' in parsed) {
    return {
      loadBalancer: 'EWMA',
      reasons: [
        at(
          `Failures are not penalized: ${parsed.annotation} is invalid (${parsed.error})`,
          parsed.annotation,
        ),
      ],
    };
  }
  return parsed.settings
    ? {
        loadBalancer: 'EWMA, with a penalty for failures',
        reasons: [
          at(
            `A failure counts as an answer after ${parsed.settings.penaltyMs} ms`,
            PENALIZE,
          ),
        ],
      }
    : { loadBalancer: 'EWMA', reasons: [] };
}
