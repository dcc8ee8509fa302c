import { Answer, Reason } from '../contract/common';
import { namespaceOf } from '../kubernetes/objects';
import { because, unknown } from '../mesh/answers';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { compare } from './age';
import { Authentication, Authorization } from './authorizations';
import { serviceAccountIdentity } from './identity';
import {
  addIdentity,
  AllowedIdentities,
  identitiesOf,
  IdentityDomain,
  noIdentities,
  unusableIdentities,
} from './meshTlsAuthentication';
import {
  EVERYWHERE,
  isEverywhere,
  Network,
  networksOf,
  networkText,
} from './networks';
import { LinkerdAuthorizationPolicy } from './objects';
import { isRefTo, POLICY_GROUP, refKey, TargetRef } from './targetRefs';

const RULE = 'linkerd/authorization-policy';
const KIND = 'policy.linkerd.io/AuthorizationPolicy';
const REFS = 'spec.requiredAuthenticationRefs';

/** What a policy comes to: an authorization, or why it has no effect, or what of it could not be read. */
export type PolicyEffect =
  | { effect: 'authorizes'; authorization: Authorization }
  | { effect: 'ignored'; reason: Reason }
  | { effect: 'unknown'; answer: Answer<'unknown'> };

const policyIndex = defineIndex([KIND], ({ objects }) => {
  const byTarget = new Map<string, LinkerdAuthorizationPolicy[]>();
  for (const policy of objects(KIND)) {
    const key = targetKey(policy.spec.targetRef);
    const known = byTarget.get(key);
    if (known) {
      known.push(policy);
    } else {
      byTarget.set(key, [policy]);
    }
  }
  return byTarget;
});

/**
 * A key of what a policy targets in its namespace. Of a Namespace it is always its own, whatever name is written: only the
 * webhook looks at that. The names of routes are compared whatever their case, that of a Server is not.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/authorization_policy.rs, `target`; inbound/index.rs,
 * `route_client_authzs`.
 */
function targetKey(target: TargetRef): string {
  if (isRefTo(target, '', 'Namespace')) {
    return 'Namespace';
  }
  const key = refKey(target);
  return isRefTo(target, POLICY_GROUP, 'Server') ? key : key.toLowerCase();
}

/** The AuthorizationPolicies of a namespace that target something, by name. */
export function policiesTargeting(
  snapshot: MeshSnapshot,
  namespace: string,
  ...targets: readonly TargetRef[]
): LinkerdAuthorizationPolicy[] {
  const byTarget = policyIndex(snapshot, namespace);
  return targets
    .flatMap(target => byTarget.get(targetKey(target)) ?? [])
    .sort((a, b) => compare(a.metadata.name, b.metadata.name));
}

/**
 * Whom an AuthorizationPolicy lets in. Its references are ANDed: a client must have one of the identities of
 * the MeshTLSAuthentication or ServiceAccount, and come from one of the networks of the
 * NetworkAuthentication; what is not referred to is not asked for, and a policy without references lets
 * everybody in. A reference to what does not exist or cannot be used, to another kind, or to two of one sort voids the
 * policy.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/authorization_policy.rs and index.rs,
 * `AuthenticationNsIndex`.
 */
export function policyEffect(
  snapshot: MeshSnapshot,
  policy: LinkerdAuthorizationPolicy,
  domain: IdentityDomain,
): PolicyEffect {
  const refs = policy.spec.requiredAuthenticationRefs ?? [];
  const mtls = refs.filter(ref =>
    isRefTo(ref, POLICY_GROUP, 'MeshTLSAuthentication'),
  );
  const accounts = refs.filter(ref => isRefTo(ref, '', 'ServiceAccount'));
  const nets = refs.filter(ref =>
    isRefTo(ref, POLICY_GROUP, 'NetworkAuthentication'),
  );
  const because_ = (text: string, field = REFS) =>
    because(RULE, text, { snapshot, kind: KIND, object: policy, field });
  const ignored = (text: string, field?: string): PolicyEffect => ({
    effect: 'ignored',
    reason: because_(
      `AuthorizationPolicy ${policy.metadata.name} has no effect: ${text}`,
      field,
    ),
  });
  const known = [...mtls, ...accounts, ...nets];
  const other = refs.findIndex(ref => !known.includes(ref));
  if (other >= 0) {
    return ignored(
      `it refers to a ${refs[other].kind}, which is no authentication`,
      `${REFS}[${other}]`,
    );
  }
  if (mtls.length + accounts.length > 1) {
    return ignored(
      'it refers to more than one MeshTLSAuthentication or ServiceAccount',
    );
  }
  if (nets.length > 1) {
    return ignored('it refers to more than one NetworkAuthentication');
  }
  const identities = allowedBy(snapshot, policy, mtls[0], accounts[0], domain);
  const networks = networksBy(snapshot, policy, nets[0]);
  for (const part of [identities, networks]) {
    if ('missing' in part) {
      return ignored(part.missing, `${REFS}[${refs.indexOf(part.reference)}]`);
    }
    if ('unread' in part) {
      return { effect: 'unknown', answer: part.unread };
    }
  }
  const allowed = 'allowed' in identities ? identities.allowed : undefined;
  const from = 'networks' in networks ? networks.networks : EVERYWHERE;
  const authentication: Authentication = allowed
    ? {
        type: 'tls-authenticated',
        identities: allowed.identities,
        suffixes: allowed.suffixes,
      }
    : { type: 'unauthenticated' };
  return {
    effect: 'authorizes',
    authorization: {
      source: { kind: 'AuthorizationPolicy', name: policy.metadata.name },
      authentication,
      networks: from,
      reason: because_(policyText(policy, allowed, nets[0] && from)),
      applies: because_(
        `AuthorizationPolicy ${policy.metadata.name} is for ${policy.spec.targetRef.kind} ${policy.spec.targetRef.name}`,
        'spec.targetRef',
      ),
      literal: allowed?.literal ?? [],
    },
  };
}

