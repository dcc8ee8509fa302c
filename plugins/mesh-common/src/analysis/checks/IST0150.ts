import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isUndeclared, writtenPorts } from './portNames';

/** A port of an ExternalName Service is called tcp, or does not say its protocol. */
export const externalNamePort = defineCheck({
  code: 'IST0150',
  level: 'warning',
  title: 'Port of an ExternalName Service takes all traffic of its number',
  explanation:
    'An ExternalName Service has no address of its own. With a TCP port, or one whose protocol is not declared, proxies send every connection to that port number there, whatever it was meant for. Declare the protocol (http, https, tls, …).',
  upstream: 'service.PortNameAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'Service',
  needs: [],
  *run(service, snapshot) {
    if (service.spec.type !== 'ExternalName') {
      return;
    }
    for (const [index, port] of writtenPorts(snapshot, service)) {
      if (isUndeclared(port) || port.name === 'tcp') {
        yield {
          message: `Port ${port.port} of ${refOf(
            service,
          )} (ExternalName) is TCP to Istio: call it by the protocol that names the host, such as https or http`,
          field: `spec.ports[${index}].name`,
        };
      }
    }
  },
});
