import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { labelsText, refOf } from '../naming';
import { selectedLabels } from '../policySelectors';
import { POD_KINDS, podsIn } from '../workloadPods';

const COMMON = {
  code: 'KIA0004',
  level: 'warning',
  title: 'Policy for no workload',
  explanation:
    'No workload of the namespace has the labels that the selector asks for, so that the policy does nothing. Either the selector or the namespace is wrong.',
  upstream:
    'common.WorkloadSelectorNoWorkloadFoundChecker, common.SelectorNoWorkloadFoundChecker (Kiali)',
  mesh: 'istio',
  needs: [...POD_KINDS, 'networking.istio.io/WorkloadEntry'],
} as const;

interface Policy extends KubernetesObject {
  spec?: { selector?: { matchLabels?: Record<string, string> } };
}

/** A policy selects no workload of its namespace. */
function* withoutWorkload(
  policy: Policy,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  const labels = selectedLabels(policy);
  if (labels && !someWorkload(snapshot, namespaceOf(policy), labels)) {
    yield {
      message: `${refOf(
        policy,
      )} selects no workload of its namespace: none has the labels ${labelsText(
        labels,
      )}; correct the selector, or remove the policy`,
      field: 'spec.selector',
    };
  }
}

function someWorkload(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): boolean {
  const [pod] = podsIn(snapshot, namespace, labels);
  return (
    pod !== undefined ||
    [...snapshot.list('networking.istio.io/WorkloadEntry', namespace)].some(
      ({ metadata, spec }) => {
        const own = { ...metadata.labels, ...spec?.labels };
        return Object.entries(labels).every(
          ([key, value]) => own[key] === value,
        );
      },
    )
  );
}

/** AuthorizationPolicies are IST0127, Sidecars IST0101. */
export const selectorOfNobody: readonly AnyCheck[] = [
  defineCheck({
    ...COMMON,
    upstream: `${COMMON.upstream}; PeerAuthenticationChecker (Kiali)`,
    subject: 'security.istio.io/PeerAuthentication',
    run: withoutWorkload,
  }),
  defineCheck({
    ...COMMON,
    subject: 'security.istio.io/RequestAuthentication',
    run: withoutWorkload,
  }),
];
