import { isLinked } from '../../linkerd/control-plane/multicluster';
import { mirroredFrom } from '../../linkerd/multicluster/mirror';
import { defineCheck } from '../check';
import { refOf } from '../naming';

export const mirrorWithoutLink = defineCheck({
  code: 'MESH-L0802',
  aliases: ['l5d-multicluster-orphaned-services'],
  level: 'warning',
  title: 'A mirrored Service is of a cluster to which no Link leads',
  explanation:
    'The controller of a Link makes the mirror of a Service and keeps its addresses. Where the Link is gone the mirror stays with the addresses that it had: requests to it go to a gateway that may be somebody else’s by now.',
  upstream:
    'multicluster/cmd/check.go, "all mirror services are part of a Link" (linkerd2)',
  mesh: 'linkerd',
  subject: 'Service',
  needs: [],
  needsIfServed: ['multicluster.linkerd.io/Link'],
  *run(service, snapshot) {
    const cluster = mirroredFrom(service.metadata.labels);
    if (
      cluster !== undefined &&
      snapshot.origin === 'cluster' &&
      !isLinked(snapshot, cluster)
    ) {
      yield {
        message: `${refOf(
          service,
        )} is mirrored from cluster ${cluster}, and no Link leads there: delete it, or link the cluster again`,
        field: 'metadata.labels.mirror.linkerd.io/cluster-name',
      };
    }
  },
});
