import {
  GATEWAY_NAME_LABEL,
  GatewayApiGateway,
} from '../../gateway-api/objects';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { hasLabels } from '../../kubernetes/selectors';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { byAge } from '../age';
import { AuthorizationPolicy, RequestAuthentication } from '../objects';
import { WaypointTarget } from '../waypoint';

const KIND = 'security.istio.io/AuthorizationPolicy';
const TOKENS_KIND = 'security.istio.io/RequestAuthentication';
const WAYPOINT_CLASS = 'istio-waypoint';

const policyIndex = defineIndex([KIND], ({ objects }) => {
  const sorted = [...objects(KIND)].sort(byAge);
  return {
    withTargets: sorted.filter(({ spec }) => targetsOf(spec).length > 0),
    withoutTargets: sorted.filter(({ spec }) => targetsOf(spec).length === 0),
  };
});

const tokenIndex = defineIndex([TOKENS_KIND], ({ objects }) =>
  [...objects(TOKENS_KIND)].sort(byAge),
);

/** Whose policies are asked for. */
export interface PolicySubject {
  namespace: string;
  labels: Readonly<Record<string, string>>;
}

/** The namespaces that policies for a workload may be in: the root namespace's count for the whole mesh. */
function places(...namespaces: readonly string[]): string[] {
  return [...new Set(namespaces)];
}

/**
 * The policies that a sidecar or ztunnel enforces: of the workload's namespace and the root namespace, those
 * without targets whose selector (if any) matches. A Gateway's own pods have also those that target it.
 *
 * Upstream: pilot/pkg/model/policyattachment.go, `ShouldAttachPolicy`.
 */
export function workloadPolicies(
  snapshot: MeshSnapshot,
  { namespace, labels }: PolicySubject,
  rootNamespace: string,
): AuthorizationPolicy[] {
  const selecting = places(rootNamespace, namespace)
    .flatMap(place => policyIndex(snapshot, place).withoutTargets)
    .filter(({ spec }) => hasLabels(labels, spec?.selector?.matchLabels ?? {}));
  const gateway = labels[GATEWAY_NAME_LABEL];
  return gateway === undefined
    ? selecting
    : [
        ...selecting,
        ...policyIndex(snapshot, namespace).withTargets.filter(({ spec }) =>
          targetsOf(spec).some(
            ({ kind, name }) => kind === 'Gateway' && name === gateway,
          ),
        ),
      ];
}

/**
 * Whether istiod tells a ztunnel of a policy for a workload: a selector without labels selects nobody there, where a
 * sidecar takes it for none.
 *
 * Upstream: pilot/pkg/serviceregistry/ambient/workloads.go, `buildWorkloadPolicies`.
 */
export function isToldToZtunnel({ spec }: AuthorizationPolicy): boolean {
  return (
    spec?.selector === undefined ||
    Object.keys(spec.selector.matchLabels ?? {}).length > 0
  );
}

/** The RequestAuthentications by which a sidecar or gateway accepts tokens; they are found as policies are. */
export function workloadTokenPolicies(
  snapshot: MeshSnapshot,
  { namespace, labels }: PolicySubject,
  rootNamespace: string,
): RequestAuthentication[] {
  const gateway = labels[GATEWAY_NAME_LABEL];
  return places(rootNamespace, namespace)
    .flatMap(place => tokenIndex(snapshot, place))
    .filter(policy => {
      const targets = targetsOf(policy.spec);
      return targets.length === 0
        ? hasLabels(labels, policy.spec?.selector?.matchLabels ?? {})
        : gateway !== undefined &&
            namespaceOf(policy) === namespace &&
            targets.some(
              ({ kind, name }) => kind === 'Gateway' && name === gateway,
            );
    });
}

/** What a waypoint stands in front of. */
export interface WaypointSubject {
  gateway: GatewayApiGateway;
  target: WaypointTarget;
}

/**
 * The policies that a waypoint enforces for a Service or ServiceEntry: those that target the waypoint's Gateway, the Service,
 * or (from the root namespace) the GatewayClass of waypoints. Policies without targets are no concern of it.
 *
 * Upstream: pilot/pkg/model/policyattachment.go; pilot/pkg/model/authorization.go.
 */
export function waypointPolicies(
  snapshot: MeshSnapshot,
  subject: WaypointSubject,
  rootNamespace: string,
): AuthorizationPolicy[] {
  return waypointPlaces(subject, rootNamespace)
    .flatMap(place => policyIndex(snapshot, place).withTargets)
    .filter(policy => targetsWaypoint(policy, subject, rootNamespace));
}

/** The RequestAuthentications of a waypoint, found as its policies are. */
export function waypointTokenPolicies(
  snapshot: MeshSnapshot,
  subject: WaypointSubject,
  rootNamespace: string,
): RequestAuthentication[] {
  return waypointPlaces(subject, rootNamespace)
    .flatMap(place => tokenIndex(snapshot, place))
    .filter(policy => targetsWaypoint(policy, subject, rootNamespace));
}

/** The namespaces of what may target a waypoint or a Service behind it. */
export function waypointPlaces(
  { gateway, target }: WaypointSubject,
  rootNamespace: string,
): string[] {
  return places(
    rootNamespace,
    namespaceOf(gateway),
    namespaceOf(target.object),
  );
}

/** Whether an object names the waypoint, the Service or ServiceEntry behind it, or all waypoints (from the root namespace). */
export function targetsWaypoint(
  policy: KubernetesObject & { spec?: Targets },
  { gateway, target }: WaypointSubject,
  rootNamespace: string,
): boolean {
  const place = namespaceOf(policy);
  const { kind: own, object } = target;
  return targetsOf(policy.spec).some(
    ({ kind, name }) =>
      (kind === 'GatewayClass' &&
        name === WAYPOINT_CLASS &&
        place === rootNamespace) ||
      (kind === 'Gateway' &&
        name === gateway.metadata.name &&
        place === namespaceOf(gateway)) ||
      (kind === own.split('/').pop() &&
        name === object.metadata.name &&
        place === namespaceOf(object)),
  );
}

interface Targets<Target = { kind: string; name: string }> {
  targetRef?: Target;
  targetRefs?: readonly Target[];
}

/** What a policy names instead of selecting workloads. */
export function targetsOf<Target>(spec: Targets<Target> = {}): Target[] {
  return [
    ...(spec.targetRef ? [spec.targetRef] : []),
    ...(spec.targetRefs ?? []),
  ];
}
