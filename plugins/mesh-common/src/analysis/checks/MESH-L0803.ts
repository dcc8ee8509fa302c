import { namespaceOf } from '../../kubernetes/objects';
import { hasNoEndpoints } from '../../linkerd/control-plane/mirrorEndpoints';
import { hasWrittenEndpoints } from '../../linkerd/multicluster/mirror';
import { defineCheck } from '../check';
import { refOf } from '../naming';

export const mirrorWithoutEndpoints = defineCheck({
  code: 'MESH-L0803',
  aliases: [
    'l5d-multicluster-services-endpoints',
    'l5d-multicluster-gateways-endpoints',
  ],
  level: 'error',
  title: 'A mirrored Service has no endpoints',
  explanation:
    'The controller of a Link writes the address of the other cluster’s gateway behind each Service that it mirrors. As long as the gateway has no address, does not answer the probe, or the controller does not reach the other cluster, there is none, and requests to the mirror fail.',
  upstream:
    'multicluster/cmd/check.go, "all mirror services have endpoints", "probe services able to communicate with all gateway mirrors" (linkerd2)',
  mesh: 'linkerd',
  subject: 'Service',
  needs: ['Endpoints'],
  *run(service, snapshot) {
    if (
      snapshot.origin === 'cluster' &&
      hasWrittenEndpoints(service) &&
      hasNoEndpoints(snapshot, namespaceOf(service), service.metadata.name)
    ) {
      yield {
        message: `${refOf(
          service,
        )} is mirrored from another cluster and has no endpoints: requests to it fail. Is the gateway there exposed, and does the controller of the Link reach its API?`,
      };
    }
  },
});
