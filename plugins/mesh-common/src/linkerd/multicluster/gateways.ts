import { Service } from '../../kubernetes/core';
import { defineClusterIndex } from '../../snapshot/defineClusterIndex';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';

/** The identity that clients from other clusters expect of the gateway. */
export const GATEWAY_IDENTITY = 'mirror.linkerd.io/gateway-identity';

const MARKS = [GATEWAY_IDENTITY, 'mirror.linkerd.io/multicluster-gateway'];

/** The Services that the chart marks as those of a gateway. */
const markedServices = defineClusterIndex(
  'Service',
  services =>
    services.filter(({ metadata }) =>
      MARKS.some(mark => metadata.annotations[mark] !== undefined),
    ),
  (parts): readonly Service[] => parts.flat(),
);

const servicesByOutsideAddress = defineClusterIndex(
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

/** Where it can be reached from outside of its cluster, as far as that is written. */
function addressesOf({ status }: Service): string[] {
  return (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) =>
    [ip, hostname].filter(address => address !== undefined),
  );
}

/** The Service that has one of these addresses outside of its cluster. */
export function serviceReachedAt(
  snapshot: MeshSnapshot,
  addresses: Iterable<string>,
): Service | undefined {
  const byAddress = servicesByOutsideAddress(snapshot);
  for (const address of addresses) {
    const service = byAddress.get(address);
    if (service) {
      return service;
    }
  }
  return undefined;
}

const gatewayQuestion = defineQuestion<Service | undefined>((snapshot, key) => {
  const addresses: string[] = JSON.parse(key);
  const marked = markedServices(snapshot);
  return (
    serviceReachedAt(snapshot, addresses) ??
    (marked.length === 1 ? marked[0] : undefined)
  );
}, Object.is);

/** The gateway of a cluster: the Service that has one of the addresses of Links to it, else the one that is marked as such. */
export function gatewayOf(
  snapshot: MeshSnapshot,
  addresses: ReadonlySet<string>,
): Service | undefined {
  return gatewayQuestion(snapshot, JSON.stringify([...addresses]));
}
