import { Reason } from '../contract/common';
import { KindId } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import { hasLabels, matchesSelector } from '../kubernetes/selectors';
import { because } from '../mesh/answers';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { MeshConfigRead } from './meshConfig';
import { ProxyExtension } from './objects';

const RULE = 'istio/extension';

const filters = defineIndex(
  ['networking.istio.io/EnvoyFilter'],
  ({ objects }) => objects('networking.istio.io/EnvoyFilter'),
);
const PLUGINS = [
  'extensions.istio.io/WasmPlugin',
  'extensions.istio.io/TrafficExtension',
] as const;

const plugins = defineIndex(PLUGINS, ({ objects }) =>
  PLUGINS.flatMap(kind => objects(kind).map(object => ({ kind, object }))),
);
/**
 * Objects that change the proxy of a workload in ways that are not modelled: EnvoyFilters, WasmPlugins and
 * TrafficExtensions of its namespace or the root namespace that select it. Those that name targets are for gateways and
 * waypoints. What they do may make any answer about the proxy differ.
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
  return [...new Set([namespace, root])].flatMap(place => [
    ...filters(snapshot, place)
      .filter(({ spec }) => isSelected(spec, labels))
      .map(object =>
        mayDiffer(snapshot, 'networking.istio.io/EnvoyFilter', object),
      ),
    ...plugins(snapshot, place)
      .filter(({ object }) => isSelected(object.spec, labels))
      .map(({ kind, object }) => mayDiffer(snapshot, kind, object)),
  ]);
}

function isSelected(
  spec: ProxyExtension['spec'],
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    !spec?.targetRefs?.length &&
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
