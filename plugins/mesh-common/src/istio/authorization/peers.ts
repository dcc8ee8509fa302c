import { Peer } from '../../mesh/whoMayCall/facts';
import { escapeRegex } from '../../mesh/escapeRegex';
import { Layer } from './layers';
import { matchesText } from './text';
import {
  domainsOf,
  principalPatterns,
  trustDomainPatterns,
  TrustSettings,
} from './trustDomains';

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
 * Whether the peer's identity matches a value of `principals`; undefined where that is not known. A peer
 * without identity matches nothing. A ztunnel is told the value as it is written, without aliases of the trust domain.
 */
export function matchesPrincipal(
  peer: Peer,
  pattern: string,
  trust: TrustSettings,
  layer: Layer,
): boolean | undefined {
  if (peer.type === 'none') {
    return false;
  }
  const patterns =
    layer === 'ztunnel' ? [pattern] : principalPatterns(pattern, trust);
  const answers = patterns.map(each =>
    peer.type === 'identity'
      ? matchesText(each, peer.identity)
      : someIdentity(peer, each, trust),
  );
  if (answers.includes(true)) {
    return true;
  }
  return answers.includes(undefined) ? undefined : false;
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
  const known = knownPrefix(peer, trust);
  const prefix = pattern.endsWith('*') ? pattern.slice(0, -1) : pattern;
  if (pattern.endsWith('*') && known.startsWith(prefix)) {
    return true;
  }
  return prefix.startsWith(known) && mayBe(peer, pattern) ? undefined : false;
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
function mayBe({ except, notNamespace }: Somebody, identity: string): boolean {
  return (
    !except.has(identity) &&
    (notNamespace === undefined ||
      partsOf(identity)?.namespace !== notNamespace)
  );
}

/**
 * Whether the peer is in a namespace; undefined where that is not known. To a sidecar or a waypoint a `*` is any text
 * wherever it stands, and the whole an expression for identities; a ztunnel knows it at either end.
 *
 * Upstream: pilot/pkg/security/authz/model/generator.go, `srcNamespaceGenerator`;
 * pilot/pkg/serviceregistry/ambient/authorization.go, `stringToMatch`.
 */
export function matchesNamespace(
  peer: Peer,
  pattern: string,
  layer: Layer,
): boolean | undefined {
  switch (peer.type) {
    case 'none':
      return false;
    case 'identity':
      return isOfNamespace(peer.identity, pattern, layer);
    default:
      if (pattern === '*') {
        return true;
      }
      if (peer.namespace !== undefined) {
        // Whatever its other parts are, a value of the policy does not reach into them.
        return isOfNamespace(`any/ns/${peer.namespace}/sa/any`, pattern, layer);
      }
      return pattern === peer.notNamespace ? false : undefined;
  }
}

function isOfNamespace(
  identity: string,
  pattern: string,
  layer: Layer,
): boolean {
  if (layer === 'ztunnel') {
    const parts = partsOf(identity);
    return parts !== undefined && matchesText(pattern, parts.namespace);
  }
  const written = pattern.split('*').map(escapeRegex).join('.*');
  return new RegExp(`/ns/${written}/`, 's').test(identity);
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
  layer: Layer,
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
    layer,
  );
}

/** Whether the peer is of a trust domain; somebody of the mesh may be of an alias of its own. */
export function matchesTrustDomain(
  peer: Peer,
  pattern: string,
  trust: TrustSettings,
): boolean | undefined {
  if (peer.type === 'none') {
    return false;
  }
  const patterns = trustDomainPatterns(pattern, trust);
  const isOf = (domain: string) =>
    patterns.some(each => matchesText(each, domain));
  if (peer.type === 'identity') {
    return isOf(peer.identity.split('/')[0]);
  }
  const answers = domainsOf(trust).map(isOf);
  return answers.every(answer => answer === answers[0])
    ? answers[0]
    : undefined;
}
