import {
  ClusterState,
  CLUSTER_KIND_IDS,
  MeshSnapshot,
} from 'backstage-plugin-mesh-common';
import { clusterState } from './clusterState';
import { ClusterInfo } from './ClusterTransport';
import { MirroredCluster } from './MirroredCluster';

/** A cluster that is shown and not read. */
export class UnreadCluster implements MirroredCluster {
  info: ClusterInfo;
  readonly snapshot: MeshSnapshot;
  readonly version = undefined;
  readonly revision = 0;
  readonly ready = Promise.resolve();

  constructor(info: ClusterInfo, message: string) {
    this.info = info;
    this.snapshot = MeshSnapshot.empty(info.name).apply(
      CLUSTER_KIND_IDS.map(kindId => ({
        type: 'read' as const,
        kindId,
        read: { state: 'unreachable' as const, message },
      })),
    );
  }

  get state(): ClusterState {
    return clusterState(this.info, new Map());
  }

  async stop(): Promise<void> {}
}
