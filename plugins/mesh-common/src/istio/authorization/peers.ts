import { Peer } from '../../mesh/whoMayCall/facts';
import { MeshConfig } from '../meshConfig';
import { matchesText } from './text';

export type TrustSettings = Pick<
  MeshConfig,
  'trustDomain' | 'trustDomainAliases'
>;

interface IdentityParts {
  trustDomain: string;
  namespace: string;
  serviceAccount: string;
}

function partsOf(identity: string): IdentityParts | undefined {
  const [, trustDomain, namespace, serviceAccount] =
    /^([^/]+)\/ns\/([^/]+)\/sa\/(.+)$/.exec(identity) ?? [];
  return trustDomain ? { trustDomain, namespace, serviceAccount } : undefined;
}

/**
 * Whether the peer's identity matches a value of `principals`; undefined where that is not known. The mesh's
 * trust domain, its aliases and `cluster.local` stand for each other. A peer without identity matches nothing.
 *
 * Upstream: pilot/pkg/security/trustdomain/bundle.go, `ReplaceTrustDomainAliases`.
 */
export function matchesPrincipal(
  peer: Peer,
  pattern: string,
  trust: TrustSettings,
): boolean | undefined {
  switch (peer.type) {
    case 'none':
      return false;
    case 'identity':
      return namesOf(peer.identity, trust).some(name =>
        matchesText(pattern, name),
      );
    default:
      return someIdentity(peer, pattern, trust);
  }
}

/** An identity in each of the trust domains that policies may write for it. */
function namesOf(
  identity: string,
  { trustDomain, trustDomainAliases }: TrustSettings,
): string[] {
  const slash = identity.indexOf('/');
  const own = [trustDomain, ...trustDomainAliases];
  return own.includes(identity.slice(0, slash))
    ? [...new Set([...own, 'cluster.local'])].map(
        domain => `${domain}${identity.slice(slash)}`,
      )
    : [identity];
}

type Somebody = Extract<Peer, { type: 'somebody' }>;

function someIdentity(
  peer: Somebody,
  pattern: string,
  trust: TrustSettings,
): boolean | undefined {
  if (pattern === '*') {
    return true;
  }
  if (pattern.startsWith('*')) {
    return undefined;
  }
  const prefix = pattern.endsWith('*') ? pattern.slice(0, -1) : pattern;
  const answers = namesOf(knownPrefix(peer, trust), trust).map(known => {
    if (pattern.endsWith('*') && known.startsWith(prefix)) {
      return true;
    }
    return prefix.startsWith(known) && mayBe(peer, pattern, trust)
      ? undefined
      : false;
  });
  if (answers.includes(true)) {
    return true;
  }
  return answers.includes(undefined) ? undefined : false;
}

function knownPrefix(
  { namespace }: Somebody,
  { trustDomain }: TrustSettings,
): string {
  return namespace
    ? `${trustDomain}/ns/${namespace}/sa/`
    : `${trustDomain}/ns/`;
}

/** Whether somebody may have this identity: not one who is a known client, nor of the other namespace. */
function mayBe(
  { except, notNamespace }: Somebody,
  identity: string,
  trust: TrustSettings,
): boolean {
  return (
    !namesOf(identity, { ...trust, ...ownDomain(identity, trust) }).some(name =>
      except.has(name),
    ) &&
    (notNamespace === undefined ||
      partsOf(identity)?.namespace !== notNamespace)
  );
}

/** `cluster.local` counts as the mesh's own domain in policies, whatever that is called. */
function ownDomain(
  identity: string,
  { trustDomainAliases }: TrustSettings,
): Pick<TrustSettings, 'trustDomainAliases'> {
  return {
    trustDomainAliases: identity.startsWith('cluster.local/')
      ? [...trustDomainAliases, 'cluster.local']
      : trustDomainAliases,
  };
}

/** Whether the peer is in a namespace; undefined where that is not known. */
export function matchesNamespace(
  peer: Peer,
  pattern: string,
): boolean | undefined {
  switch (peer.type) {
    case 'none':
      return false;
    case 'identity': {
      const parts = partsOf(peer.identity);
      return parts !== undefined && matchesText(pattern, parts.namespace);
    }
    default:
      if (pattern === '*') {
        return true;
      }
      if (peer.namespace !== undefined) {
        return matchesText(pattern, peer.namespace);
      }
      return pattern === peer.notNamespace ? false : undefined;
  }
}

/**
 * Whether the peer runs under a service account, written as `namespace/account`, or as `account` in the
 * namespace of the policy.
 */
export function matchesServiceAccount(
  peer: Peer,
  account: string,
  policyNamespace: string,
  trust: TrustSettings,
): boolean | undefined {
  const [namespace, name] = account.includes('/')
    ? account.split('/', 2)
    : [policyNamespace, account];
  if (peer.type === 'identity') {
    const parts = partsOf(peer.identity);
    return parts?.namespace === namespace && parts.serviceAccount === name;
  }
  return matchesPrincipal(
    peer,
    `${trust.trustDomain}/ns/${namespace}/sa/${name}`,
    trust,
  );
}

/**
 * Whether the peer is of a trust domain; somebody of the mesh may be of an alias of its own. Here `cluster.local`
 * means itself alone.
 */
export function matchesTrustDomain(
  peer: Peer,
  pattern: string,
  { trustDomain, trustDomainAliases }: TrustSettings,
): boolean | undefined {
  switch (peer.type) {
    case 'none':
      return false;
    case 'identity':
      return matchesText(pattern, peer.identity.split('/')[0]);
    default: {
      const answers = [trustDomain, ...trustDomainAliases].map(domain =>
        matchesText(pattern, domain),
      );
      return answers.every(answer => answer === answers[0])
        ? answers[0]
        : undefined;
    }
  }
}
