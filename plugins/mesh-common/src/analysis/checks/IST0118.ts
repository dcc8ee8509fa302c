import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { Service, ServicePort } from '../../kubernetes/core';
import { isUndeclared, writtenPorts } from './portNames';
import { selectsPodInMesh } from './servicesInMesh';

const COMMON = {
  code: 'IST0118',
  level: 'info',
  title: 'Port name does not say the protocol',
  explanation:
    'Istio takes the protocol of a port from its appProtocol, or from its name up to the first dash (http, grpc, tcp, …). Without either it looks at the first bytes of each connection, which fails for protocols in which the server speaks first.',
  upstream: 'service.PortNameAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'Service',
  needs: [],
} as const;

interface Way {
  /** Kiali's code. */
  alias: string;
  isMeant(port: ServicePort): boolean;
  message(port: ServicePort, service: Service): string;
}

/** The name of a Service port, which has no appProtocol, does not begin with a protocol that Istio knows. */
const BY_NAME: Way = {
  alias: 'KIA0601',
  isMeant: ({ appProtocol }) => appProtocol === undefined,
  message: ({ port, name }, service) =>
    `Port ${port} of ${refOf(service)} ${
      name ? `is called ${name}, which` : 'has no name that'
    } does not begin with its protocol: set appProtocol, or call it such as http-${
      name || 'web'
    }`,
};

/** The appProtocol of a Service port is none that Istio knows; its name is then not looked at. */
const BY_APP_PROTOCOL: Way = {
  alias: 'KIA0602',
  isMeant: ({ appProtocol }) => appProtocol !== undefined,
  message: ({ port, appProtocol }, service) =>
    `Port ${port} of ${refOf(
      service,
    )} has the appProtocol ${appProtocol}, which does not begin with a protocol that Istio knows (http, grpc, tcp, …): its name is not looked at; correct it`,
};

const WAYS = [BY_NAME, BY_APP_PROTOCOL];

/** Kiali says it of Services with pods in the mesh alone, istioctl of all. */
export const portNameWithoutProtocol: readonly AnyCheck[] = [
  ...WAYS.map(way =>
    defineCheck({
      ...COMMON,
      aliases: [way.alias],
      upstream: `${COMMON.upstream}; services.PortMappingChecker (Kiali)`,
      run: (service, snapshot) => undeclared(snapshot, service, way, true),
    }),
  ),
  defineCheck({
    ...COMMON,
    *run(service, snapshot) {
      for (const way of WAYS) {
        yield* undeclared(snapshot, service, way, false);
      }
    },
  }),
];

function* undeclared(
  snapshot: MeshSnapshot,
  service: Service,
  { isMeant, message }: Way,
  inMesh: boolean,
): Iterable<CheckFinding> {
  if (service.spec.type === 'ExternalName') {
    return;
  }
  const ports = writtenPorts(snapshot, service).filter(
    ([, port]) => isMeant(port) && isUndeclared(port),
  );
  // Pods are looked at only where there is something to say.
  if (ports.length === 0 || selectsPodInMesh(snapshot, service) !== inMesh) {
    return;
  }
  for (const [index, port] of ports) {
    yield {
      message: message(port, service),
      field: `spec.ports[${index}].${
        port.appProtocol === undefined ? 'name' : 'appProtocol'
      }`,
    };
  }
}
