import { Reason } from '../contract/common';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { ControlPlaneConfig } from './controlPlaneConfig';
import { serviceAccountIdentity } from './identity';
import { parseIdentityPattern } from './identityMatch';
import { MeshTlsAuthentication } from './objects';
import { isRefTo, TargetRef } from './targetRefs';

/** Identities that are let in: literally, or all that end with a suffix. */
export interface AllowedIdentities {
  identities: string[];
  /** `*`, or `*.` and labels. */
  suffixes: string[];
  /** Where each literal one is written. */
  literal: { identity: string; reason: Reason }[];
}

/** What the names of identities end with. */
export type IdentityDomain = Pick<
  ControlPlaneConfig,
  'namespace' | 'trustDomain'
>;

export function noIdentities(): AllowedIdentities {
  return { identities: [], suffixes: [], literal: [] };
}

/** Adds a pattern of identities, as policies write it. */
export function addPattern(
  allowed: AllowedIdentities,
  pattern: string,
  reason: (text: string) => Reason,
): void {
  const parsed = parseIdentityPattern(pattern);
  if (parsed.type === 'suffix') {
    allowed.suffixes.push(pattern);
  } else {
    addIdentity(allowed, parsed.identity, reason);
  }
}

/** Adds one identity. */
export function addIdentity(
  allowed: AllowedIdentities,
  identity: string,
  reason: (text: string) => Reason,
): void {
  allowed.identities.push(identity);
  allowed.literal.push({ identity, reason: reason(`Names ${identity}`) });
}

/**
 * Why the controller reads nothing of a MeshTLSAuthentication, so that for policies it does not exist: it must refer to
 * ServiceAccounts and Namespaces only, and have an identity.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/meshtls_authentication.rs, `try_from_resource`.
 */
export function unusableIdentities({
  spec: { identities = [], identityRefs = [] },
}: MeshTlsAuthentication): string | undefined {
  const other = identityRefs.find(ref => !isIdentityRef(ref));
  if (other) {
    return `it refers to a ${other.kind}, which has no identity`;
  }
  return identities.length + identityRefs.length === 0
    ? 'it has no identities'
    : undefined;
}

function isIdentityRef(ref: TargetRef): boolean {
  return isRefTo(ref, '', 'ServiceAccount') || isRefTo(ref, '', 'Namespace');
}

/**
 * The identities of a MeshTLSAuthentication: those that it writes, those of the ServiceAccounts that it
 * refers to (of its own namespace unless it says another), and those of all ServiceAccounts of a namespace.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/meshtls_authentication.rs.
 */
export function identitiesOf(
  snapshot: MeshSnapshot,
  authentication: MeshTlsAuthentication,
  domain: IdentityDomain,
): AllowedIdentities {
  const allowed = noIdentities();
  const reasonAt = (field: string) => (text: string) =>
    because('linkerd/mesh-tls-authentication', text, {
      snapshot,
      kind: 'policy.linkerd.io/MeshTLSAuthentication',
      object: authentication,
      field,
    });
  authentication.spec.identities?.forEach((pattern, index) =>
    addPattern(allowed, pattern, reasonAt(`spec.identities[${index}]`)),
  );
  authentication.spec.identityRefs?.forEach((ref, index) => {
    if (isRefTo(ref, '', 'ServiceAccount')) {
      const account = {
        name: ref.name,
        namespace: ref.namespace ?? namespaceOf(authentication),
      };
      addIdentity(
        allowed,
        serviceAccountIdentity(account, domain),
        reasonAt(`spec.identityRefs[${index}]`),
      );
    } else if (isRefTo(ref, '', 'Namespace')) {
      allowed.suffixes.push(
        `*.${ref.name}.serviceaccount.identity.${domain.namespace}.${domain.trustDomain}`,
      );
    }
  });
  return allowed;
}
