import ipaddr from 'ipaddr.js';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { serviceEndpoints } from '../../cluster/serviceEndpoints';
import { clusterDomain } from '../../injectorConfig';
import { MeshService, servicesOfHost } from '../../meshServices';
import { concreteHostNamed } from './aliases';
import { hostsMeantBy } from './domains';
import { addressesOf, isAlias } from './portServices';

/**
 * The address that a host name has for a client in the cluster: the cluster IP of a Service, the first pod of a
 * headless one, that of what an ExternalName Service stands for, the first address of a ServiceEntry (which a resolver
 * that knows it would give). Undefined where it is one that the objects do not tell.
 */
export function resolvedAddress(
  snapshot: MeshSnapshot,
  host: string,
  namespace: string,
  port: number,
): string | undefined {
  if (ipaddr.isValid(host)) {
    return host;
  }
  for (const name of hostsMeantBy(
    host,
    namespace,
    clusterDomain(snapshot),
  ).reverse()) {
    const [found] = servicesOfHost(snapshot, name);
    if (found && isAlias(found)) {
      const target = concreteHostNamed(snapshot, found.host);
      return target === undefined || target === host
        ? undefined
        : resolvedAddress(snapshot, target, namespace, port);
    }
    if (found) {
      return addressOf(snapshot, found, port);
    }
  }
  return undefined;
}

function addressOf(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
): string | undefined {
  const plain = addressesOf(service).find(address => !address.includes('/'));
  if (plain || !service.service) {
    return plain;
  }
  const endpoints = serviceEndpoints(snapshot, service, port) ?? [];
  return endpoints
    .flatMap(({ address }) => address ?? [])
    .find(address => ipaddr.isValid(address));
}
