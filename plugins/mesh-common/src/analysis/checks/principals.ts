import { formatIdentity, parseIdentity } from '../../istio/identity';
import { MeshConfig } from '../../istio/meshConfig';
import { AuthorizationPolicy } from '../../istio/objects';
import { runningAccounts } from '../../istio/runningAccounts';
import {
  domainsOf,
  principalPatterns,
} from '../../istio/authorization/trustDomains';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { settingsOfNamespace } from '../namespaceMesh';
import { sourcesOf } from '../ruleParts';

/** An identity that a policy names and that nobody has in this cluster. */
export interface UnknownPrincipal {
  written: string;
  field: string;
  /** nobody: the mesh's own, or no identity at all. foreign: of a trust domain that the mesh does not have. */
  whose: 'nobody' | 'foreign';
}

/** The principals of a policy that no workload of the cluster runs as. */
export function* unknownPrincipals(
  snapshot: MeshSnapshot,
  policy: AuthorizationPolicy,
): IterableIterator<UnknownPrincipal> {
  const config = settingsOfNamespace(snapshot, namespaceOf(policy));
  if (!config) {
    return;
  }
  for (const { part, field } of sourcesOf(policy)) {
    for (const [index, written] of (part.principals ?? []).entries()) {
      if (!somebodyIs(snapshot, written, config)) {
        yield {
          written,
          field: `${field}.principals[${index}]`,
          whose: isForeign(written, config) ? 'foreign' : 'nobody',
        };
      }
    }
  }
}

function somebodyIs(
  snapshot: MeshSnapshot,
  written: string,
  config: MeshConfig,
): boolean {
  if (written === '*') {
    return true;
  }
  const accounts = runningAccounts(snapshot);
  const known = new Set(accounts);
  const domains = domainsOf(config);
  return principalPatterns(written, config).some(pattern => {
    const identity = parseIdentity(pattern);
    return identity
      ? domains.includes(identity.trustDomain) &&
          known.has(accountOf(formatIdentity(identity)))
      : accounts.some(account =>
          domains.some(domain => covers(pattern, `${domain}/${account}`)),
        );
  });
}

/** `*` stands for anything, in front, at the end or at both: what it then means to the proxy is another question. */
function covers(pattern: string, identity: string): boolean {
  const start = pattern.startsWith('*');
  const end = pattern.endsWith('*');
  const text = pattern.slice(Number(start), end ? -1 : undefined);
  if (start && end) {
    return identity.includes(text);
  }
  if (start) {
    return identity.endsWith(text);
  }
  return end ? identity.startsWith(text) : identity === text;
}

/** `td/ns/NAMESPACE/sa/ACCOUNT` without the domain. */
function accountOf(identity: string): string {
  return identity.slice(identity.indexOf('/') + 1);
}

function isForeign(written: string, config: MeshConfig): boolean {
  const identity = parseIdentity(written);
  return (
    identity !== undefined &&
    identity.trustDomain !== 'cluster.local' &&
    !domainsOf(config).includes(identity.trustDomain)
  );
}
