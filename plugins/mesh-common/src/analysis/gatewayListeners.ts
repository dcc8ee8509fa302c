import { GatewayApiGateway } from '../gateway-api/objects';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

const GATEWAY = 'gateway.networking.k8s.io/Gateway';

const byKey = defineIndex([GATEWAY], ({ objects }) => {
  const found = new Map<string, Set<GatewayApiGateway>>();
  for (const gateway of objects(GATEWAY)) {
    for (const { key } of [...listenersOf(gateway), ...addressesOf(gateway)]) {
      found.set(key, (found.get(key) ?? new Set()).add(gateway));
    }
  }
  return found;
});

/** A listener or an address of a Gateway, and what it has in common with equal ones. */
export interface GatewayPart {
  key: string;
  text: string;
  hostname?: string;
}

/** The listeners of a Gateway. */
export function listenersOf({ spec }: GatewayApiGateway): GatewayPart[] {
  return (spec?.listeners ?? []).map(({ port, protocol, hostname }) => ({
    key: JSON.stringify(['listener', port, protocol, hostname ?? '']),
    text: `${protocol} port ${port}${hostname ? ` for ${hostname}` : ''}`,
    ...(hostname && { hostname }),
  }));
}

/** The addresses that a Gateway asks for. */
export function addressesOf({ spec }: GatewayApiGateway): GatewayPart[] {
  return (spec?.addresses ?? []).flatMap(({ type = 'IPAddress', value }) =>
    value
      ? [{ key: JSON.stringify(['address', type, value]), text: value }]
      : [],
  );
}

/** The other Gateways, of all namespaces, that have a part. */
export function othersWith(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
  key: string,
): GatewayApiGateway[] {
  return snapshot
    .namespacesOf(GATEWAY)
    .flatMap(namespace => [...(byKey(snapshot, namespace).get(key) ?? [])])
    .filter(other => other !== gateway);
}
