import { ClusterState, MeshSnapshot } from 'backstage-plugin-mesh-common';
import { ClusterInfo } from './ClusterTransport';

/** One cluster as the mirror has it now. */
export interface MirroredCluster {
  readonly info: ClusterInfo;
  readonly snapshot: MeshSnapshot;
  readonly state: ClusterState;
  readonly version: string | undefined;
  /** Another one after each change of an object that is kept whole (and can be shown), or of what could be read. */
  readonly revision: number;
}
