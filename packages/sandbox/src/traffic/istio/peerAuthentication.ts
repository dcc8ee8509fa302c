import type { ObjectStore } from '../../store/types';
import type { Pod } from '../../world/coreKinds';
import { peerAuthentications, type MtlsMode } from '../../world/istioKinds';
import { byAge, type Item } from '../../world/kind';
import { hasLabels } from '../../world/selector';

export const ROOT_NAMESPACE = 'istio-system';

type Policy = ReturnType<typeof peerAuthentications.list>[number];
type Mode = Exclude<MtlsMode, 'UNSET'>;

/**
 * The mode in which a workload's sidecar takes a container port: mesh, then namespace, then the oldest policy that
 * selects the workload, then that policy's port.
 */
export function mtlsModeOf(store: ObjectStore, pod: Pod, port: number): Mode {
  const [mesh, namespace, workload] = layersOf(store, pod);
  const mode = [mesh, namespace, workload].reduce<Mode>(
    (inherited, policy) => set(policy?.body.spec.mtls?.mode) ?? inherited,
    'PERMISSIVE',
  );
  const own = workload?.body.spec.portLevelMtls[String(port)]?.mode;
  return set(own) ?? mode;
}

function layersOf(store: ObjectStore, pod: Pod): (Policy | undefined)[] {
  const inNamespace = (namespace: string) =>
    peerAuthentications.list(store, namespace).sort(byAge);
  const own = inNamespace(pod.namespace);
  return [
    inNamespace(ROOT_NAMESPACE).find(isNamespaceWide),
    pod.namespace === ROOT_NAMESPACE ? undefined : own.find(isNamespaceWide),
    pod.namespace === ROOT_NAMESPACE
      ? undefined
      : own.find(
          policy =>
            !isNamespaceWide(policy) &&
            hasLabels(policy.body.spec.selector?.matchLabels ?? {}, pod.labels),
        ),
  ];
}

function isNamespaceWide({
  body,
}: Item<{ spec: { selector?: { matchLabels: object } } }>): boolean {
  return Object.keys(body.spec.selector?.matchLabels ?? {}).length === 0;
}

function set(mode: MtlsMode | undefined): Mode | undefined {
  return mode === undefined || mode === 'UNSET' ? undefined : mode;
}
