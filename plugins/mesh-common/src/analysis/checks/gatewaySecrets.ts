import { Gateway } from '../../istio/objects';
import { Secret } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsOfGateway } from './gatewayPods';

/** The Secret that a server of a Gateway takes its certificate from. */
export interface ServerSecret {
  name: string;
  /** Where the gateway's pods are, which is where it looks. */
  namespace: string;
  secret: Secret | undefined;
  field: string;
}

/** The Secrets of the servers of a Gateway; none where it has no pods, of which IST0101 speaks. */
export function secretsOfGateway(
  snapshot: MeshSnapshot,
  gateway: Gateway,
): ServerSecret[] {
  const [pod] = podsOfGateway(snapshot, gateway);
  if (!pod) {
    return [];
  }
  return (gateway.spec?.servers ?? []).flatMap(({ tls }, index) => {
    if (!tls?.credentialName) {
      return [];
    }
    const [first, second] = tls.credentialName.split('/');
    const namespace = second === undefined ? namespaceOf(pod) : first;
    const name = second ?? first;
    return [
      {
        name,
        namespace,
        secret: snapshot.get('Secret', namespace, name),
        field: `spec.servers[${index}].tls.credentialName`,
      },
    ];
  });
}
