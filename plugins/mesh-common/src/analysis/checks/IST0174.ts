import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { hostOfRule, namespacesOfRule } from '../destinationRuleHosts';
import { hostIsKnown } from '../knownHosts';

/** A DestinationRule is for a host that the mesh does not know. */
export const destinationRuleHostUnknown = defineCheck({
  code: 'IST0174',
  aliases: ['KIA0202'],
  level: 'warning',
  title: 'DestinationRule for an unknown host',
  explanation:
    'Neither a Service nor a ServiceEntry that is exported to the rule’s namespace has the host of the rule, so that the rule applies to nothing. A host with a dot is taken as it is written: only a name without dots is completed to a Service of the rule’s namespace.',
  upstream:
    'destinationrule.SubsetSelectPodAnalyzer (istioctl); destinationrules.NoDestinationChecker, NoServiceChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['Service'],
  *run(rule, snapshot) {
    const host = hostOfRule(snapshot, rule);
    if (!hostIsKnown(snapshot, host, namespacesOfRule(rule))) {
      yield {
        message: `DestinationRule ${namespaceOf(rule)}/${
          rule.metadata.name
        } applies to nothing: neither a Service nor a ServiceEntry that its namespace sees has the host ${host}`,
        field: 'spec.host',
      };
    }
  },
});
