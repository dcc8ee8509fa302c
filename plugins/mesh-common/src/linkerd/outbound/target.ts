import { Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { defineClusterIndex } from '../../snapshot/defineClusterIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { egressNetworkOf, isInClusterNetworks } from './egressNetworks';
import { OutboundParent } from './policy';
import { hasRoutedParents } from './routesOfParent';

/**
 * What a client sends to: a Service by its name, or an address.
 *
 * @public
 */
export type OutboundTarget =
  | { kind: 'Service'; namespace: string; name: string }
  | { address: string };

/** What a target is to the policy controller. */
export type ResolvedTarget =
  | { parent: OutboundParent }
  /** The Service of an address does not have the port. */
  | { parent: OutboundParent; undefinedPort: true }
  | { notFound: true };

const servicesByAddress = defineClusterIndex(
  'Service',
  services =>
    services.flatMap(service =>
      addressesOf(service).map((address): [string, Service] => [
        address,
        service,
      ]),
    ),
  parts => new Map(parts.flat()),
);

function addressesOf({ spec: { clusterIP, clusterIPs = [] } }: Service) {
  return [
    ...new Set([...(clusterIP ? [clusterIP] : []), ...clusterIPs]),
  ].filter(address => address !== 'None');
}

/** The Service that has an address. */
export function serviceOfAddress(
  snapshot: MeshSnapshot,
  address: string,
): Service | undefined {
  return servicesByAddress(snapshot).get(address);
}

/**
 * What a target belongs to. A name belongs to its Service, whether that exists and has the port or not, as long as the
 * controller knows something of its namespace. An address
 * belongs to the Service that has it as cluster IP, which must have the port; inside the cluster's networks to
 * nothing else; outside of them to an EgressNetwork, and where none has it, to a policy that lets everything out.
 *
 * Upstream: policy-controller/grpc/src/outbound.rs, `lookup`; k8s/index/src/outbound.rs, `lookup_ip`.
 */
export function resolveTarget(
  snapshot: MeshSnapshot,
  clientNamespace: string,
  target: OutboundTarget,
  port: number,
): ResolvedTarget {
  if ('kind' in target) {
    const { namespace, name } = target;
    const object = snapshot.get('Service', namespace, name);
    if (!object && !isKnown(snapshot, namespace)) {
      return { notFound: true };
    }
    return {
      parent: { kind: 'Service', namespace, name, ...(object && { object }) },
    };
  }
  const service = serviceOfAddress(snapshot, target.address);
  if (service) {
    const parent: OutboundParent = {
      kind: 'Service',
      namespace: namespaceOf(service),
      name: service.metadata.name,
      object: service,
    };
    return service.spec.ports.some(declared => declared.port === port)
      ? { parent }
      : { parent, undefinedPort: true };
  }
  if (isInClusterNetworks(snapshot, target.address)) {
    return { notFound: true };
  }
  const network = egressNetworkOf(snapshot, target.address, clientNamespace);
  return {
    parent: network
      ? {
          kind: 'EgressNetwork',
          namespace: namespaceOf(network),
          name: network.metadata.name,
          object: network,
        }
      : { kind: 'egress-fallback' },
  };
}

/** Whether the controller has seen something in a namespace that clients may send to. */
function isKnown(snapshot: MeshSnapshot, namespace: string): boolean {
  return (
    snapshot.bucket('Service', namespace).size > 0 ||
    snapshot.bucket('policy.linkerd.io/EgressNetwork', namespace).size > 0 ||
    hasRoutedParents(snapshot, namespace)
  );
}
