import { Pod, Service, ServicePort } from '../../kubernetes/core';
import { hasEnded } from '../../mesh/hasEnded';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { parseServiceHost, serviceHost } from '../hosts';
import { clusterDomain } from '../injectorConfig';
import { MeshService, servicesOfHost } from '../meshServices';

/**
 * What a name or address means inside the cluster, as its resolver and its address ranges say.
 *
 * @public
 */
export type NamedPlace =
  | { is: 'service'; host: string; service: Service }
  /** A host of a ServiceEntry, or of a Service that only another cluster of the mesh has. */
  | { is: 'entry'; host: string; found: MeshService }
  /** The address (or the name under a headless Service) of a pod. */
  | { is: 'pod'; host: string; pod: Pod; service?: Service }
  /** Nothing that the cluster has an object for. */
  | { is: 'elsewhere'; host: string };

const podsByAddress = defineIndex(['Pod'], ({ objects }) => {
  const pods = new Map<string, Pod>();
  for (const pod of objects('Pod')) {
    const address = pod.status?.podIP;
    if (address && !pod.spec.hostNetwork && !hasEnded(pod)) {
      pods.set(address, pod);
    }
  }
  return pods;
});

const servicesByAddress = defineIndex(['Service'], ({ objects }) => {
  const services = new Map<string, Service[]>();
  for (const service of objects('Service')) {
    const { clusterIP, clusterIPs = [] } = service.spec;
    const addresses = new Set([
      ...(clusterIP ? [clusterIP] : []),
      ...clusterIPs,
    ]);
    for (const address of addresses) {
      services.set(address, [...(services.get(address) ?? []), service]);
    }
  }
  return services;
});

/**
 * What a client of a namespace means by a host. Short names are looked up as its resolver does, along the search
 * path of its namespace: `name`, `name.namespace`, `name.namespace.svc`. Pods of a headless Service have names of
 * their own under it.
 *
 * @public
 */
export function placeNamed(
  snapshot: MeshSnapshot,
  host: string,
  namespace: string,
): NamedPlace {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (isAddress(name)) {
    return placeOfAddress(snapshot, name);
  }
  const domain = clusterDomain(snapshot);
  for (const full of fullNames(name, namespace, domain)) {
    const found = placeOfName(snapshot, full, domain);
    if (found) {
      return found;
    }
  }
  return { is: 'elsewhere', host: name };
}

/** IPv4, or IPv6 with or without brackets. */
export function isAddress(host: string): boolean {
  return (
    /^\d{1,3}(\.\d{1,3}){3}$/.test(host) ||
    /^\[?[0-9a-f]*:[0-9a-f:.]*\]?$/i.test(host)
  );
}

/** The port of a Service by which a client calls it. */
export function portCalled(
  service: Service,
  port: number,
): ServicePort | undefined {
  return service.spec.ports.find(
    candidate => candidate.port === port && candidate.protocol !== 'UDP',
  );
}

function fullNames(name: string, namespace: string, domain: string): string[] {
  return [
    `${name}.${namespace}.svc.${domain}`,
    `${name}.svc.${domain}`,
    `${name}.${domain}`,
    name,
  ];
}

function placeOfName(
  snapshot: MeshSnapshot,
  host: string,
  domain: string,
): NamedPlace | undefined {
  const parsed = parseServiceHost(host, domain);
  const service =
    parsed && snapshot.get('Service', parsed.namespace, parsed.name);
  if (service) {
    return { is: 'service', host, service };
  }
  const [entry] = servicesOfHost(snapshot, host);
  return entry
    ? { is: 'entry', host, found: entry }
    : podNamed(snapshot, host, domain);
}

/** `pod.service.namespace.svc`: a pod whose Service has no address of its own. */
function podNamed(
  snapshot: MeshSnapshot,
  host: string,
  domain: string,
): NamedPlace | undefined {
  const [name, ...rest] = host.split('.');
  const parsed = parseServiceHost(rest.join('.'), domain);
  const service =
    parsed && snapshot.get('Service', parsed.namespace, parsed.name);
  const pod = parsed && snapshot.get('Pod', parsed.namespace, name);
  return pod && service?.spec.clusterIP === 'None'
    ? { is: 'pod', host, pod, service }
    : undefined;
}

function placeOfAddress(snapshot: MeshSnapshot, address: string): NamedPlace {
  const plain = address.replace(/^\[|\]$/g, '');
  for (const namespace of snapshot.namespacesOf('Pod')) {
    const pod = podsByAddress(snapshot, namespace).get(plain);
    if (pod) {
      return { is: 'pod', host: plain, pod };
    }
  }
  const [service, ...others] = snapshot
    .namespacesOf('Service')
    .flatMap(
      namespace => servicesByAddress(snapshot, namespace).get(plain) ?? [],
    );
  // Addresses that several Services have are none that a cluster gave.
  return service && others.length === 0
    ? {
        is: 'service',
        host: serviceHost(
          {
            name: service.metadata.name,
            namespace: service.metadata.namespace ?? '',
          },
          clusterDomain(snapshot),
        ),
        service,
      }
    : { is: 'elsewhere', host: plain };
}
