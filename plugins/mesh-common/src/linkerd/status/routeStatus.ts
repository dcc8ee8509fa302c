import { ParentReference } from '../../gateway-api/objects';
import { Referent } from '../../gateway-api/references';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AnyLinkerdRoute, parentsOf } from '../linkerdRoutes';
import { isLinkerdParent, isServer } from '../routeParents';
import { backendCondition } from './backendCondition';
import { LinkerdStatusCondition } from './conditions';
import { parentCondition } from './parentCondition';

/**
 * What the controller says of a route for one of its parents.
 *
 * @public
 */
export interface LinkerdParentStatus {
  parentRef: ParentReference;
  conditions: LinkerdStatusCondition[];
}

/**
 * The status that the controller writes to a route: for each of its parents that Linkerd takes routes on, in their order,
 * whether it accepts the route, and (but for Servers) whether it can use its backends.
 *
 * Upstream: policy-controller/k8s/status/src/index.rs, `{http,grpc,tls,tcp}_parent_status`.
 *
 * @public
 */
export function routeStatus(
  snapshot: MeshSnapshot,
  candidate: AnyLinkerdRoute,
): LinkerdParentStatus[] {
  return parentsOf(candidate)
    .map(({ referent }) => referent)
    .filter(isLinkerdParent)
    .map(parent => ({
      parentRef: writtenParent(parent),
      conditions: [
        parentCondition(snapshot, candidate.kind, parent),
        ...(isServer(parent)
          ? []
          : [backendCondition(snapshot, candidate, parent)]),
      ],
    }));
}

/** The reference as the controller writes it: without section, and of Servers without port. */
function writtenParent(parent: Referent): ParentReference {
  const { group, kind, namespace, name, port } = parent;
  return {
    group: group || 'core',
    kind,
    namespace,
    name,
    ...(!isServer(parent) && port !== undefined && { port }),
  };
}
