import { Cause, ClusterState, MeshId } from './common';
import {
  ControlPlane,
  ControlPlaneCertificate,
  ControlPlaneComponent,
  ControlPlaneFact,
} from './controlPlane';
import { Verdict } from './mtls';

/**
 * A mesh on a cluster: its control plane as far as objects tell.
 *
 * @public
 */
export interface ClusterMesh {
  mesh: MeshId;
  title: string;
  /** One a revision; several while an upgrade runs. */
  controlPlanes: ControlPlane[];
  trustDomain?: string;
  /** What concerns all control planes together, or the whole mesh. */
  facts?: ControlPlaneFact[];
  /** What identities are issued with, which all control planes share. */
  certificates?: ControlPlaneCertificate[];
  /** What runs beside the control planes: on nodes, or as an extension. */
  components?: ControlPlaneComponent[];
  /** Pods by the version of their proxy. */
  proxies: {
    version: string;
    pods: number;
  }[];
}

/**
 * GET /fleet/clusters
 *
 * @public
 */
export interface FleetClustersAnswer {
  clusterListProblem?: string;
  clusters: (ClusterState & {
    kubernetesVersion?: string;
    meshes: ClusterMesh[];
    workloads: {
      total: number;
      inMesh: number;
    };
    findings: {
      error: number;
      warning: number;
      info: number;
    };
  })[];
}

/**
 * What the metrics store of a cluster has of the control planes of a mesh.
 *
 * @public
 */
export interface ObservedClusterMesh {
  mesh: MeshId;
  /** unknown: there is no store, or it did not answer; the cause and the message say why. */
  state: 'measured' | 'unknown';
  cause?: Cause;
  message?: string;
  /** The name of the store that answered. */
  store?: string;
  /** Those of the mesh's certificates of which its metrics tell, under the same ids. */
  certificates: ControlPlaneCertificate[];
}

/**
 * GET /fleet/clusters/observed
 *
 * @public
 */
export interface ObservedFleetClustersAnswer {
  /** RFC 3339: when the stores were asked. */
  measuredAt: string;
  clusters: {
    name: string;
    /** Those on the cluster whose metrics tell something. */
    meshes: ObservedClusterMesh[];
  }[];
}

/**
 * An entity with workloads, in one line.
 *
 * @public
 */
export interface FleetService {
  entityRef: string;
  title?: string;
  owner?: string;
  system?: string;
  verdict: Verdict;
  /** The first reason of the verdict. */
  why?: string;
  meshes: MeshId[];
  clusters: string[];
  workloads: number;
  findings: {
    error: number;
    warning: number;
    info: number;
  };
}

/**
 * GET /fleet/services: the entities that the reader may see in the catalog and that have workloads.
 *
 * @public
 */
export interface FleetServicesAnswer {
  clusters: ClusterState[];
  clusterListProblem?: string;
  services: FleetService[];
  /** Entities whose Kubernetes annotations lead to no workload. */
  withoutWorkloads: string[];
}
