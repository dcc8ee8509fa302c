import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { routesHttpInMesh } from '../layer7';
import { refOf } from '../naming';
import { ambientService, isCaptured } from '../waypointUse';

/** A VirtualService is for a Service in ambient mode that uses no waypoint. */
export const routesOfUncapturedService = defineCheck({
  code: 'KIA1113',
  level: 'warning',
  title: 'VirtualService for a Service without a waypoint',
  explanation:
    'In ambient mode only a waypoint routes requests. Requests to a Service that uses none go straight to its pods. Label the Service with istio.io/use-waypoint.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: ['Namespace', 'Service'],
  *run(virtualService, snapshot) {
    const hosts = routesHttpInMesh(virtualService)
      ? virtualService.spec?.hosts ?? []
      : [];
    for (const [index, host] of hosts.entries()) {
      const service = ambientService(
        snapshot,
        host,
        namespaceOf(virtualService),
      );
      if (service && !isCaptured(snapshot, service)) {
        yield {
          message: `${refOf(virtualService)} routes requests to ${refOf(
            service,
          )}, which uses no waypoint: label it with istio.io/use-waypoint`,
          field: `spec.hosts[${index}]`,
        };
      }
    }
  },
});
