import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { peerAuthenticationsOf } from '../policySelectors';
import { namesOf } from './selectorConflicts';

/** A namespace has several PeerAuthentications for all of its workloads, of which one counts. */
export const severalDefaultPolicies = defineCheck({
  code: 'KIA0002',
  level: 'error',
  title: 'Several PeerAuthentications for all workloads of a namespace',
  explanation:
    'Of the PeerAuthentications of a namespace without selector the oldest counts, and the others have no effect. Keep one.',
  upstream:
    'common.PeerAuthenticationMultiMatchChecker, PeerAuthenticationChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/PeerAuthentication',
  needs: [],
  *run(policy, snapshot) {
    const all = peerAuthenticationsOf(snapshot, namespaceOf(policy));
    const isDefault = (labels: unknown) => labels === undefined;
    const others = all
      .filter(({ object, labels }) => isDefault(labels) && object !== policy)
      .map(({ object }) => object);
    const own = all.find(({ object }) => object === policy);
    if (own && isDefault(own.labels) && others.length > 0) {
      yield {
        message: `${refOf(
          policy,
        )} is for all workloads of its namespace, as ${namesOf(
          others,
        )} is: the oldest counts; keep one`,
        field: 'spec.selector',
      };
    }
  },
});
