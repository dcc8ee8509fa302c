import { isInMeshForIstioctl } from '../../istio/inMesh';
import { WorkloadController } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';

const MANAGED = 'gateway.istio.io/managed';

/** Whether istioctl takes a Deployment to be in the mesh, by its template; waypoints are not. */
export function isDeploymentInMesh(
  snapshot: MeshSnapshot,
  deployment: WorkloadController,
): boolean {
  const { template } = deployment.spec;
  return (
    deployment.metadata.labels[MANAGED] !== 'istio.io-mesh-controller' &&
    isInMeshForIstioctl(snapshot, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...template.metadata,
        name: deployment.metadata.name,
        namespace: namespaceOf(deployment),
      },
      spec: template.spec,
    })
  );
}
