import { serviceDelivery } from '../canary/serviceDelivery';
import { ServiceRoutes } from '../contract/routing';
import { Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isInMesh, meshPodsOf } from './enrolment';
import { MeshAdapter } from './MeshAdapter';
import { serviceRef } from './services';
import { Workload, findWorkload, workloadsWithLabels } from './workloads';

/**
 * A place to look from that does not exist on the cluster.
 *
 * @public
 */
export class UnknownPlaceError extends Error {
  override name = 'UnknownPlaceError';
}

/**
 * The client from whose place routes are seen: a namespace, or a workload of it.
 *
 * @public
 */
export interface Place {
  namespace: string;
  workload?: Workload;
}

/**
 * Reads `namespace` or `namespace/Kind/name`. Throws UnknownPlaceError, which names it, where the cluster
 * has no such workload.
 *
 * @public
 */
export function parsePlace(snapshot: MeshSnapshot, text: string): Place {
  const [namespace, kind, name] = text.split('/');
  if (!kind) {
    return { namespace };
  }
  const workload = findWorkload(snapshot, { namespace, kind, name });
  if (!workload) {
    throw new UnknownPlaceError(
      `There is no ${kind} ${namespace}/${name} on the cluster ${snapshot.cluster}`,
    );
  }
  return { namespace, workload };
}

/**
 * The effective routes to a Service, and the canaries that govern it. Routes are applied where the client is: by its
 * mesh if a workload is given, by the mesh of the Service's own workloads otherwise.
 *
 * @public
 */
export function serviceRouting(
  snapshot: MeshSnapshot,
  service: Service,
  meshes: readonly MeshAdapter[],
  from?: Place,
): ServiceRoutes {
  const routes = routesTo(snapshot, service, meshes, from);
  const delivery = serviceDelivery(snapshot, service, routes);
  return delivery ? { ...routes, delivery } : routes;
}

function routesTo(
  snapshot: MeshSnapshot,
  service: Service,
  meshes: readonly MeshAdapter[],
  from?: Place,
): ServiceRoutes {
  const namespace = namespaceOf(service);
  const seenFrom: ServiceRoutes['seenFrom'] = {
    namespace: from?.namespace ?? namespace,
    ...(from?.workload && { workload: from.workload.ref }),
  };
  const candidates = from?.workload
    ? [from.workload]
    : workloadsWithLabels(snapshot, namespace, service.spec.selector ?? {});
  const mesh = meshOf(snapshot, candidates, meshes);
  if (!mesh) {
    return {
      service: serviceRef(snapshot, service),
      host: `${service.metadata.name}.${namespace}`,
      seenFrom,
      ports: service.spec.ports.map(port => ({
        port: port.port,
        ...(port.name && { name: port.name }),
        protocol: { value: port.protocol.toLowerCase(), reasons: [] },
        routing: {
          value: 'not-in-mesh',
          reasons: [
            {
              rule: 'mesh/routes/no-proxy',
              text: from?.workload
                ? `${from.workload.ref.kind} ${from.workload.ref.name} has no mesh proxy, so no routes apply to what it sends`
                : `No workload behind the Service is in a mesh`,
            },
          ],
        },
        rules: [],
        destinations: [],
        ignored: [],
      })),
    };
  }
  return {
    service: serviceRef(snapshot, service),
    mesh: mesh.id,
    seenFrom,
    ...mesh.routes(snapshot, service, seenFrom),
  };
}

function meshOf(
  snapshot: MeshSnapshot,
  workloads: readonly Workload[],
  meshes: readonly MeshAdapter[],
): MeshAdapter | undefined {
  for (const workload of workloads) {
    for (const { mesh, enrolment } of meshPodsOf(snapshot, workload, meshes)) {
      if (mesh && isInMesh(enrolment.mode.value)) {
        return mesh;
      }
    }
  }
  return undefined;
}
