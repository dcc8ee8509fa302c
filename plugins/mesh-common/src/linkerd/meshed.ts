import { isService, statusesOf } from '../gateway-api/references';
import { Pod, Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { workloadsWithLabels } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsOf } from './identity';
import { expectedEnrolment } from './injection';
import { INJECT_ANNOTATION } from './injectionDecision';
import { AnyLinkerdRoute, parentsOf } from './linkerdRoutes';
import { proxyOf } from './proxy';
import { POLICY_CONTROLLER } from './routeAcceptance';
import { isEgressNetwork, isServer } from './routeParents';

/** Whether a pod has a proxy of Linkerd, or would get one. */
export function isMeshed(snapshot: MeshSnapshot, pod: Pod): boolean {
  return proxyOf(pod) !== undefined || expectsProxy(snapshot, pod);
}

function expectsProxy(snapshot: MeshSnapshot, pod: Pod): boolean {
  const { value } = expectedEnrolment(snapshot, pod);
  return value === 'sidecar' || value === 'native-sidecar';
}

/** Whether a workload behind a Service is meshed by Linkerd. */
export function isMeshedService(
  snapshot: MeshSnapshot,
  service: Service,
): boolean {
  const { selector } = service.spec;
  return (
    selector !== undefined &&
    Object.keys(selector).length > 0 &&
    workloadsWithLabels(snapshot, namespaceOf(service), selector).some(
      workload => podsOf(workload).some(pod => isMeshed(snapshot, pod)),
    )
  );
}

/**
 * Whether a route is Linkerd's business: by its kind, by a parent that only Linkerd has, by a status that
 * Linkerd wrote, or since the Service that it is for is meshed by Linkerd. (Other meshes take routes on
 * Services too.) Of a Service that does not exist, the namespace tells.
 */
export function isLinkerdRoute(
  snapshot: MeshSnapshot,
  candidate: AnyLinkerdRoute,
): boolean {
  const { kind, route } = candidate;
  const parents = parentsOf(candidate).map(({ referent }) => referent);
  return (
    kind === 'policy.linkerd.io/HTTPRoute' ||
    statusesOf(route.status, POLICY_CONTROLLER).length > 0 ||
    parents.some(
      parent =>
        isServer(parent) ||
        isEgressNetwork(parent) ||
        (isService(parent) && isMeshedPlace(snapshot, parent)),
    )
  );
}

function isMeshedPlace(
  snapshot: MeshSnapshot,
  { namespace, name }: { namespace: string; name: string },
): boolean {
  const service = snapshot.get('Service', namespace, name);
  if (service) {
    return isMeshedService(snapshot, service);
  }
  const value = snapshot.get('Namespace', undefined, namespace)?.metadata
    .annotations[INJECT_ANNOTATION];
  return value === 'enabled' || value === 'ingress';
}
