import {
  ControlPlaneCertificate,
  ObservedClusterMesh,
  ObservedFleetClustersAnswer,
} from 'backstage-plugin-mesh-common';
import { Measurement } from '../prometheus/MetricsStores';
import { ClusterPicture } from './AnswerStore';
import { AnswerContext } from './context';
import { measuredCertificates } from './measuredCertificates';
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
  picture: ClusterPicture,
): Promise<Asked[]> {
  const present = picture.answers.clusterMeshes(picture.snapshot);
  const asked = store.meshes.map(async (adapter): Promise<Asked[]> => {
    const found = present.find(({ mesh }) => mesh === adapter.id);
    const measured = await measuredCertificates(
      metrics,
      picture,
      adapter,
      found,
    );
    return measured ? [{ mesh: adapter.id, measured }] : [];
  });
  return (await Promise.all(asked)).flat();
}

function observedMesh({ mesh, measured }: Asked): ObservedClusterMesh {
  if (measured.status === 'unknown') {
    const { cause, message } = measured;
    return { mesh, state: 'unknown', cause, message, certificates: [] };
  }
  const { store, value } = measured;
  return { mesh, state: 'measured', store, certificates: value };
}
