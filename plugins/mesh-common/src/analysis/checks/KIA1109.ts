import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { routesHttpInMesh } from '../layer7';
import { refOf } from '../naming';
import { ambientService, usesWaypoint } from '../waypointUse';
import { isAmbientNamespace } from './sidecars';

/** A VirtualService is for no Service in particular, in a namespace that uses no waypoint in ambient mode. */
export const routesWithoutWaypoint = defineCheck({
  code: 'KIA1109',
  level: 'warning',
  title: 'VirtualService without a waypoint',
  explanation:
    'In ambient mode only a waypoint routes requests. Without one these routes do nothing. Label the namespace or the Service with istio.io/use-waypoint.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: ['Namespace', 'Service'],
  *run(virtualService, snapshot) {
    const namespace = namespaceOf(virtualService);
    if (
      routesHttpInMesh(virtualService) &&
      isAmbientNamespace(snapshot, namespace) &&
      !usesWaypoint(snapshot, namespace) &&
      !(virtualService.spec?.hosts ?? []).some(host =>
        ambientService(snapshot, host, namespace),
      )
    ) {
      yield {
        message: `${refOf(
          virtualService,
        )} routes requests, but its namespace uses no waypoint: label it with istio.io/use-waypoint`,
        field: 'spec.hosts',
      };
    }
  },
});
