import { LoggerService } from '@backstage/backend-plugin-api';
import { MeshSnapshot } from 'backstage-plugin-mesh-common';
import { ApiServerTransport } from '../../../clusters/ApiServerTransport';
import { KubeconfigFile } from '../../../clusters/KubeconfigFile';
import { Mirror } from '../../../clusters/Mirror';

/** What the mirror of the backend has of the cluster once it has read it. */
export async function readMirror(
  kubeconfig: string,
  logger: LoggerService,
): Promise<MeshSnapshot> {
  const transport = ApiServerTransport.create({
    source: KubeconfigFile.create({ file: kubeconfig }),
    logger,
  });
  const mirror = Mirror.create({
    transport,
    logger,
    timing: {
      watchTimeoutMs: 300_000,
      recheckIntervalMs: 60_000,
      backoffInitialMs: 100,
      backoffMaxMs: 1_000,
      probeIntervalMs: 60_000,
      batchMs: 10,
      clusterListIntervalMs: 60_000,
      startJitterMs: 0,
    },
  });
  try {
    mirror.start();
    await mirror.ready;
    const [cluster] = mirror.clusters;
    if (!cluster || cluster.state.status !== 'synced') {
      throw new Error(
        `The mirror has not read the cluster: ${
          mirror.problem ?? JSON.stringify(cluster?.state)
        }`,
      );
    }
    return cluster.snapshot;
  } finally {
    await mirror.stop();
    await transport.close();
  }
}
