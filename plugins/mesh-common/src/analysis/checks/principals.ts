import { formatIdentity, parseIdentity } from '../../istio/identity';
import { MeshConfig } from '../../istio/meshConfig';
import { AuthorizationPolicy } from '../../istio/objects';
import {
  ClusterIdentities,
  hasAccount,
  identitiesElsewhere,
  runningAccounts,
} from '../../istio/runningAccounts';
import {
  domainsOf,
  principalPatterns,
} from '../../istio/authorization/trustDomains';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { settingsOfNamespace } from '../namespaceMesh';
import { sourcesOf } from '../ruleParts';

/** Whatever the domain of the mesh is called. */
const LOCAL_DOMAIN = 'cluster.local';

/** An identity that a policy names and that nobody has in this cluster. */
export interface UnknownPrincipal {
  written: string;
  field: string;
  /**
   * nobody: the mesh's own, or no identity at all. elsewhere: of a workload of another cluster of the mesh. foreign: of
   * a trust domain that neither the mesh nor another of its clusters has.
   */
  whose: 'nobody' | 'elsewhere' | 'foreign';
  /** The cluster that has it elsewhere. */
  cluster?: string;
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
      if (!isSomebody(written, identities(snapshot, config))) {
        yield {
          written,
          field: `${field}.principals[${index}]`,
          ...whoseIs(snapshot, written, config),
        };
      }
    }
  }
}

function whoseIs(
  snapshot: MeshSnapshot,
  written: string,
  config: MeshConfig,
): Pick<UnknownPrincipal, 'whose' | 'cluster'> {
  const others = identitiesElsewhere(snapshot);
  const other = others.find(candidate => isSomebody(written, candidate));
  if (other) {
    return { whose: 'elsewhere', cluster: other.cluster };
  }
  const known = [config, ...others].flatMap(domainsOf);
  const domain = parseIdentity(written)?.trustDomain;
  return {
    whose:
      domain === undefined || domain === LOCAL_DOMAIN || known.includes(domain)
        ? 'nobody'
        : 'foreign',
  };
}

function identities(
  snapshot: MeshSnapshot,
  { trustDomain, trustDomainAliases }: MeshConfig,
): ClusterIdentities {
  return {
    cluster: snapshot.cluster,
    trustDomain,
    trustDomainAliases,
    accounts: runningAccounts(snapshot),
  };
}

function isSomebody(written: string, there: ClusterIdentities): boolean {
  if (written === '*') {
    return true;
  }
  const domains = domainsOf(there);
  return principalPatterns(written, there).some(pattern => {
    const identity = parseIdentity(pattern);
    return identity
      ? domains.includes(identity.trustDomain) &&
          hasAccount(there.accounts, accountOf(formatIdentity(identity)))
      : there.accounts.some(account =>
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
