import { BackendRef } from '../../gateway-api/objects';
import { backendOf, isService, Referent } from '../../gateway-api/references';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AnyLinkerdRoute } from '../linkerdRoutes';
import { canonicalParent, isEgressNetwork } from '../routeParents';
import { LinkerdStatusCondition, notResolved, RESOLVED } from './conditions';

/**
 * Whether the controller can use the backends of a route on a parent; the first one that it cannot decides. They are
 * Services that exist, or the EgressNetwork that is the parent. Whether a Service has the port is not looked at, and a
 * backend without namespace is one of the route's (the index that serves proxies takes the parent's).
 *
 * Upstream: policy-controller/k8s/status/src/index.rs, `backend_condition`.
 */
export function backendCondition(
  snapshot: MeshSnapshot,
  candidate: AnyLinkerdRoute,
  parent: Referent,
): LinkerdStatusCondition {
  for (const backend of backendsOf(candidate)) {
    const obstacle = obstacleOf(snapshot, backend, parent);
    if (obstacle) {
      return obstacle;
    }
  }
  return RESOLVED;
}

function backendsOf({ route }: AnyLinkerdRoute): Referent[] {
  const rules: { backendRefs?: BackendRef[] }[] = route.spec?.rules ?? [];
  return rules
    .flatMap(({ backendRefs = [] }) => backendRefs)
    .map(reference =>
      canonicalParent(backendOf(reference, namespaceOf(route))),
    );
}

function obstacleOf(
  snapshot: MeshSnapshot,
  backend: Referent,
  parent: Referent,
): LinkerdStatusCondition | undefined {
  const { kind, namespace, name } = backend;
  const missing = notResolved(
    'BackendNotFound',
    `there is no ${kind} ${namespace}/${name}`,
  );
  if (isService(backend)) {
    return snapshot.get('Service', namespace, name) ? undefined : missing;
  }
  if (!isEgressNetwork(backend)) {
    return notResolved('InvalidKind', `a ${kind} cannot be a backend`);
  }
  if (!snapshot.get('policy.linkerd.io/EgressNetwork', namespace, name)) {
    return missing;
  }
  const isParent =
    isEgressNetwork(parent) &&
    parent.namespace === namespace &&
    parent.name === name;
  return isParent
    ? undefined
    : notResolved(
        'InvalidKind',
        `EgressNetwork ${namespace}/${name} is a backend only of routes on that EgressNetwork`,
        'EgressNetwork backend needs to be on a route that has an EgressNetwork parent',
      );
}
