import { parseIdentity } from '../../istio/identity';
import { meshConfig } from '../../istio/meshConfig';
import { AuthorizationPolicy } from '../../istio/objects';
import {
  domainsOf,
  principalPatterns,
  TrustSettings,
} from '../../istio/authorization/trustDomains';
import { namespaceOf } from '../../kubernetes/objects';
import { allAccounts, isAccount } from '../../mesh/accounts';
import { defineQuestion, sameItems } from '../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { Check, CheckDescription, defineCheck } from '../check';
import { settingsOfNamespace } from '../namespaceMesh';
import { refOf } from '../naming';
import { sourcesOf } from '../ruleParts';
import { POD_KINDS } from '../workloadPods';
import { meshPeers } from '../../istio/clustersOfMesh';

/** Whatever the domain of the mesh is called. */
const LOCAL_DOMAIN = 'cluster.local';

/** The other cluster of the mesh of which a workload is what a policy writes; undefined where none is. */
const clusterElsewhere = defineQuestion(
  (snapshot, written) =>
    meshPeers(snapshot).find(peer => {
      const mesh = meshConfig(peer);
      return mesh.state === 'read' && isSomebody(peer, written, mesh.config);
    })?.cluster,
  (a, b) => a === b,
);

/** The trust domains of the other clusters of the mesh. */
const domainsElsewhere = defineQuestion(
  snapshot =>
    meshPeers(snapshot).flatMap(peer => {
      const mesh = meshConfig(peer);
      return mesh.state === 'read' ? domainsOf(mesh.config) : [];
    }),
  sameItems,
);

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

/** The principals of a policy that no service account of the cluster is, and that no workload of it runs as. */
function* unknownPrincipals(
  snapshot: MeshSnapshot,
  policy: AuthorizationPolicy,
): IterableIterator<UnknownPrincipal> {
  const config = settingsOfNamespace(snapshot, namespaceOf(policy));
  if (!config) {
    return;
  }
  for (const { part, field } of sourcesOf(policy)) {
    for (const [index, written] of (part.principals ?? []).entries()) {
      if (!isSomebody(snapshot, written, config)) {
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
  config: TrustSettings,
): Pick<UnknownPrincipal, 'whose' | 'cluster'> {
  const cluster = clusterElsewhere(snapshot, written);
  if (cluster !== undefined) {
    return { whose: 'elsewhere', cluster };
  }
  const domain = domainOf(written);
  return {
    whose:
      domain === undefined ||
      domain === LOCAL_DOMAIN ||
      domainsOf(config).includes(domain) ||
      domainsElsewhere(snapshot, '').includes(domain)
        ? 'nobody'
        : 'foreign',
  };
}

/** The trust domain that a principal begins with, though the rest may be no identity; undefined of a pattern, and of a URI. */
function domainOf(principal: string): string | undefined {
  return /^([^*/]+)\/ns\/[^*]*$/.exec(principal)?.[1];
}

function isSomebody(
  snapshot: MeshSnapshot,
  written: string,
  trust: TrustSettings,
): boolean {
  if (written === '*') {
    return true;
  }
  const domains = domainsOf(trust);
  return principalPatterns(written, trust).some(pattern => {
    const identity = parseIdentity(pattern);
    return identity
      ? domains.includes(identity.trustDomain) &&
          isAccount(snapshot, {
            namespace: identity.namespace,
            name: identity.serviceAccount,
          })
      : allAccounts(snapshot).some(account =>
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

/** A check of the principals that nobody has here for one reason, with what it says of one. */
export function definePrincipalCheck(
  whose: UnknownPrincipal['whose'],
  description: Pick<
    CheckDescription,
    'code' | 'level' | 'title' | 'explanation'
  >,
  saying: (principal: UnknownPrincipal) => string,
): Check<'security.istio.io/AuthorizationPolicy'> {
  return defineCheck({
    ...description,
    upstream:
      'authorization.PrincipalsChecker, AuthorizationPolicyChecker (Kiali)',
    mesh: 'istio',
    subject: 'security.istio.io/AuthorizationPolicy',
    needs: ['ConfigMap', 'ServiceAccount', ...POD_KINDS],
    *run(policy, snapshot) {
      for (const principal of unknownPrincipals(snapshot, policy)) {
        if (principal.whose === whose) {
          yield {
            message: `${refOf(policy)} names the principal ${
              principal.written
            }${saying(principal)}`,
            field: principal.field,
          };
        }
      }
    },
  });
}
