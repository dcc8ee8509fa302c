import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { GATEWAY_API_GROUP, Referent } from './references';

/**
 * Whether a route may send to an object of another namespace: a ReferenceGrant there lets routes of its kind and
 * namespace refer to objects of that kind, to all or to the one by its name. In the own namespace no grant is needed.
 *
 * Upstream: pilot/pkg/config/kube/gatewaycommon/references.go, `ReferenceGrantsCollection`, `BackendAllowed`.
 */
export function mayRefer(
  snapshot: MeshSnapshot,
  from: { kind: string; namespace: string },
  to: Pick<Referent, 'group' | 'kind' | 'namespace' | 'name'>,
): boolean {
  if (from.namespace === to.namespace) {
    return true;
  }
  const grants = snapshot.bucket(
    'gateway.networking.k8s.io/ReferenceGrant',
    to.namespace,
  );
  return [...grants.values()].some(
    ({ spec }) =>
      (spec?.from ?? []).some(
        ({ group, kind, namespace }) =>
          (group ?? GATEWAY_API_GROUP) === GATEWAY_API_GROUP &&
          kind === from.kind &&
          namespace === from.namespace,
      ) &&
      (spec?.to ?? []).some(
        ({ group, kind, name }) =>
          (group === 'core' ? '' : group ?? '') === to.group &&
          kind === to.kind &&
          (name === undefined || name === to.name),
      ),
  );
}
