import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { httpFieldOfRule } from '../layer7';
import { refOf } from '../naming';
import { ambientService } from '../waypointUse';

/** A DestinationRule about HTTP is in another namespace than its Service, which is in ambient mode. */
export const httpRuleElsewhere = defineCheck({
  code: 'KIA0212',
  level: 'warning',
  title: 'DestinationRule in another namespace than its Service',
  explanation:
    'In ambient mode the waypoint of the Service applies the rules of its own namespace, whoever calls. A rule in the namespace of the caller does nothing.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['Namespace', 'Service'],
  *run(rule, snapshot) {
    const own = namespaceOf(rule);
    const service =
      httpFieldOfRule(rule) &&
      ambientService(snapshot, rule.spec?.host ?? '', own);
    if (service && namespaceOf(service) !== own) {
      yield {
        message: `${refOf(rule)} has settings for HTTP of ${refOf(
          service,
        )}, whose waypoint takes rules of its own namespace alone: move the rule there`,
        field: 'spec.host',
      };
    }
  },
});
