import { resolveHost } from '../../istio/hosts';
import { clusterDomain } from '../../istio/injectorConfig';
import { MeshService, servicesOfHost } from '../../istio/meshServices';
import { DestinationRule } from '../../istio/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { hasLabels } from '../../kubernetes/selectors';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { labelsText, refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { somePodIsPlaced } from './subsetPods';

/** A subset of a DestinationRule has no pod. */
export const subsetWithoutPods = defineCheck({
  code: 'IST0173',
  aliases: ['KIA0203'],
  level: 'error',
  title: 'Subset without pods',
  explanation:
    'No pod has the labels of the subset. Requests that are routed to it are answered 503.',
  upstream:
    'destinationrule.SubsetSelectPodAnalyzer (istioctl, from 1.27); destinationrules.NoDestinationChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: [...POD_KINDS, 'Service'],
  *run(rule, snapshot) {
    const { host = '', subsets = [] } = rule.spec ?? {};
    const service = serviceOf(snapshot, rule);
    const selector = service && selectorOf(service);
    if (!selector) {
      return;
    }
    for (const [index, { name, labels = {} }] of subsets.entries()) {
      const wanted = { ...selector, ...labels };
      if (
        !somePodIsPlaced(snapshot, wanted, service.namespace) &&
        !hasWorkloadEntry(snapshot, service.namespace, wanted)
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
  const host = resolveHost(
    rule.spec?.host ?? '',
    namespaceOf(rule),
    clusterDomain(snapshot),
  );
  return servicesOfHost(snapshot, host)[0];
}

/**
 * Beside the labels of the subset, as istioctl has it: those of a ServiceEntry's workloadSelector. A ServiceEntry
 * without one lists its endpoints, which are no pods.
 */
function selectorOf({
  entry,
}: MeshService): Readonly<Record<string, string>> | undefined {
  return entry ? entry.spec?.workloadSelector?.labels : {};
}

function hasWorkloadEntry(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): boolean {
  return [
    ...snapshot.list('networking.istio.io/WorkloadEntry', namespace),
  ].some(({ spec, metadata }) =>
    hasLabels({ ...metadata.labels, ...spec?.labels }, labels),
  );
}
