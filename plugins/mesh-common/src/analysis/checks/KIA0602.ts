import { parseProtocol } from '../../istio/protocol';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { isUndeclared, writtenPorts } from './portNames';
import { selectsPodInMesh } from './servicesInMesh';

/**
 * The appProtocol of a Service port is read as the protocol that it begins with. One that begins with none is IST0118.
 * As Kiali, it is about Services with pods in the mesh alone.
 */
export const appProtocolWithSuffix = defineCheck({
  code: 'KIA0602',
  level: 'info',
  title: 'appProtocol with a suffix',
  explanation:
    'Istio takes of an appProtocol what is before the first dash, as of a port’s name. For others that read it the whole value counts, and Kubernetes wants a standard name or one with a prefix (example.org/mine).',
  upstream: 'services.PortMappingChecker (Kiali)',
  mesh: 'istio',
  subject: 'Service',
  needs: ['Namespace', ...POD_KINDS],
  *run(service, snapshot) {
    for (const [index, port] of writtenPorts(snapshot, service)) {
      const { appProtocol = '' } = port;
      const protocol = parseProtocol(appProtocol);
      if (
        protocol &&
        !isUndeclared(port) &&
        appProtocol.toLowerCase().replace('_', '-') !==
          protocol.replace('_', '-') &&
        selectsPodInMesh(snapshot, service)
      ) {
        yield {
          message: `Port ${port.port} of ${refOf(
            service,
          )} has the appProtocol ${appProtocol}, which Istio reads as ${protocol}: write ${protocol}`,
          field: `spec.ports[${index}].appProtocol`,
        };
      }
    }
  },
});
