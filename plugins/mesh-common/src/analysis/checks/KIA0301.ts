import { overlaps } from '../../istio/hosts';
import { Gateway } from '../../istio/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { fullNameOf, refOf } from '../naming';

/** A host of a server of a Gateway. */
interface ServerHost {
  gateway: Gateway;
  /** As it is written. */
  written: string;
  /** Whose VirtualServices may use it; `*` are all. */
  place: string;
  host: string;
  /** The pods and the port. */
  listener: string;
  field: string;
}

const byListener = defineIndex(
  ['networking.istio.io/Gateway'],
  ({ objects }) => {
    const found = new Map<string, ServerHost[]>();
    for (const host of objects('networking.istio.io/Gateway').flatMap(
      serverHosts,
    )) {
      const known = found.get(host.listener);
      if (known) {
        known.push(host);
      } else {
        found.set(host.listener, [host]);
      }
    }
    return found;
  },
);

/**
 * A host of a Gateway overlaps with another one, of the same Gateway or of another for the same pods, at the same port.
 * The same host in several Gateways is IST0145.
 */
export const overlappingGatewayHosts = defineCheck({
  code: 'KIA0301',
  level: 'warning',
  title: 'Hosts of Gateways overlap',
  explanation:
    'The pods of a gateway take for each host of a port the server that names it most specifically. A host that is named twice, or that a wildcard covers, is served with the settings (TLS among them) of one of them.',
  upstream: 'gateways.MultiMatchChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/Gateway',
  needs: [],
  *run(gateway, snapshot) {
    for (const own of serverHosts(gateway)) {
      const others = sharing(snapshot, own);
      if (others.length > 0) {
        const twice = others.some(
          other => other.gateway === gateway && other.host === own.host,
        );
        yield {
          message: `${refOf(gateway)} has ${
            own.written
          }, which overlaps with ${[
            ...new Set(
              others.map(({ gateway: other, written }) =>
                other === gateway
                  ? written
                  : `${written} of ${fullNameOf(other)}`,
              ),
            ),
          ]
            .sort()
            .join(', ')} at the same port: ${
            twice
              ? 'keep one of them'
              : 'of each request the most specific host decides'
          }`,
          field: own.field,
          ...(!twice && { level: 'info' as const }),
        };
      }
    }
  },
});

function sharing(snapshot: MeshSnapshot, own: ServerHost): ServerHost[] {
  return snapshot
    .namespacesOf('networking.istio.io/Gateway')
    .flatMap(
      namespace => byListener(snapshot, namespace).get(own.listener) ?? [],
    )
    .filter(
      other =>
        (other.gateway === own.gateway
          ? other.field !== own.field
          : other.written !== own.written) &&
        [own.place, other.place].some(
          place => place === '*' || own.place === other.place,
        ) &&
        overlaps(other.host, own.host),
    );
}

function serverHosts(gateway: Gateway): ServerHost[] {
  const pods = Object.entries(gateway.spec?.selector ?? {})
    .map(label => label.join('='))
    .sort();
  return (gateway.spec?.servers ?? []).flatMap(
    ({ port, bind = '', hosts = [] }, server) =>
      hosts.map((written, index) => {
        const slash = written.indexOf('/');
        const place = slash < 0 ? '*' : written.slice(0, slash);
        return {
          gateway,
          written,
          place: place === '.' ? namespaceOf(gateway) : place,
          host: written.slice(slash + 1).toLowerCase(),
          listener: JSON.stringify([pods, port?.number, bind]),
          field: `spec.servers[${server}].hosts[${index}]`,
        };
      }),
  );
}
