import { protocolOf } from '../../istio/protocol';
import { Service, ServicePort } from '../../kubernetes/core';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { isOfControlPlane } from '../controlPlane';
import { concernsIstio } from '../istioPresence';

/** Controllers whose Services nobody writes by hand. */
const MANAGED = /^istio\.io-(gateway|mesh|eastwest)-controller$/;

/** The ports of a Service that people wrote, if Istio reads them. */
export function writtenPorts(
  snapshot: MeshSnapshot,
  service: Service,
): [number, ServicePort][] {
  const { labels } = service.metadata;
  return isOfControlPlane(service) ||
    MANAGED.test(labels['gateway.istio.io/managed'] ?? '') ||
    !concernsIstio(snapshot, service)
    ? []
    : [...service.spec.ports.entries()];
}

/** Whether neither the appProtocol nor the name of a port says which protocol it has. */
export function isUndeclared(port: ServicePort): boolean {
  return protocolOf(port) === 'detected';
}
