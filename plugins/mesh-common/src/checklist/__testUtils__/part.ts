import { MESHES } from '../../mesh/meshes';
import { entityServices } from '../../mesh/entityWorkloads';
import { namespaceOf } from '../../kubernetes/objects';
import { serviceRouting } from '../../mesh/serviceRouting';
import { workloadMtls } from '../../mesh/workloadMtls';
import { workloadsIn } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { combine, Measured } from '../combine';
import { judgeMesh, judgePart } from '../evaluate';
import { ChecklistPart } from '../measurement';

/** What of a snapshot belongs to an entity: the workloads of the namespace `shop`. */
export function partOf(snapshot: MeshSnapshot): ChecklistPart {
  const workloads = [...workloadsIn(snapshot, 'shop').values()];
  return {
    snapshot,
    meshes: MESHES,
    workloads: workloads.map(workload => {
      const mtls = workloadMtls(snapshot, workload, MESHES, []);
      const mesh = MESHES.find(({ id }) => id === mtls.enrolment.mesh);
      return { workload, mtls, ...(mesh && { mesh }) };
    }),
    routes: entityServices(snapshot, workloads).map(service =>
      serviceRouting(
        snapshot,
        snapshot.get('Service', namespaceOf(service), service.metadata.name) ??
          service,
        MESHES,
      ),
    ),
  };
}

/** What an item comes to for those workloads. */
export function measure(snapshot: MeshSnapshot, id: string): Measured {
  const part = partOf(snapshot);
  const meshes = new Set(part.workloads.flatMap(({ mesh }) => mesh ?? []));
  return combine(
    [
      judgePart(part),
      ...[...meshes].map(mesh => judgeMesh(snapshot, mesh)),
    ].flatMap(judgements => judgements.get(id) ?? []),
  );
}
