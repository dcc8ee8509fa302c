import { conditionOf, isService, Referent } from '../gateway-api/references';
import { Service } from '../kubernetes/core';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { POLICY_GROUP } from './targetRefs';

export function isServer({ group, kind }: Referent): boolean {
  return group === POLICY_GROUP && kind === 'Server';
}

export function isEgressNetwork({ group, kind }: Referent): boolean {
  return group === POLICY_GROUP && kind === 'EgressNetwork';
}

/** Whether Linkerd takes routes on a parent; those on Gateways are for others. */
export function isLinkerdParent(parent: Referent): boolean {
  return isServer(parent) || isService(parent) || isEgressNetwork(parent);
}

/** Whether clients find a Service without a cluster IP, on which no route can be. */
export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIP === 'None' || spec.type === 'ExternalName';
}

/**
 * Why a parent can have no route: it does not exist, or it is a Service without a cluster IP.
 *
 * Upstream: policy-controller/k8s/status/src/index.rs, `parent_ref_condition`s (`NoMatchingParent`).
 */
export function parentObstacle(
  snapshot: MeshSnapshot,
  parent: Referent,
): string | undefined {
  const { namespace, name } = parent;
  if (isService(parent)) {
    const service = snapshot.get('Service', namespace, name);
    if (!service) {
      return `there is no Service ${namespace}/${name} (NoMatchingParent)`;
    }
    return isHeadless(service)
      ? `Service ${namespace}/${name} has no cluster IP, which a parent must have (NoMatchingParent)`
      : undefined;
  }
  const missing = `there is no ${parent.kind} ${namespace}/${name} (NoMatchingParent)`;
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
  return conditionOf(network.status, 'Accepted')?.status === 'False'
    ? `EgressNetwork ${namespace}/${name} is not accepted itself (NoMatchingParent)`
    : undefined;
}
