import { App } from './layout';
import { FleetManifest } from './manifest';
import { Problems } from './planted';
import { Random } from './random';
import { FleetCounts } from './sizes';

/** What the webhook of a mesh adds to a pod. */
export interface Injected {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  initContainers: object[];
  containers: object[];
  volumes: object[];
}

/** The containers that the webhook adds, as the status of a pod names them. */
export interface FleetProxy {
  name: string;
  image: string;
  initName: string;
  initImage: string;
}

/** What differs between fleets of different meshes. */
export interface FleetMesh {
  /** How many objects of each kind a fleet of size L has. */
  large: FleetCounts;
  /** The namespace of the control plane, and how much of the fleet is in it. */
  root: { namespace: string; services: number; pods: number };
  proxy: FleetProxy;
  problems: Problems;
  /** The check that finds a pod from before injection, and the kind that it tells it of. */
  leftOut: { code: string; of: 'Pod' | 'Deployment' };
  /** Labels and annotations by which a namespace asks for proxies, or the one of the control plane does not. */
  namespaceMetadata(isRoot: boolean): {
    labels: Record<string, string>;
    annotations?: Record<string, string>;
  };
  /** How many applications have two versions. */
  appsWithSubsets(counts: FleetCounts): number;
  injected(app: App, version: string): Injected;
  /** What the installation leaves in a cluster, its pods and Services apart. */
  controlPlane(random: Random): FleetManifest[];
  rootServices(random: Random): FleetManifest[];
  rootPods(random: Random): FleetManifest[];
  /** The objects of the mesh for the applications. */
  objects(
    apps: readonly App[],
    counts: FleetCounts,
    random: Random,
  ): Iterable<FleetManifest>;
}

/** The applications that so many objects are spread over evenly. */
export function spread(
  apps: readonly App[],
  index: number,
  count: number,
): App {
  return apps[Math.floor((index * apps.length) / count)];
}
