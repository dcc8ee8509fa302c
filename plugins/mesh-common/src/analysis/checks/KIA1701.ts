import { namespaceOf } from '../../kubernetes/objects';
import { isAccount } from '../../mesh/accounts';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';

/** The workloads of a WorkloadGroup are to run under a service account that does not exist. */
export const accountOfGroupMissing = defineCheck({
  code: 'KIA1701',
  level: 'warning',
  title: 'Service account of a WorkloadGroup that does not exist',
  explanation:
    'Machines of a WorkloadGroup join the mesh with a token of the service account that its template names, of the same namespace. Without the account there is no token.',
  upstream: 'workloadgroups.ServiceAccountsChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/WorkloadGroup',
  needs: ['ServiceAccount', ...POD_KINDS],
  *run(group, snapshot) {
    const namespace = namespaceOf(group);
    const name = group.spec?.template?.serviceAccount;
    if (name && !isAccount(snapshot, { namespace, name })) {
      yield {
        message: `${refOf(
          group,
        )} is for machines of the ServiceAccount ${namespace}/${name}, which does not exist: create it, or correct the name`,
        field: 'spec.template.serviceAccount',
      };
    }
  },
});
