import { Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { isMeshedService } from '../linkerd/meshed';
import { routesOfParent } from '../linkerd/outbound/routesOfParent';
import { defineQuestion } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

const hasRoutes = defineQuestion((snapshot, key) => {
  const [namespace, name]: [string, string] = JSON.parse(key);
  return (
    routesOfParent(snapshot, { kind: 'Service', namespace, name }).length > 0
  );
}, Object.is);

/** Whether there may be routes on a Service that is in the mesh. Most have none, which is known before any pod is looked at. */
export function mayBeRouted(snapshot: MeshSnapshot, service: Service): boolean {
  return (
    hasRoutes(
      snapshot,
      JSON.stringify([namespaceOf(service), service.metadata.name]),
    ) && isMeshedService(snapshot, service)
  );
}
