import { MeshService } from '../../istio/meshServices';
import { DestinationRule } from '../../istio/objects';
import { hasLabels } from '../../kubernetes/selectors';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { hostOfRule, namespacesOfRule } from '../destinationRuleHosts';
import { servicesSeen } from '../knownHosts';
import { labelsText, refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { somePodIsPlaced } from './subsetPods';

type Labels = Readonly<Record<string, string>>;

/**
 * A subset of a DestinationRule has no pod. Pods are those of the Service (in its namespace, with the labels of its
 * selector): istioctl is content with any pod that has the labels of the subset, which gets no request of the subset.
 */
export const subsetWithoutPods = defineCheck({
  code: 'IST0173',
  aliases: ['KIA0203'],
  level: 'error',
  title: 'Subset without pods',
  explanation:
    'No pod has the labels of the subset. Requests that are routed to it are answered 503.',
  upstream:
    'destinationrule.SubsetSelectPodAnalyzer (istioctl, from 1.27); destinationrules.NoDestinationChecker, NoServiceChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: [...POD_KINDS, 'Service'],
  *run(rule, snapshot) {
    const { host = '', subsets = [] } = rule.spec ?? {};
    const service = serviceOf(snapshot, rule);
    if (!service) {
      return;
    }
    for (const [index, { name, labels = {} }] of subsets.entries()) {
      // One without labels is all of the host, which KIA0209 says.
      if (
        Object.keys(labels).length > 0 &&
        !hasEndpoint(snapshot, service, labels)
      ) {
        yield {
          message: `${refOf(
            rule,
          )}: no pod is in the subset ${name} of ${host} (labels ${labelsText(
            labels,
          )}): correct its labels, or remove it`,
          field: `spec.subsets[${index}].labels`,
        };
      }
    }
  },
});

function serviceOf(
  snapshot: MeshSnapshot,
  rule: DestinationRule,
): MeshService | undefined {
  const host = hostOfRule(snapshot, rule);
  return servicesSeen(snapshot, host, namespacesOfRule(rule))[0];
}

/**
 * Of an entry without workloadSelector only the endpoints that it lists are known. Where it lists none, resolution NONE
 * leaves it to the client where requests go; else they go to the host itself, which has no labels, or nowhere.
 */
function hasEndpoint(
  snapshot: MeshSnapshot,
  service: MeshService,
  labels: Labels,
): boolean {
  const { namespace, entry } = service;
  // Who the endpoints of a Service without selector are is not known.
  if (service.service && !service.service.spec.selector) {
    return true;
  }
  const listed = entry?.spec?.endpoints ?? [];
  if (entry && !entry.spec?.workloadSelector) {
    return (
      (listed.length === 0 && (entry.spec?.resolution ?? 'NONE') === 'NONE') ||
      listed.some(endpoint => hasLabels(endpoint.labels ?? {}, labels))
    );
  }
  const wanted = { ...selectorOf(service), ...labels };
  return (
    somePodIsPlaced(snapshot, wanted, namespace) ||
    hasWorkloadEntry(snapshot, namespace, wanted)
  );
}

/** What pods of the service have, beside the labels of a subset. */
function selectorOf({ entry, service }: MeshService): Labels {
  return entry?.spec?.workloadSelector?.labels ?? service?.spec.selector ?? {};
}

function hasWorkloadEntry(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Labels,
): boolean {
  return [
    ...snapshot.list('networking.istio.io/WorkloadEntry', namespace),
  ].some(({ spec, metadata }) =>
    hasLabels({ ...metadata.labels, ...spec?.labels }, labels),
  );
}
