import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isUndeclared, writtenPorts } from './portNames';

/** The name of a Service port does not begin with a protocol that Istio knows. */
export const portNameWithoutProtocol = defineCheck({
  code: 'IST0118',
  aliases: ['KIA0601'],
  level: 'info',
  title: 'Port name does not say the protocol',
  explanation:
    'Istio takes the protocol of a port from its appProtocol, or from its name up to the first dash (http, grpc, tcp, …). Without either it looks at the first bytes of each connection, which fails for protocols in which the server speaks first.',
  upstream: 'service.PortNameAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'Service',
  needs: [],
  *run(service, snapshot) {
    if (service.spec.type === 'ExternalName') {
      return;
    }
    for (const [index, port] of writtenPorts(snapshot, service)) {
      if (isUndeclared(port)) {
        yield {
          message: `Port ${port.port} of ${refOf(service)} ${
            port.name ? `is called ${port.name}, which` : 'has no name that'
          } does not begin with its protocol: set appProtocol, or call it such as http-${
            port.name || 'web'
          }`,
          field: `spec.ports[${index}].name`,
        };
      }
    }
  },
});
