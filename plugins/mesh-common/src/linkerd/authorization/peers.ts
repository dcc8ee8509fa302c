import { CallFacts, Peer } from '../../mesh/whoMayCall/facts';
import {
  allOf,
  depends,
  Match,
  matchValues,
  NO,
  YES,
} from '../../mesh/whoMayCall/match';
import { Authorization } from '../authorizations';
import { matchesIdentity } from '../identityMatch';
import { IdentityDomain } from '../meshTlsAuthentication';
import { contains, isEverywhere, Network } from '../networks';

/**
 * Whether an authorization lets in a client: by what its TLS tells, and by where it comes from.
 *
 * Upstream: linkerd2-proxy, linkerd/proxy/server-policy/src/authz.rs.
 */
export function matchesAuthorization(
  authorization: Authorization,
  facts: CallFacts,
  domain: IdentityDomain,
): Match {
  return allOf([
    matchesAuthentication(authorization, facts.peer, domain),
    matchesNetworks(authorization, facts),
  ]);
}

function matchesAuthentication(
  { authentication }: Authorization,
  peer: Peer,
  domain: IdentityDomain,
): Match {
  switch (authentication.type) {
    case 'unauthenticated':
      return YES;
    case 'tls-unauthenticated':
      return peer.type === 'none' ? NO : YES;
    default: {
      const { identities, suffixes } = authentication;
      const patterns = [...identities, ...suffixes];
      return patterns.length === 0
        ? NO
        : matchValues({ subject: 'identity' }, patterns, undefined, pattern =>
            hasIdentity(peer, pattern, domain),
          );
    }
  }
}

function hasIdentity(
  peer: Peer,
  pattern: string,
  domain: IdentityDomain,
): boolean | undefined {
  if (peer.type === 'none') {
    return false;
  }
  const isSuffix = pattern === '*' || pattern.startsWith('*.');
  if (peer.type === 'identity') {
    return matchesIdentity(peer.identity, {
      identities: isSuffix ? [] : [pattern],
      suffixes: isSuffix ? [pattern] : [],
    });
  }
  return isSuffix
    ? endsSo(peer, pattern, domain)
    : mayBe(peer, pattern, domain) && undefined;
}

type Somebody = Extract<Peer, { type: 'somebody' }>;

/** What the identities of all service accounts (of a namespace) end with. */
function ending(domain: IdentityDomain, namespace?: string): string {
  const place = namespace === undefined ? '' : `.${namespace}`;
  return `${place}.serviceaccount.identity.${domain.namespace}.${domain.trustDomain}`;
}

function endsSo(
  { namespace, notNamespace }: Somebody,
  pattern: string,
  domain: IdentityDomain,
): boolean | undefined {
  if (pattern === '*') {
    return true;
  }
  const suffix = pattern.slice(1);
  const known = ending(domain, namespace);
  if (known.endsWith(suffix)) {
    return true;
  }
  return suffix.endsWith(known) &&
    !(
      notNamespace !== undefined &&
      suffix.endsWith(ending(domain, notNamespace))
    )
    ? undefined
    : false;
}

function mayBe(
  { except, namespace, notNamespace }: Somebody,
  identity: string,
  domain: IdentityDomain,
): boolean {
  return (
    !except.has(identity) &&
    identity.endsWith(ending(domain, namespace)) &&
    !(
      notNamespace !== undefined &&
      identity.endsWith(ending(domain, notNamespace))
    )
  );
}

function matchesNetworks(
  { networks, source }: Authorization,
  { sourceIp, inCluster }: CallFacts,
): Match {
  if (networks.length === 0) {
    return NO;
  }
  if (sourceIp !== undefined) {
    return networks.some(
      ({ cidr, except = [] }) =>
        contains([cidr], sourceIp) && !contains(except, sourceIp),
    )
      ? YES
      : NO;
  }
  // The cluster networks are those of its pods.
  return isEverywhere(networks) ||
    (inCluster && source.name.startsWith('cluster-'))
    ? YES
    : depends({
        subject: 'source-ip',
        operator: 'in',
        values: networks.map(networkValue),
      });
}

function networkValue({ cidr, except }: Network): string {
  return except?.length ? `${cidr} (without ${except.join(', ')})` : cidr;
}
