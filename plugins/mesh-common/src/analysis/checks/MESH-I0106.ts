import {
  AuthorizationPolicy,
  RequestAuthentication,
} from '../../istio/objects';
import { waypointOf } from '../../istio/waypoint';
import { Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';
import { httpFieldOfPolicy } from '../layer7';
import { refOf } from '../naming';
import { withoutWaypoint } from '../waypointUse';

const COMMON = {
  code: 'MESH-I0106',
  level: 'warning',
  title: 'Policy for a Service that nothing enforces',
  explanation:
    'A policy that names a Service in targetRefs is enforced by the waypoint of that Service alone: sidecars and ztunnels leave it out, whatever its action is. Without a waypoint everybody is let in whom another policy does not refuse. Give the Service or its namespace a waypoint by istio.io/use-waypoint, or select the workloads of the Service by a selector.',
  upstream: 'pilot/pkg/model/policyattachment.go, ShouldAttachPolicy (istio)',
  mesh: 'istio',
  needs: [
    'Namespace',
    'Service',
    'gateway.networking.k8s.io/Gateway',
    'gateway.networking.k8s.io/GatewayClass',
  ],
} as const;

/** A policy names a Service whose requests go through no waypoint. */
function* unenforced(
  policy: AuthorizationPolicy | RequestAuthentication,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  const { targetRef, targetRefs = [] } = policy.spec ?? {};
  const targets = [
    ...(targetRef ? [{ target: targetRef, field: 'spec.targetRef' }] : []),
    ...targetRefs.map((target, index) => ({
      target,
      field: `spec.targetRefs[${index}]`,
    })),
  ];
  for (const { target, field } of targets) {
    const service =
      target.kind === 'Service'
        ? serviceKnown(snapshot, namespaceOf(policy), target.name)
        : undefined;
    const answer = service && waypointOf(snapshot, service).answer;
    if (service && answer?.value === 'none') {
      yield {
        message: `${refOf(policy)} is for ${refOf(
          service,
        )}, which goes through no waypoint, so that nothing enforces it: ${
          answer.reasons[0]?.text ?? ''
        }`,
        field,
      };
    }
  }
}

/** A Service whose labels and those of its namespace are known: files may leave the namespace out. */
function serviceKnown(
  snapshot: MeshSnapshot,
  namespace: string,
  name: string,
): Service | undefined {
  return snapshot.get('Namespace', undefined, namespace)
    ? snapshot.get('Service', namespace, name)
    : undefined;
}

export const policyNotEnforced = [
  defineCheck({
    ...COMMON,
    subject: 'security.istio.io/AuthorizationPolicy',
    *run(policy, snapshot) {
      // KIA0109 is about those.
      if (!httpFieldOfPolicy(policy) || !withoutWaypoint(snapshot, policy)) {
        yield* unenforced(policy, snapshot);
      }
    },
  }),
  defineCheck({
    ...COMMON,
    subject: 'security.istio.io/RequestAuthentication',
    *run(policy, snapshot) {
      // KIA1110 is about those.
      if (!withoutWaypoint(snapshot, policy)) {
        yield* unenforced(policy, snapshot);
      }
    },
  }),
];
