import { serviceDelivery } from '../canary/serviceDelivery';
import { PortRoutes, ServiceRoutes } from '../contract/routing';
import { Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isConfigured, MeshPod, meshPodsOf } from './enrolment';
import { HostSelection, MeshAdapter } from './MeshAdapter';
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

/**
 * The effective routes to hosts that no Service has, in the meshes that know such hosts.
 *
 * @public
 */
export function hostRouting(
  snapshot: MeshSnapshot,
  of: HostSelection,
  meshes: readonly MeshAdapter[],
  from?: Place,
): ServiceRoutes[] {
  const seenFrom = from && seenFromOf(from, from.namespace);
  const client = from?.workload;
  const clientPod = client && meshPodOf(snapshot, [client], meshes);
  return meshes.flatMap(mesh =>
    (mesh.hostRoutes?.(snapshot, of, seenFrom) ?? []).map(routes => ({
      ...routes,
      mesh: mesh.id,
      ports: routes.ports.map(port => {
        if (!client) {
          return port;
        }
        return clientPod?.mesh === mesh
          ? asKnown(port, clientPod)
          : withoutRules(port, noProxy(client));
      }),
    })),
  );
}

/** The rules for a port, where it is known whether the client has a proxy that applies them. */
function asKnown(port: PortRoutes, { enrolment: { mode } }: MeshPod) {
  return mode.value === 'unknown'
    ? withoutRules(port, {
        value: 'unknown',
        ...(mode.cause && { cause: mode.cause }),
        reasons: mode.reasons,
      })
    : port;
}

function withoutRules(
  port: Pick<PortRoutes, 'port' | 'name' | 'protocol'>,
  routing: PortRoutes['routing'],
): PortRoutes {
  const { port: number, name, protocol } = port;
  return {
    port: number,
    ...(name && { name }),
    protocol,
    routing,
    rules: [],
    destinations: [],
    ignored: [],
  };
}

function noProxy(client: Workload | undefined): PortRoutes['routing'] {
  return {
    value: 'not-in-mesh',
    reasons: [
      {
        rule: 'mesh/routes/no-proxy',
        text: client
          ? `${client.ref.kind} ${client.ref.name} has no mesh proxy, so no routes apply to what it sends`
          : 'No workload behind the Service is in a mesh',
      },
    ],
  };
}

function seenFromOf(
  from: Place | undefined,
  namespace: string,
): ServiceRoutes['seenFrom'] {
  return {
    namespace: from?.namespace ?? namespace,
    ...(from?.workload && { workload: from.workload.ref }),
  };
}

function routesTo(
  snapshot: MeshSnapshot,
  service: Service,
  meshes: readonly MeshAdapter[],
  from?: Place,
): ServiceRoutes {
  const namespace = namespaceOf(service);
  const seenFrom = seenFromOf(from, namespace);
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
      ports: service.spec.ports.map(({ port, name, protocol }) =>
        withoutRules(
          {
            port,
            ...(name && { name }),
            protocol: { value: protocol.toLowerCase(), reasons: [] },
          },
          noProxy(from?.workload),
        ),
      ),
    };
  }
  const routes = mesh.routes(snapshot, service, seenFrom);
  return {
    service: serviceRef(snapshot, service),
    mesh: mesh.id,
    seenFrom,
    ...routes,
    ports: from?.workload
      ? routes.ports.map(port => asKnown(port, found))
      : routes.ports,
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
