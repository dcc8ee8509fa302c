import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { httpFieldOfRule } from '../layer7';
import { refOf } from '../naming';
import { ambientService, usesWaypoint } from '../waypointUse';
import { isAmbientNamespace } from './sidecars';

/** A DestinationRule about HTTP is for no Service in particular, in a namespace that uses no waypoint in ambient mode. */
export const httpRuleWithoutWaypoint = defineCheck({
  code: 'KIA0210',
  level: 'warning',
  title: 'DestinationRule about HTTP without a waypoint',
  explanation:
    'In ambient mode only a waypoint balances, counts and cuts off HTTP. Without one these settings do nothing. Label the namespace or the Service with istio.io/use-waypoint.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['Namespace', 'Service'],
  *run(rule, snapshot) {
    const field = httpFieldOfRule(rule);
    const namespace = namespaceOf(rule);
    if (
      field &&
      isAmbientNamespace(snapshot, namespace) &&
      !usesWaypoint(snapshot, namespace) &&
      !ambientService(snapshot, rule.spec?.host ?? '', namespace)
    ) {
      yield {
        message: `${refOf(
          rule,
        )} has settings for HTTP, but its namespace uses no waypoint: label it with istio.io/use-waypoint`,
        field,
      };
    }
  },
});
