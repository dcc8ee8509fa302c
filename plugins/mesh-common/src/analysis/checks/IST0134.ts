import { meshConfig } from '../../istio/meshConfig';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { refOf } from '../naming';

/** A TCP port of a ServiceEntry has no address that connections to it could be known by. */
export const addressesRequired = defineCheck({
  code: 'IST0134',
  level: 'warning',
  title: 'ServiceEntry without addresses for a TCP port',
  explanation:
    'A connection without HTTP or TLS carries no host name, so that proxies know what it is for by its address alone. Without addresses every connection to the port counts as one to this host. Give the ServiceEntry addresses, or a protocol that names the host (HTTP, TLS), or let Istio allocate addresses.',
  upstream: 'serviceentry.Analyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/ServiceEntry',
  needs: [],
  *run(entry, snapshot) {
    const { addresses = [], ports = [] } = entry.spec ?? {};
    if (
      addresses.length > 0 ||
      entry.status?.addresses?.length ||
      allocatesAddresses(snapshot)
    ) {
      return;
    }
    for (const [index, { number, protocol }] of ports.entries()) {
      if (!protocol || protocol.toUpperCase() === 'TCP') {
        yield {
          message: `${refOf(
            entry,
          )} has no addresses, and its port ${number} is ${
            protocol ? 'TCP' : 'TCP, since it names no protocol'
          }: set spec.addresses, or the protocol of the port`,
          field: `spec.ports[${index}]`,
        };
      }
    }
  },
});

/** Whether proxies answer DNS themselves and make addresses up; where the settings are not known, nothing is said. */
function allocatesAddresses(snapshot: MeshSnapshot): boolean {
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return true;
  }
  const { proxyMetadata } = mesh.config.defaultConfig;
  return (
    proxyMetadata.ISTIO_META_DNS_CAPTURE === 'true' &&
    (proxyMetadata.ISTIO_META_DNS_AUTO_ALLOCATE === 'true' ||
      proxyMetadata.PILOT_ENABLE_IP_AUTOALLOCATE === 'true')
  );
}
