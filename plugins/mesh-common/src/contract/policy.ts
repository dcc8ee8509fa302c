import { Answer, ClusterState, MeshId, WorkloadRef } from './common';
import { EnrolmentMode } from './mtls';

/**
 * Which mesh would carry a new pod of a namespace, and how.
 *
 * @public
 */
export interface Placement {
  cluster: string;
  namespace: string;
  /** Absent: none would. */
  mesh?: MeshId;
  meshTitle?: string;
  /** How a pod that is made now, without settings of its own, would take part. */
  mode: Answer<EnrolmentMode>;
  /** Of the mesh; absent where its settings are not known. */
  trustDomain?: string;
  /** The waypoint that requests to a new Service would go through. */
  waypoint?: {
    namespace: string;
    name: string;
    /** That its pods run under; absent where it has none, or several. */
    serviceAccount?: string;
  };
  /** Whether the objects that were asked for are in the namespace; absent where none were. */
  planned?: PlannedObjectState[];
}

/**
 * GET /placements: the namespaces that the reader may know of.
 *
 * @public
 */
export interface PlacementsAnswer {
  clusters: ClusterState[];
  clusterListProblem?: string;
  placements: Placement[];
}

/**
 * Pods of an entity that run under the same service account on a cluster.
 *
 * @public
 */
export interface CallerIdentity {
  cluster: string;
  namespace: string;
  serviceAccount: string;
  /** The mesh that carries their traffic; absent: none does. */
  mesh?: MeshId;
  /** How they take part. */
  mode: EnrolmentMode;
  /** What their proxies present, in the words of the mesh. */
  identity?: string;
  trustDomain?: string;
  pods: number;
  workloads: WorkloadRef[];
}

/**
 * GET /entities/:kind/:namespace/:name/identities: under which accounts the pods of an entity run.
 *
 * @public
 */
export interface IdentitiesAnswer {
  entityRef: string;
  clusters: ClusterState[];
  clusterListProblem?: string;
  identities: CallerIdentity[];
}

/**
 * An object that somebody means to make.
 *
 * @public
 */
export interface PlannedObject {
  /** Empty for the core group. */
  group: string;
  kind: string;
  name: string;
}

/**
 * Whether it is there already.
 *
 * @public
 */
export interface PlannedObjectState extends PlannedObject {
  state: 'exists' | 'absent' | 'unknown';
  /** Why it is not known, for people. */
  why?: string;
}

/**
 * The list of `plannedObjectsSchema`.
 *
 * @public
 */
export function formatPlannedObjects(
  planned: readonly PlannedObject[],
): string {
  return planned
    .map(
      ({ group, kind, name }) => `${kind}${group ? `.${group}` : ''}/${name}`,
    )
    .join(',');
}

/**
 * What such a list says, once the schema has taken it.
 *
 * @public
 */
export function parsePlannedObjects(text: string): PlannedObject[] {
  return text.split(',').map(item => {
    const [type, name] = item.split('/');
    const [kind, ...group] = type.split('.');
    return { group: group.join('.'), kind, name };
  });
}
