import { EnrolmentMode } from '../contract/mtls';
import { Pod, Service, ServicePort } from '../kubernetes/core';
import { KubernetesObject, namespaceOf } from '../kubernetes/objects';
import { servicesSelecting, targetPortOf } from '../mesh/services';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { byAge } from './age';
import { entryPortsTo } from './entryPorts';
import { ingressListeners } from './ingressListeners';
import { parseProtocol, Protocol, protocolOf } from './protocol';

/**
 * How the proxy of a pod treats a port: as the oldest Service or ServiceEntry says that leads to it; else it looks at
 * the bytes. A Sidecar with `ingress` replaces all of them by the ports that it lists.
 *
 * Upstream: pilot/pkg/networking/core/listener_inbound.go, `buildInboundChainConfigs`.
 */
export function inboundProtocol(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
  mode: EnrolmentMode,
): Protocol {
  const isSidecar = mode === 'sidecar' || mode === 'native-sidecar';
  const ingress = isSidecar ? ingressListeners(snapshot, pod).listeners : [];
  if (ingress.length > 0) {
    const listener = ingress.find(entry => entry.port?.number === port);
    return parseProtocol(listener?.port?.protocol ?? '') ?? 'detected';
  }
  const [first] = [
    ...servicePortsTo(snapshot, pod, port).map(
      ({ service, port: declared }) => ({
        object: service as KubernetesObject,
        protocol: protocolOf(declared),
      }),
    ),
    ...entryPortsTo(snapshot, pod, port).map(({ entry, port: declared }) => ({
      object: entry as KubernetesObject,
      protocol: parseProtocol(declared.protocol ?? '') ?? 'detected',
    })),
  ].sort((a, b) => byAge(a.object, b.object));
  return first?.protocol ?? 'detected';
}

/** The Service ports that lead to a port of a pod, older Services first. */
export function servicePortsTo(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): { service: Service; port: ServicePort }[] {
  return servicesSelecting(snapshot, namespaceOf(pod), pod.metadata.labels)
    .sort(byAge)
    .flatMap(service =>
      service.spec.ports
        .filter(candidate => targetPortOf(candidate, pod) === port)
        .map(candidate => ({ service, port: candidate })),
    );
}
