import { Container, Service, ServicePort } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { isIstioContainer } from '../../istio/pods';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { settingsOfNamespace } from '../namespaceMesh';
import { refOf } from '../naming';
import { POD_KINDS, podsIn } from '../workloadPods';
import { writtenPorts } from './portNames';

/** No container of the workloads that a Service selects has the port that the Service leads to. */
export const targetPortOfNobody = defineCheck({
  code: 'KIA0701',
  level: 'warning',
  title: 'Service leads to a port that no container has',
  explanation:
    'The targetPort of a Service (its port, where it has none) is no containerPort of the workloads that it selects. A name that no container gives to a port leads nowhere; a number does where nobody listens.',
  upstream: 'services.PortMappingChecker (Kiali)',
  mesh: 'istio',
  subject: 'Service',
  needs: [...POD_KINDS, 'ConfigMap', 'Namespace'],
  *run(service, snapshot) {
    const namespace = namespaceOf(service);
    // Where the control plane is, ports for debugging are not declared.
    if (settingsOfNamespace(snapshot, namespace)?.rootNamespace === namespace) {
      return;
    }
    const missing = writtenPorts(snapshot, service).filter(
      ([, port]) => !someContainerHas(snapshot, service, port),
    );
    const declared = missing.length > 0 ? declaredPorts(snapshot, service) : [];
    // Containers need not declare their ports; who declares none says nothing.
    if (declared.length === 0) {
      return;
    }
    for (const [index, port] of missing) {
      yield {
        message: `Port ${port.port} of ${refOf(service)} leads to ${
          port.targetPort ?? port.port
        }, which no container of the workloads that it selects has (they have ${declared.join(
          ', ',
        )})`,
        field: `spec.ports[${index}].targetPort`,
      };
    }
  },
});

/** As a rule the first pod has it, and no other is looked at. */
function someContainerHas(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
): boolean {
  for (const container of containersOf(snapshot, service)) {
    if (hasPort(container, port)) {
      return true;
    }
  }
  return false;
}

function declaredPorts(snapshot: MeshSnapshot, service: Service): number[] {
  const ports = [...containersOf(snapshot, service)].flatMap(container =>
    container.ports.map(({ containerPort }) => containerPort),
  );
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** Those of the pods, or over files of the templates; what Istio adds is none of the workload. */
function* containersOf(
  snapshot: MeshSnapshot,
  service: Service,
): IterableIterator<Container> {
  const { selector = {}, type } = service.spec;
  if (Object.keys(selector).length === 0 || type === 'ExternalName') {
    return;
  }
  for (const { spec } of podsIn(snapshot, namespaceOf(service), selector)) {
    for (const container of [...spec.containers, ...spec.initContainers]) {
      if (!isIstioContainer(container)) {
        yield container;
      }
    }
  }
}

function hasPort(
  { ports }: Container,
  { port, targetPort = port }: ServicePort,
): boolean {
  return ports.some(({ name, containerPort }) =>
    typeof targetPort === 'number'
      ? containerPort === (targetPort || port)
      : name === targetPort || String(containerPort) === targetPort,
  );
}
