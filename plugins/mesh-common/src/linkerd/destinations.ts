import { Reason } from '../contract/common';
import { DestinationPolicy, RouteBackend } from '../contract/routing';
import { Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { hasEnded } from '../mesh/hasEnded';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';
import { getsRequests } from './endpointReadiness';
import { externalWorkloads, isExternalReady } from './externalEndpoints';
import { FailureAccrual } from './failureAccrual';
import { OutboundPolicy, SettingGroup } from './outbound/policy';
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
  policy?: OutboundPolicy,
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
  const breaking = breakingOf(snapshot, service, policy);
  const balancer = balancerOf(snapshot, service, policy);
  return [...hosts].map(([host, backend]) => {
    const target = backend?.service
      ? snapshot.get('Service', backend.service.namespace, backend.service.name)
      : service;
    return {
      host,
      ...(target && endpointsOf(snapshot, target)),
      loadBalancer: balancer.loadBalancer,
      limits: breaking.limits,
      ...(breaking.outlierDetection && {
        outlierDetection: breaking.outlierDetection,
      }),
      reasons: [...breaking.reasons, ...balancer.reasons],
    };
  });
}

/** Of a Service without a selector somebody else writes the endpoints: those of mirrors are on other clusters. */
function endpointsOf(
  snapshot: MeshSnapshot,
  service: Service,
): Pick<DestinationPolicy, 'endpoints'> {
  const { selector } = service.spec;
  if (!selector || Object.keys(selector).length === 0) {
    return {};
  }
  const namespace = namespaceOf(service);
  const pods = podsWithLabels(snapshot, namespace, selector).filter(
    pod => !hasEnded(pod),
  );
  const externals = externalWorkloads(snapshot, namespace, selector);
  return {
    endpoints: {
      ready:
        pods.filter(pod => getsRequests(service, pod)).length +
        externals.filter(one => isExternalReady(snapshot, one)).length,
      total: pods.length + externals.length,
    },
  };
}

type Breaking = Pick<
  DestinationPolicy,
  'limits' | 'outlierDetection' | 'reasons'
>;

function breakingOf(
  snapshot: MeshSnapshot,
  service: Service,
  policy: OutboundPolicy | undefined,
): Breaking {
  const settings = policy?.failureAccrual;
  if (!settings) {
    return { limits: [], reasons: lost(policy, 'failure-accrual') };
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
    reasons: [
      because(
        'linkerd/failure-accrual',
        `Circuit breaking is ${settings.mode}`,
        {
          snapshot,
          kind: 'Service',
          object: service,
          field: `${ANNOTATIONS}.${MODE}`,
        },
      ),
    ],
  };
}

/** Why settings of the Service have no effect; on connections they have none anyway. */
function lost(
  policy: OutboundPolicy | undefined,
  wanted: SettingGroup,
): Reason[] {
  return policy && carriesRequests(policy)
    ? policy.invalidSettings
        .filter(({ group }) => group === wanted)
        .map(({ reason }) => reason)
    : [];
}

function carriesRequests({ protocol }: OutboundPolicy): boolean {
  return protocol !== 'opaque' && protocol !== 'tls';
}

/** For people: what takes an endpoint out. */
export function ejectionText({
  maxFailures,
  successRate,
}: FailureAccrual): string {
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
  policy: OutboundPolicy | undefined,
): { loadBalancer: string; reasons: Reason[] } {
  const bias = policy?.loadBias;
  return bias
    ? {
        loadBalancer: 'EWMA, with a penalty for failures',
        reasons: [
          because(
            'linkerd/load-bias',
            `A failure counts as an answer after ${bias.penaltyMs} ms`,
            {
              snapshot,
              kind: 'Service',
              object: service,
              field: `${ANNOTATIONS}.${PENALIZE}`,
            },
          ),
        ],
      }
    : { loadBalancer: 'EWMA', reasons: lost(policy, 'load-bias') };
}
