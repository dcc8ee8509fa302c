import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { Service, ServicePort } from '../../kubernetes/core';
import { isUndeclared, writtenPorts } from './portNames';

const COMMON = {
  code: 'IST0118',
  level: 'info',
  title: 'Port name does not say the protocol',
  explanation:
    'Istio takes the protocol of a port from its appProtocol, or from its name up to the first dash (http, grpc, tcp, …). Without either it looks at the first bytes of each connection, which fails for protocols in which the server speaks first.',
  upstream:
    'service.PortNameAnalyzer (istioctl); services.PortMappingChecker (Kiali)',
  mesh: 'istio',
  subject: 'Service',
  needs: [],
} as const;

/** The name of a Service port, which has no appProtocol, does not begin with a protocol that Istio knows. */
const byName = defineCheck({
  ...COMMON,
  aliases: ['KIA0601'],
  run: (service, snapshot) =>
    undeclared(
      snapshot,
      service,
      ({ appProtocol }) => appProtocol === undefined,
      ({ port, name }) =>
        `Port ${port} of ${refOf(service)} ${
          name ? `is called ${name}, which` : 'has no name that'
        } does not begin with its protocol: set appProtocol, or call it such as http-${
          name || 'web'
        }`,
    ),
});

/** The appProtocol of a Service port is none that Istio knows; its name is then not looked at. */
const byAppProtocol = defineCheck({
  ...COMMON,
  aliases: ['KIA0602'],
  run: (service, snapshot) =>
    undeclared(
      snapshot,
      service,
      ({ appProtocol }) => appProtocol !== undefined,
      ({ port, appProtocol }) =>
        `Port ${port} of ${refOf(
          service,
        )} has the appProtocol ${appProtocol}, which does not begin with a protocol that Istio knows (http, grpc, tcp, …): its name is not looked at; correct it`,
    ),
});

export const portNameWithoutProtocol = [byName, byAppProtocol];

function* undeclared(
  snapshot: MeshSnapshot,
  service: Service,
  isMeant: (port: ServicePort) => boolean,
  message: (port: ServicePort) => string,
): Iterable<CheckFinding> {
  if (service.spec.type === 'ExternalName') {
    return;
  }
  for (const [index, port] of writtenPorts(snapshot, service)) {
    if (isMeant(port) && isUndeclared(port)) {
      yield {
        message: message(port),
        field: `spec.ports[${index}].${
          port.appProtocol === undefined ? 'name' : 'appProtocol'
        }`,
      };
    }
  }
}
