import { Service } from '../../kubernetes/core';
import { defineClusterIndex } from '../../snapshot/defineClusterIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';

/** The identity that clients from other clusters expect of the gateway. */
export const GATEWAY_IDENTITY = 'mirror.linkerd.io/gateway-identity';

/** The Services by which other clusters reach a cluster: those that the chart marks, and that links are made for. */
export const gatewayServices = defineClusterIndex(
  'Service',
  services =>
    services.filter(
      ({ metadata }) => metadata.annotations[GATEWAY_IDENTITY] !== undefined,
    ),
  (parts): readonly Service[] =>
    parts.flat().sort((a, b) => keyOf(a).localeCompare(keyOf(b))),
);

function keyOf({ metadata }: Service): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** Where it can be reached from outside of its cluster, as far as that is written. */
export function addressesOf({ status }: Service): string[] {
  return (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) =>
    [ip, hostname].filter(address => address !== undefined),
  );
}

/** The gateway of a cluster: where there are several, the one that has one of the addresses. */
export function gatewayOf(
  snapshot: MeshSnapshot,
  addresses: ReadonlySet<string>,
): Service | undefined {
  const all = gatewayServices(snapshot);
  const reached = all.filter(service =>
    addressesOf(service).some(address => addresses.has(address)),
  );
  return reached[0] ?? (all.length === 1 ? all[0] : undefined);
}
