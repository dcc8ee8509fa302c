import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { clusterDomain } from '../../injectorConfig';
import { MeshService } from '../../meshServices';
import { addressesOf } from './portServices';

/** The names by which requests mean a service. */
export interface ServiceDomains {
  /** Its host, its aliases, its addresses, and for a headless Service every name under its own (`*.`). */
  names: readonly string[];
  /** Shorter and longer forms of its host, which count where no other service has them as its host. */
  forms: readonly string[];
}

/**
 * The Host headers that mean a service to a client of a namespace: its full name with and without a final dot; of a
 * host in the cluster's domain also the name with namespace, and with `.svc`, and for clients of its namespace the
 * name alone; the same of every ExternalName Service that stands for it; and its addresses.
 *
 * Upstream: pilot/pkg/networking/core/httproute.go, `generateVirtualHostDomains`, `GenerateAltVirtualHosts`.
 */
export function domainsOf(
  snapshot: MeshSnapshot,
  service: MeshService,
  aliases: readonly string[],
  namespace: string,
): ServiceDomains {
  const domain = clusterDomain(snapshot);
  const hosts = [service.host, ...aliases];
  const forms = hosts.flatMap(host => formsOf(host, namespace, domain));
  const below =
    service.service && service.resolution === 'original-destination'
      ? [...hosts, ...forms].map(name => `*.${name}`)
      : [];
  return {
    names: [...new Set([...hosts, ...below, ...addressesOf(service)])],
    forms,
  };
}

/** The hosts of services that a Host header may mean, as far as names tell. */
export function hostsMeantBy(
  name: string,
  namespace: string,
  domain: string,
): string[] {
  const plain = name.replace(/\.$/, '');
  return [
    ...new Set([
      name,
      plain,
      `${plain}.${domain}`,
      `${plain}.svc.${domain}`,
      `${plain}.${namespace}.svc.${domain}`,
    ]),
  ];
}

function formsOf(host: string, namespace: string, domain: string): string[] {
  const suffix = `.svc.${domain}`;
  if (!host.endsWith(suffix)) {
    return [`${host}.`];
  }
  const short = host.slice(0, -suffix.length);
  const [name, ...place] = short.split('.');
  return [
    `${host}.`,
    ...(place.join('.') === namespace ? [name] : []),
    short,
    `${short}.svc`,
  ];
}
