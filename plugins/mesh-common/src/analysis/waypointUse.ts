import { targetsOf as targetsOfSpec } from '../istio/authorization/attachment';
import { resolveHost, parseServiceHost } from '../istio/hosts';
import { clusterDomain } from '../istio/injectorConfig';
import { Service } from '../kubernetes/core';
import { KubernetesObject, namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isAmbientNamespace } from './checks/sidecars';
import { refOf } from './naming';
import { podsIn } from './workloadPods';

type Labels = Readonly<Record<string, string>>;

const USE = 'istio.io/use-waypoint';

/** What a policy attaches to, as far as that decides whether a waypoint enforces it. */
export interface Attached extends KubernetesObject {
  spec?: {
    selector?: { matchLabels?: Labels };
    targetRef?: TargetRef;
    targetRefs?: readonly TargetRef[];
  };
}

interface TargetRef {
  kind: string;
  name: string;
}

/** The objects that a policy names instead of selecting workloads. */
export function targetsOf({ spec }: Attached): readonly TargetRef[] {
  return targetsOfSpec(spec);
}

/** Whether a policy of a namespace in ambient mode names nothing: waypoints then do not apply it. */
export function lacksTarget(snapshot: MeshSnapshot, policy: Attached): boolean {
  return (
    targetsOf(policy).length === 0 &&
    isAmbientNamespace(snapshot, namespaceOf(policy))
  );
}

/**
 * Whether traffic to something goes through a waypoint: its own label says so, else the label of its namespace;
 * `none` opts out.
 */
export function usesWaypoint(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Labels = {},
): boolean {
  const use =
    labels[USE] ??
    snapshot.get('Namespace', undefined, namespace)?.metadata.labels[USE];
  return use !== undefined && use !== '' && use !== 'none';
}

/**
 * What of a policy's target in a namespace in ambient mode no waypoint is used for; undefined where everything is
 * covered, or the namespace is not in ambient mode.
 *
 * Upstream: kiali business/checkers/ambient_policy_checker.go, `selectorNeedsWarning`.
 */
export function withoutWaypoint(
  snapshot: MeshSnapshot,
  policy: Attached,
): string | undefined {
  const namespace = namespaceOf(policy);
  if (!isAmbientNamespace(snapshot, namespace)) {
    return undefined;
  }
  const whole = usesWaypoint(snapshot, namespace)
    ? undefined
    : `Namespace ${namespace}`;
  const targets = targetsOf(policy);
  if (targets.length > 0) {
    return targets
      .map(target => targetWithoutWaypoint(snapshot, namespace, target))
      .find(found => found !== undefined);
  }
  const labels = policy.spec?.selector?.matchLabels ?? {};
  const pods =
    Object.keys(labels).length === 0
      ? []
      : [...podsIn(snapshot, namespace, labels)];
  const uncovered = pods.find(
    ({ metadata }) => !usesWaypoint(snapshot, namespace, metadata.labels),
  );
  return pods.length === 0 ? whole : uncovered && refOf(uncovered);
}

/** Of a Service that is not there its namespace decides. */
function targetWithoutWaypoint(
  snapshot: MeshSnapshot,
  namespace: string,
  { kind, name }: TargetRef,
): string | undefined {
  if (kind === 'Service') {
    const service = snapshot.get('Service', namespace, name);
    if (usesWaypoint(snapshot, namespace, service?.metadata.labels)) {
      return undefined;
    }
    return service ? refOf(service) : `Namespace ${namespace}`;
  }
  // A Gateway is of use to what goes through it.
  return usesWaypoint(snapshot, namespace) ||
    [...snapshot.list('Service', namespace)].some(({ metadata }) =>
      usesWaypoint(snapshot, namespace, metadata.labels),
    )
    ? undefined
    : `Namespace ${namespace}`;
}

/** The Service that a host means, where its namespace is in ambient mode. */
export function ambientService(
  snapshot: MeshSnapshot,
  host: string,
  namespace: string,
): Service | undefined {
  const domain = clusterDomain(snapshot);
  const parsed = parseServiceHost(resolveHost(host, namespace, domain), domain);
  return parsed && isAmbientNamespace(snapshot, parsed.namespace)
    ? snapshot.get('Service', parsed.namespace, parsed.name)
    : undefined;
}

/** Whether requests to a Service go through a waypoint. */
export function isCaptured(snapshot: MeshSnapshot, service: Service): boolean {
  return usesWaypoint(snapshot, namespaceOf(service), service.metadata.labels);
}
