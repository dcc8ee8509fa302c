import { namespacesWithWorkloads } from '../../../mesh/workloads';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { defineCheck } from '../../check';
import { refOf } from '../../naming';
import { REFERENCE_NOT_FOUND } from './reference';

/** A rule of an AuthorizationPolicy is about callers of a namespace that does not exist. */
export const sourceNamespaceMissing = defineCheck({
  ...REFERENCE_NOT_FOUND,
  aliases: ['KIA0101'],
  upstream:
    'auth.AuthorizationPoliciesAnalyzer (istioctl); authorization.NamespaceMethodChecker, AuthorizationPolicyChecker (Kiali)',
  subject: 'security.istio.io/AuthorizationPolicy',
  needs: ['Namespace'],
  *run(policy, snapshot) {
    for (const [index, { from = [] }] of (policy.spec?.rules ?? []).entries()) {
      for (const [at, { source = {} }] of from.entries()) {
        for (const list of ['namespaces', 'notNamespaces'] as const) {
          for (const [position, written] of (source[list] ?? []).entries()) {
            if (!exists(snapshot, written)) {
              yield {
                message: `${refOf(
                  policy,
                )} speaks of callers from the namespace ${written}, but there is none: correct the name, or remove it`,
                field: `spec.rules[${index}].from[${at}].source.${list}[${position}]`,
              };
            }
          }
        }
      }
    }
  },
});

/** A `*` in front or at the end stands for anything; over files a namespace is one that has workloads, too. */
function exists(snapshot: MeshSnapshot, written: string): boolean {
  const wanted = written.toLowerCase();
  const matches = (name: string) => {
    if (wanted.startsWith('*')) {
      return name.endsWith(wanted.slice(1));
    }
    return wanted.endsWith('*')
      ? name.startsWith(wanted.slice(0, -1))
      : name === wanted;
  };
  return (
    wanted === '*' ||
    [...snapshot.bucket('Namespace').keys()].some(matches) ||
    (snapshot.origin === 'files' &&
      [...namespacesWithWorkloads(snapshot)].some(matches))
  );
}
