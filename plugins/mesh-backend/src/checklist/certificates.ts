import {
  certificateSources,
  certificateState,
  ChecklistCertificate,
  ClusterMesh,
  MeshAdapter,
  unusedRenewal,
} from 'backstage-plugin-mesh-common';
import { ClusterPicture } from '../answers/AnswerStore';
import { measuredCertificates } from '../answers/measuredCertificates';
import { MetricsStores } from '../prometheus/MetricsStores';

/** How what a mesh issues with stands now, as objects and metrics tell together; nothing where metrics do not. */
export async function checklistCertificates(
  metrics: MetricsStores,
  picture: ClusterPicture,
  { adapter, found }: { adapter: MeshAdapter; found: ClusterMesh | undefined },
): Promise<ChecklistCertificate[]> {
  const measured = await measuredCertificates(metrics, picture, adapter, found);
  if (measured?.status !== 'measured') {
    return [];
  }
  const now = new Date();
  const { id, title } = adapter;
  return certificateSources(found?.certificates ?? [], measured.value).map(
    source => {
      const { certificate } = source;
      const renewed = unusedRenewal(source, now);
      return {
        mesh: { id, title },
        cluster: picture.name,
        certificate,
        state: certificateState(certificate, now).state,
        ...(renewed && { renewed }),
      };
    },
  );
}
