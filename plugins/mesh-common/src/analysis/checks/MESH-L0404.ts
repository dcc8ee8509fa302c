import { Pod, Service, ServicePort } from '../../kubernetes/core';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { podsOf } from '../../linkerd/identity';
import { inboundPolicy } from '../../linkerd/inboundPolicy';
import { isMeshed } from '../../linkerd/meshed';
import { outboundProtocol } from '../../linkerd/outboundProtocol';
import { podSetting } from '../../linkerd/podSettings';
import { targetPortOf } from '../../mesh/services';
import { workloadsWithLabels } from '../../mesh/workloads';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { defineTally } from '../../snapshot/defineTally';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';

const OPAQUE_PORTS = 'config.linkerd.io/opaque-ports';

const podsThatSay = defineTally('Pod', pod =>
  isWritten(pod) ? OPAQUE_PORTS : undefined,
);

/** Whether a namespace or a pod of it has the annotation: asked once for all its Services. */
const saysOpaquePorts = defineQuestion<boolean>((snapshot, namespace) => {
  const own = snapshot.get('Namespace', undefined, namespace);
  return (
    (own !== undefined && isWritten(own)) ||
    podsThatSay.inNamespace(snapshot, namespace).size > 0
  );
}, Object.is);

export const opaqueOnOneSide = defineCheck({
  code: 'MESH-L0404',
  aliases: ['linkerd-opaque-ports-definition'],
  level: 'warning',
  title: 'A port is opaque to clients and not to the server, or the reverse',
  explanation:
    'The annotation of the Service tells clients that a port is opaque, that of the pods or their Server the proxies of the pods. Where only one of them says so, one side waits for bytes by which to know the protocol: connections on which the server speaks first hang for ten seconds.',
  upstream:
    'pkg/healthcheck/healthcheck.go, checkMisconfiguredOpaquePortAnnotations (linkerd2)',
  mesh: 'linkerd',
  subject: 'Service',
  needs: ['Pod'],
  *run(service, snapshot) {
    const { selector } = service.spec;
    // Who says nothing on either side gets the same default on both.
    if (
      !isWritten(service) &&
      !saysOpaquePorts(snapshot, namespaceOf(service))
    ) {
      return;
    }
    const pods =
      selector && Object.keys(selector).length > 0
        ? workloadsWithLabels(snapshot, namespaceOf(service), selector).flatMap(
            workload => podsOf(workload).slice(0, 1),
          )
        : [];
    for (const [index, port] of service.spec.ports.entries()) {
      const finding = findingOf(snapshot, service, port, index, pods);
      if (finding) {
        yield finding;
      }
    }
  },
});

function findingOf(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  index: number,
  pods: readonly Pod[],
): CheckFinding | undefined {
  const written = isWritten(service);
  const byClients =
    outboundProtocol(snapshot, service, port.port).protocol === 'opaque';
  for (const pod of pods) {
    const setting = podSetting(snapshot, pod, OPAQUE_PORTS);
    const target = targetPortOf(port, pod);
    if (
      port.protocol === 'TCP' &&
      !port.appProtocol &&
      target !== undefined &&
      (written || setting) &&
      isMeshed(snapshot, pod)
    ) {
      const policy = inboundPolicy(snapshot, pod, target);
      if (!('protocol' in policy)) {
        return undefined;
      }
      const byServer = policy.protocol === 'opaque';
      if (byClients && !byServer) {
        return {
          message: `Port ${port.port} of Service ${service.metadata.name} is opaque to clients, and port ${target} of its pods is not to their proxies: add ${target} to ${OPAQUE_PORTS} of the pods`,
          field: `spec.ports[${index}]`,
        };
      }
      if (byServer && !byClients) {
        return {
          message: `Port ${target} of the pods is opaque to their proxies, and port ${port.port} of Service ${service.metadata.name} is not to clients: add ${port.port} to ${OPAQUE_PORTS} of the Service`,
          field: `spec.ports[${index}]`,
        };
      }
    }
  }
  return undefined;
}

function isWritten({ metadata }: KubernetesObject): boolean {
  return metadata.annotations[OPAQUE_PORTS] !== undefined;
}
