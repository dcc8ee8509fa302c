import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { httpFieldOfRule } from '../layer7';
import { refOf } from '../naming';
import { ambientService, isCaptured } from '../waypointUse';

/** A DestinationRule about HTTP is for a Service in ambient mode that uses no waypoint. */
export const httpRuleOfUncapturedService = defineCheck({
  code: 'KIA0211',
  level: 'warning',
  title: 'DestinationRule about HTTP for a Service without a waypoint',
  explanation:
    'In ambient mode only a waypoint balances, counts and cuts off HTTP. Requests to a Service that uses none are not touched by these settings. Label the Service with istio.io/use-waypoint.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['Namespace', 'Service'],
  *run(rule, snapshot) {
    const field = httpFieldOfRule(rule);
    const service =
      field &&
      ambientService(snapshot, rule.spec?.host ?? '', namespaceOf(rule));
    if (service && !isCaptured(snapshot, service)) {
      yield {
        message: `${refOf(rule)} has settings for HTTP, but ${refOf(
          service,
        )} uses no waypoint: label it with istio.io/use-waypoint`,
        field,
      };
    }
  },
});
