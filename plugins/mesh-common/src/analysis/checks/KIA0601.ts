import { KubernetesObject } from '../../kubernetes/objects';
import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';

const COMMON = {
  code: 'KIA0601',
  level: 'info',
  title: 'Port name that does not tell its protocol',
  explanation:
    'The port of a Gateway or a ServiceEntry has a field for its protocol, so that its name means nothing to Istio. Some teams name ports PROTOCOL or PROTOCOL-SUFFIX all the same, as those of Services are.',
  upstream: 'gateways.PortChecker, serviceentries.PortChecker (Kiali)',
  mesh: 'istio',
  needs: [],
} as const;

interface Port {
  name?: string;
  protocol?: string;
}

/** Protocols whose ports may have any name, such as that of what they carry (mysql). */
const ANY_NAME = ['tcp', 'udp'];

/** The name of a port is neither its protocol nor begins with it and a hyphen. */
function* misnamed(
  object: KubernetesObject,
  ports: readonly { port: Port; field: string }[],
): Iterable<CheckFinding> {
  for (const { port, field } of ports) {
    const { name, protocol = '' } = port;
    const wanted = protocol.toLowerCase();
    if (
      name &&
      wanted &&
      !ANY_NAME.includes(wanted) &&
      name.toLowerCase() !== wanted &&
      !name.toLowerCase().startsWith(`${wanted}-`)
    ) {
      yield {
        message: `${refOf(
          object,
        )}: the port ${name} is for ${protocol}, which its name does not tell: ${wanted} or ${wanted}-${name} would`,
        field: `${field}.name`,
      };
    }
  }
}

export const misnamedPorts: readonly AnyCheck[] = [
  defineCheck({
    ...COMMON,
    subject: 'networking.istio.io/Gateway',
    run: gateway =>
      misnamed(
        gateway,
        (gateway.spec?.servers ?? []).flatMap(({ port }, index) =>
          port ? [{ port, field: `spec.servers[${index}].port` }] : [],
        ),
      ),
  }),
  defineCheck({
    ...COMMON,
    subject: 'networking.istio.io/ServiceEntry',
    run: entry =>
      misnamed(
        entry,
        (entry.spec?.ports ?? []).map((port, index) => ({
          port,
          field: `spec.ports[${index}]`,
        })),
      ),
  }),
];
