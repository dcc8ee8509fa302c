import { namespaceOf } from '../../kubernetes/objects';
import { resolveHost } from '../../istio/hosts';
import { clusterDomain } from '../../istio/injectorConfig';
import { defineCheck } from '../check';
import { hostIsKnown } from '../knownHosts';

/** A DestinationRule is for a host that the mesh does not know. */
export const destinationRuleHostUnknown = defineCheck({
  code: 'IST0174',
  aliases: ['KIA0202'],
  level: 'warning',
  title: 'DestinationRule for an unknown host',
  explanation:
    'Neither a Service that is exported to the rule’s namespace nor a ServiceEntry has the host of the rule, so that the rule applies to nothing. A host with a dot is taken as it is written: only a name without dots is completed to a Service of the rule’s namespace.',
  upstream:
    'destinationrule.SubsetSelectPodAnalyzer (istioctl); destinationrules.NoDestinationChecker, NoServiceChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['Service'],
  *run(rule, snapshot) {
    const { host = '' } = rule.spec ?? {};
    const own = namespaceOf(rule);
    const full = resolveHost(host, own, clusterDomain(snapshot));
    if (!hostIsKnown(snapshot, full, own)) {
      yield {
        message: `DestinationRule ${own}/${rule.metadata.name} applies to nothing: neither a Service that its namespace sees nor a ServiceEntry has the host ${full}`,
        field: 'spec.host',
      };
    }
  },
});
