import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { peerAuthenticationsOf } from '../policySelectors';
import { POD_KINDS } from '../workloadPods';
import { namesOf, rivalsOf } from './selectorConflicts';

/** Two PeerAuthentications select one workload, of which one counts. */
export const conflictingPolicies = defineCheck({
  code: 'KIA0003',
  level: 'error',
  title: 'Several PeerAuthentications for one workload',
  explanation:
    'Of the PeerAuthentications that select a workload the oldest counts, and the others have no effect on it, not even for ports that it does not name. Make the selectors exclude each other, or merge the policies.',
  upstream:
    'common.PeerAuthenticationMultiMatchChecker, PeerAuthenticationChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/PeerAuthentication',
  needs: POD_KINDS,
  *run(policy, snapshot) {
    const all = peerAuthenticationsOf(snapshot, namespaceOf(policy));
    const labels = all.find(({ object }) => object === policy)?.labels;
    if (!labels) {
      return;
    }
    const { rivals, pod } = rivalsOf(snapshot, { object: policy, labels }, all);
    if (rivals.length > 0) {
      yield {
        message: `${refOf(policy)} selects Pod ${pod}, as ${namesOf(
          rivals,
        )} of the same namespace does: the oldest counts`,
        field: 'spec.selector',
      };
    }
  },
});
