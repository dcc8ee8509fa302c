import {
  ClusterMesh,
  ControlPlaneCertificate,
  DEFAULT_OBSERVATION_WINDOW,
  ObservedClusterMesh,
  ObservedFleetClustersAnswer,
} from 'backstage-plugin-mesh-common';
import { Measurement } from '../prometheus/MetricsStores';
import { ClusterPicture } from './AnswerStore';
import { AnswerContext } from './context';
import { measuredAt } from './observation';

type Measured = Measurement<ControlPlaneCertificate[]>;

interface Asked {
  mesh: string;
  measured: Measured;
}

/** What the control planes of all clusters say of themselves in their metrics. Each cluster and mesh fails by itself. */
export async function observedFleetClustersAnswer(
  context: AnswerContext,
): Promise<ObservedFleetClustersAnswer> {
  const clusters = await Promise.all(
    context.store.clusters.map(async picture => ({
      name: picture.name,
      asked: await askCluster(context, picture),
    })),
  );
  return {
    measuredAt: measuredAt(
      clusters.flatMap(({ asked }) => asked.map(({ measured }) => measured)),
    ),
    clusters: clusters.map(({ name, asked }) => ({
      name,
      meshes: asked.map(observedMesh),
    })),
  };
}

async function askCluster(
  { store, metrics }: AnswerContext,
  { name, snapshot, answers }: ClusterPicture,
): Promise<Asked[]> {
  const present = answers.clusterMeshes(snapshot).filter(hasCertificates);
  const asked = store.meshes.map(async (mesh): Promise<Asked[]> => {
    const expiry = mesh.certificateExpiry?.bind(mesh);
    if (!expiry || !present.some(one => one.mesh === mesh.id)) {
      return [];
    }
    const measured = await metrics.measure(
      name,
      DEFAULT_OBSERVATION_WINDOW,
      scope => expiry(snapshot, scope),
    );
    return [{ mesh: mesh.id, measured }];
  });
  return (await Promise.all(asked)).flat();
}

/** Of a mesh without a control plane here nobody would be scraped. */
function hasCertificates({ certificates = [] }: ClusterMesh): boolean {
  return certificates.length > 0;
}

function observedMesh({ mesh, measured }: Asked): ObservedClusterMesh {
  if (measured.status === 'unknown') {
    const { cause, message } = measured;
    return { mesh, state: 'unknown', cause, message, certificates: [] };
  }
  const { store, value } = measured;
  return { mesh, state: 'measured', store, certificates: value };
}