type Part<T> =
  | T
  | { missing: string; reference: TargetRef }
  | { unread: Answer<'unknown'> };

function allowedBy(
  snapshot: MeshSnapshot,
  policy: LinkerdAuthorizationPolicy,
  mtls: TargetRef | undefined,
  account: TargetRef | undefined,
  domain: IdentityDomain,
): Part<{ allowed: AllowedIdentities | undefined }> {
  if (account) {
    const allowed = noIdentities();
    const named = {
      name: account.name,
      namespace: account.namespace ?? namespaceOf(policy),
    };
    const index = policy.spec.requiredAuthenticationRefs?.indexOf(account) ?? 0;
    addIdentity(allowed, serviceAccountIdentity(named, domain), text =>
      because(RULE, text, {
        snapshot,
        kind: KIND,
        object: policy,
        field: `${REFS}[${index}]`,
      }),
    );
    return { allowed };
  }
  if (!mtls) {
    return { allowed: undefined };
  }
  const namespace = mtls.namespace ?? namespaceOf(policy);
  const found = snapshot.get(
    'policy.linkerd.io/MeshTLSAuthentication',
    namespace,
    mtls.name,
  );
  if (!found) {
    return absent(snapshot, 'MeshTLSAuthentication', namespace, mtls);
  }
  const why = unusableIdentities(found);
  return why
    ? {
        missing: `MeshTLSAuthentication ${namespace}/${mtls.name} cannot be used: ${why}`,
        reference: mtls,
      }
    : { allowed: identitiesOf(snapshot, found, domain) };
}

function networksBy(
  snapshot: MeshSnapshot,
  policy: LinkerdAuthorizationPolicy,
  reference: TargetRef | undefined,
): Part<{ networks: readonly Network[] }> {
  if (!reference) {
    return { networks: EVERYWHERE };
  }
  const namespace = reference.namespace ?? namespaceOf(policy);
  const found = snapshot.get(
    'policy.linkerd.io/NetworkAuthentication',
    namespace,
    reference.name,
  );
  if (!found) {
    return absent(snapshot, 'NetworkAuthentication', namespace, reference);
  }
  const networks = networksOf(found.spec.networks ?? []);
  return networks.length > 0
    ? { networks }
    : {
        missing: `NetworkAuthentication ${namespace}/${reference.name} cannot be used: it has no networks`,
        reference,
      };
}

/** An authentication that is not there: it does not exist, or it could not be read. */
function absent(
  snapshot: MeshSnapshot,
  kind: 'MeshTLSAuthentication' | 'NetworkAuthentication',
  namespace: string,
  reference: TargetRef,
): { missing: string; reference: TargetRef } | { unread: Answer<'unknown'> } {
  const kindId = `policy.linkerd.io/${kind}` as const;
  const read = snapshot.read(kindId);
  if (read.state !== 'read' && read.state !== 'absent') {
    return { unread: unknown(read.state, RULE, read.message) };
  }
  const bad = snapshot
    .malformed(kindId, namespace)
    .find(({ name }) => name === reference.name);
  if (bad) {
    return {
      unread: unknown(
        'malformed',
        RULE,
        `${kind} ${namespace}/${reference.name} cannot be read: ${bad.field}: ${bad.message}`,
      ),
    };
  }
  return {
    missing: `${kind} ${namespace}/${reference.name} does not exist`,
    reference,
  };
}

function policyText(
  { metadata }: LinkerdAuthorizationPolicy,
  allowed: AllowedIdentities | undefined,
  networks: readonly Network[] | undefined,
): string {
  const from =
    networks && !isEverywhere(networks)
      ? ` from ${networkText(networks) || 'nowhere'}`
      : '';
  return allowed
    ? `AuthorizationPolicy ${metadata.name} lets in ${identitiesText(
        allowed,
      )}${from}`
    : `AuthorizationPolicy ${metadata.name} lets in clients without an identity too${from}`;
}

/** Allowed identities in words. */
export function identitiesText({
  identities,
  suffixes,
}: Pick<AllowedIdentities, 'identities' | 'suffixes'>): string {
  if (suffixes.includes('*')) {
    return 'every identity of the mesh';
  }
  const all = [...identities, ...suffixes];
  return all.length > 3
    ? `${all.slice(0, 2).join(', ')} and ${all.length - 2} more identities`
    : all.join(', ') || 'no identity';
}
