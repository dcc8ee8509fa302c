import { Reason } from '../contract/common';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { compare } from './age';
import { Authentication } from './authorizations';
import { identitiesText, PolicyEffect } from './authorizationPolicy';
import { serviceAccountIdentity } from './identity';
import {
  addIdentity,
  addPattern,
  AllowedIdentities,
  IdentityDomain,
  noIdentities,
} from './meshTlsAuthentication';
import { Network, networksOf, networkText } from './networks';
import { Server, ServerAuthorization } from './objects';
import { selects } from './selectors';

const RULE = 'linkerd/server-authorization';
const KIND = 'policy.linkerd.io/ServerAuthorization';

const authorizationIndex = defineIndex([KIND], ({ objects }) =>
  [...objects(KIND)].sort((a, b) => compare(a.metadata.name, b.metadata.name)),
);

/** The ServerAuthorizations of a Server: by its name, or by its labels. */
export function serverAuthorizationsOf(
  snapshot: MeshSnapshot,
  server: Server,
): ServerAuthorization[] {
  return authorizationIndex(snapshot, namespaceOf(server)).filter(({ spec }) =>
    spec.server.name !== undefined
      ? spec.server.name === server.metadata.name
      : selects(spec.server.selector, server.metadata.labels),
  );
}

/**
 * Whom a ServerAuthorization lets in: clients of its networks (without any: of the cluster's networks) that
 * are unauthenticated, speak TLS, or have one of its identities. One that says none of these has no effect.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/server_authorization.rs.
 */
export function serverAuthorizationEffect(
  snapshot: MeshSnapshot,
  authorization: ServerAuthorization,
  domain: IdentityDomain,
  clusterNetworks: readonly string[],
): PolicyEffect {
  const { client } = authorization.spec;
  const { name } = authorization.metadata;
  const reason = (text: string, field = 'spec.client'): Reason =>
    because(RULE, text, {
      snapshot,
      kind: KIND,
      object: authorization,
      field,
    });
  const networks: readonly Network[] = client?.networks?.length
    ? networksOf(client.networks)
    : clusterNetworks.map(cidr => ({ cidr }));
  const allowed = allowedOf(authorization, domain, reason);
  const authentication = authenticationOf(authorization, allowed);
  if (!authentication) {
    return {
      effect: 'ignored',
      reason: reason(
        `ServerAuthorization ${name} has no effect: its client is neither unauthenticated nor has it identities`,
      ),
    };
  }
  const from = ` from ${networkText(networks)}`;
  const texts: Record<Authentication['type'], string> = {
    unauthenticated: `lets in clients without an identity too${from}`,
    'tls-unauthenticated': `lets in clients that speak TLS, with or without an identity,${from}`,
    'tls-authenticated': `lets in ${identitiesText(allowed)}${from}`,
  };
  return {
    effect: 'authorizes',
    authorization: {
      source: { kind: 'ServerAuthorization', name },
      authentication,
      networks,
      reason: reason(
        `ServerAuthorization ${name} ${texts[authentication.type]}`,
      ),
      applies: reason(
        `ServerAuthorization ${name} is for ${serversText(authorization)}`,
        'spec.server',
      ),
      literal:
        authentication.type === 'tls-authenticated' ? allowed.literal : [],
    },
  };
}

function serversText({ spec }: ServerAuthorization): string {
  return spec.server.name === undefined
    ? 'the Servers with its labels'
    : `Server ${spec.server.name}`;
}

function authenticationOf(
  { spec }: ServerAuthorization,
  allowed: AllowedIdentities,
): Authentication | undefined {
  if (spec.client?.unauthenticated) {
    return { type: 'unauthenticated' };
  }
  if (spec.client?.meshTLS?.unauthenticatedTLS) {
    return { type: 'tls-unauthenticated' };
  }
  return allowed.identities.length + allowed.suffixes.length > 0
    ? {
        type: 'tls-authenticated',
        identities: allowed.identities,
        suffixes: allowed.suffixes,
      }
    : undefined;
}

function allowedOf(
  authorization: ServerAuthorization,
  domain: IdentityDomain,
  reason: (text: string, field?: string) => Reason,
): AllowedIdentities {
  const allowed = noIdentities();
  const meshTLS = authorization.spec.client?.meshTLS;
  const at = (field: string) => (text: string) =>
    reason(text, `spec.client.meshTLS.${field}`);
  meshTLS?.identities?.forEach((pattern, index) =>
    addPattern(allowed, pattern, at(`identities[${index}]`)),
  );
  meshTLS?.serviceAccounts?.forEach((account, index) =>
    addIdentity(
      allowed,
      serviceAccountIdentity(
        {
          name: account.name,
          namespace: account.namespace ?? namespaceOf(authorization),
        },
        domain,
      ),
      at(`serviceAccounts[${index}]`),
    ),
  );
  return allowed;
}
