import { serviceDelivery } from '../canary/serviceDelivery';
import { Answer } from '../contract/common';
import { ServiceRoutes } from '../contract/routing';
import { Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isConfigured, MeshPod, meshPodsOf } from './enrolment';
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
  const found = meshPodOf(snapshot, candidates, meshes);
  const mesh = found?.mesh;
  if (!found || !mesh) {
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
  const routes = mesh.routes(snapshot, service, seenFrom);
  const { mode } = found.enrolment;
  return {
    service: serviceRef(snapshot, service),
    mesh: mesh.id,
    seenFrom,
    ...routes,
    ...(from?.workload &&
      mode.value === 'unknown' && {
        ports: routes.ports.map(port => unknownRoutes(port, mode)),
      }),
  };
}

/** Whether the client has a proxy that would apply rules is not known, and so neither whether they are. */
function unknownRoutes(
  port: ServiceRoutes['ports'][number],
  { cause, reasons }: Answer<unknown>,
): ServiceRoutes['ports'][number] {
  return {
    ...port,
    routing: { value: 'unknown', ...(cause && { cause }), reasons },
    rules: [],
    destinations: [],
    ignored: [],
  };
}

/** A pod of which a mesh tells what its proxy does. */
function meshPodOf(
  snapshot: MeshSnapshot,
  workloads: readonly Workload[],
  meshes: readonly MeshAdapter[],
): MeshPod | undefined {
  for (const workload of workloads) {
    for (const pod of meshPodsOf(snapshot, workload, meshes)) {
      if (isConfigured(pod)) {
        return pod;
      }
    }
  }
  return undefined;
}
