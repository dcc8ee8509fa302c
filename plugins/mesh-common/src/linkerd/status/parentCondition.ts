import { isService, Referent } from '../../gateway-api/references';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AnyLinkerdRoute } from '../linkerdRoutes';
import { isHeadless, isServer } from '../routeParents';
import { ACCEPTED, LinkerdStatusCondition, notAccepted } from './conditions';
import { isAcceptedNetwork } from './egressNetworkStatus';
import { conflictingRoute } from './routeConflict';

/**
 * Whether the controller accepts a route of a kind for a parent: the parent must exist, a Service must have a cluster IP,
 * an EgressNetwork must be accepted itself, and no route of a more specific kind may have the same parent.
 *
 * Upstream: policy-controller/k8s/status/src/index.rs, `parent_condition_{server,service,egress_network}`.
 */
export function parentCondition(
  snapshot: MeshSnapshot,
  kind: AnyLinkerdRoute['kind'],
  parent: Referent,
): LinkerdStatusCondition {
  const obstacle = obstacleOf(snapshot, parent);
  if (obstacle) {
    return obstacle;
  }
  const winner = conflictingRoute(snapshot, kind, parent);
  return winner
    ? notAccepted(
        'RouteReasonConflicted',
        `${winner} has the same parent, and ${
          winner.split(' ')[0]
        }s win over ${kind.slice(kind.indexOf('/') + 1)}s`,
      )
    : ACCEPTED;
}

function obstacleOf(
  snapshot: MeshSnapshot,
  parent: Referent,
): LinkerdStatusCondition | undefined {
  const { kind, namespace, name } = parent;
  const missing = notAccepted(
    'NoMatchingParent',
    `there is no ${kind} ${namespace}/${name}`,
  );
  if (isService(parent)) {
    const service = snapshot.get('Service', namespace, name);
    return service ? headlessObstacle(service, parent) : missing;
  }
  if (isServer(parent)) {
    return snapshot.get('policy.linkerd.io/Server', namespace, name)
      ? undefined
      : missing;
  }
  const network = snapshot.get(
    'policy.linkerd.io/EgressNetwork',
    namespace,
    name,
  );
  if (!network) {
    return missing;
  }
  return isAcceptedNetwork(snapshot, network)
    ? undefined
    : notAccepted(
        'NoMatchingParent',
        `EgressNetwork ${namespace}/${name} is not accepted itself`,
        'EgressNetwork parent has not been accepted',
      );
}

function headlessObstacle(
  service: Parameters<typeof isHeadless>[0],
  { namespace, name }: Referent,
): LinkerdStatusCondition | undefined {
  return isHeadless(service)
    ? notAccepted(
        'NoMatchingParent',
        `Service ${namespace}/${name} has no cluster IP, which a parent must have`,
        'parent service must have a ClusterIP',
      )
    : undefined;
}
