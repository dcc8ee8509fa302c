import { Reason } from '../contract/common';
import { GATEWAY_NAME_LABEL } from '../gateway-api/objects';
import { KindId } from '../kubernetes/kinds';
import { KubernetesObject, namespaceOf } from '../kubernetes/objects';
import { hasLabels, matchesSelector } from '../kubernetes/selectors';
import { because } from '../mesh/answers';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  targetsOf,
  targetsWaypoint,
  waypointPlaces,
  WaypointSubject,
} from './authorization/attachment';
import { MeshConfigRead } from './meshConfig';
import { ProxyExtension } from './objects';

const RULE = 'istio/extension';

const KINDS = [
  'networking.istio.io/EnvoyFilter',
  'extensions.istio.io/WasmPlugin',
  'extensions.istio.io/TrafficExtension',
] as const;

const extensions = defineIndex(KINDS, ({ objects }) =>
  KINDS.flatMap(kind => objects(kind).map(object => ({ kind, object }))),
);

/**
 * Objects that change the proxy of a workload in ways that are not modelled: EnvoyFilters, WasmPlugins and
 * TrafficExtensions of its namespace or the root namespace that select it, and for the proxy of a Gateway those that
 * target it. What they do may make any answer about the proxy differ.
 *
 * Upstream: pilot/pkg/model/push_context.go, `getMatchedEnvoyFilters`, `TrafficExtensions`.
 */
export function extensionsOf(
  snapshot: MeshSnapshot,
  {
    namespace,
    labels,
  }: { namespace: string; labels: Readonly<Record<string, string>> },
  mesh: MeshConfigRead,
): Reason[] {
  const root = mesh.state === 'read' ? mesh.config.rootNamespace : namespace;
  return all(snapshot, [namespace, root])
    .filter(({ object }) =>
      targetsOf(object.spec).length > 0
        ? namespaceOf(object) === namespace && targetsGateway(object, labels)
        : isSelected(object.spec, labels),
    )
    .map(({ kind, object }) => mayDiffer(snapshot, kind, object));
}

/**
 * The same for a waypoint and a Service behind it: what targets either, or (from the root namespace) all waypoints.
 *
 * Upstream: pilot/pkg/model/policyattachment.go, `ShouldAttachPolicy`.
 */
export function waypointExtensions(
  snapshot: MeshSnapshot,
  subject: WaypointSubject,
  rootNamespace: string,
): Reason[] {
  return all(snapshot, waypointPlaces(subject, rootNamespace))
    .filter(({ object }) => targetsWaypoint(object, subject, rootNamespace))
    .map(({ kind, object }) => mayDiffer(snapshot, kind, object));
}

function all(
  snapshot: MeshSnapshot,
  namespaces: readonly string[],
): { kind: KindId; object: ProxyExtension }[] {
  return [...new Set(namespaces)].flatMap(place => extensions(snapshot, place));
}

function targetsGateway(
  { spec }: ProxyExtension,
  labels: Readonly<Record<string, string>>,
): boolean {
  return targetsOf(spec).some(
    ({ kind, name }) =>
      kind === 'Gateway' && name === labels[GATEWAY_NAME_LABEL],
  );
}

function isSelected(
  spec: ProxyExtension['spec'],
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    hasLabels(labels, spec?.workloadSelector?.labels ?? {}) &&
    matchesSelector(labels, spec?.selector ?? {})
  );
}

function mayDiffer(
  snapshot: MeshSnapshot,
  kind: KindId,
  object: KubernetesObject,
): Reason {
  return because(
    RULE,
    `${object.kind} ${object.metadata.namespace}/${object.metadata.name} changes the proxy in ways that are not modelled: what happens may differ`,
    { snapshot, kind, object },
  );
}
