import { BlockList, isIPv4 } from 'node:net';
import type { ObjectStore } from '../../store/types';
import {
  meshTlsAuthentications,
  networkAuthentications,
} from '../../world/linkerdKinds';
import { serviceAccountIdentity } from './proxy';

interface Reference {
  kind: string;
  name: string;
  namespace?: string;
}

/**
 * Whether a peer fulfils all references of an AuthorizationPolicy: identity and network are both needed, none means
 * everybody. A reference to what does not exist voids the policy.
 */
export function authenticates(
  store: ObjectStore,
  namespace: string,
  references: readonly Reference[],
  peer: { identity?: string; ip: string },
): boolean {
  return references.every(({ kind, name, namespace: where = namespace }) => {
    switch (kind) {
      case 'ServiceAccount':
        return peer.identity === serviceAccountIdentity(name, where);
      case 'MeshTLSAuthentication': {
        const authentication = meshTlsAuthentications.get(store, where, name);
        return (
          authentication !== undefined &&
          peer.identity !== undefined &&
          identitiesOf(authentication).some(pattern =>
            matchesIdentity(pattern, peer.identity ?? ''),
          )
        );
      }
      case 'NetworkAuthentication': {
        const authentication = networkAuthentications.get(store, where, name);
        return (
          authentication?.body.spec.networks.some(
            ({ cidr, except }) =>
              isIn(cidr, peer.ip) &&
              !except.some(excluded => isIn(excluded, peer.ip)),
          ) ?? false
        );
      }
      default:
        return false;
    }
  });
}

function identitiesOf({
  namespace,
  body,
}: NonNullable<ReturnType<typeof meshTlsAuthentications.get>>): string[] {
  return [
    ...body.spec.identities,
    ...body.spec.identityRefs.map(({ kind, name, namespace: where }) =>
      kind === 'Namespace'
        ? serviceAccountIdentity('*', name)
        : serviceAccountIdentity(name, where ?? namespace),
    ),
  ];
}

/** `*`, `*.suffix`, or the identity itself. */
function matchesIdentity(pattern: string, identity: string): boolean {
  if (pattern === '*') {
    return true;
  }
  return pattern.startsWith('*.')
    ? identity.endsWith(pattern.slice(1))
    : identity === pattern;
}

function isIn(cidr: string, ip: string): boolean {
  const [address, bits = '32'] = cidr.split('/');
  if (!isIPv4(address) || !isIPv4(ip)) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(address, Number(bits), 'ipv4');
  return list.check(ip);
}
