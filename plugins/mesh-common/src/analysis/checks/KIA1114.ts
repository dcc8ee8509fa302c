import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { routesHttpInMesh } from '../layer7';
import { refOf } from '../naming';
import { ambientService } from '../waypointUse';

/** A VirtualService is in another namespace than the Service that it is for, which is in ambient mode. */
export const routesElsewhere = defineCheck({
  code: 'KIA1114',
  level: 'warning',
  title: 'VirtualService in another namespace than its Service',
  explanation:
    'In ambient mode the waypoint of the Service applies the routes of its own namespace, whoever calls. Routes in the namespace of the caller do nothing.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: ['Namespace', 'Service'],
  *run(virtualService, snapshot) {
    const own = namespaceOf(virtualService);
    const hosts = routesHttpInMesh(virtualService)
      ? virtualService.spec?.hosts ?? []
      : [];
    for (const [index, host] of hosts.entries()) {
      const service = ambientService(snapshot, host, own);
      if (service && namespaceOf(service) !== own) {
        yield {
          message: `${refOf(virtualService)} routes requests to ${refOf(
            service,
          )}, whose waypoint takes routes of its own namespace alone: move it there`,
          field: `spec.hosts[${index}]`,
        };
      }
    }
  },
});
