/**
 * An object of a cluster: what a drawer opens, and what a reason names.
 *
 * @public
 */
export interface ObjectRef {
  cluster: string;
  /** A key of the table of kinds: `Pod`, `security.istio.io/PeerAuthentication`. */
  kind: string;
  namespace?: string;
  name: string;
}

/**
 * Why an answer is what it is: the rule, in words, and the object and field that decided.
 *
 * @public
 */
export interface Reason {
  /** Stable name of the rule, such as `istio/peer-authentication`. */
  rule: string;
  /** One sentence in English, as controllers write the messages of their conditions. */
  text: string;
  object?: ObjectRef;
  /** Path in the object, such as `spec.mtls.mode`. */
  field?: string;
}

/**
 * Why something is unknown. absent: its CRD is not served; forbidden: the portal may not read it;
 * unreachable, stale: the cluster (or store) does not answer; malformed: an object that would decide
 * cannot be read; not-measured: no metrics store; not-modelled: the domain has no rule for it.
 *
 * @public
 */
export type Cause =
  | 'absent'
  | 'forbidden'
  | 'unreachable'
  | 'stale'
  | 'malformed'
  | 'not-measured'
  | 'not-modelled';

/**
 * The id of a mesh, such as `istio`.
 *
 * @public
 */
export type MeshId = string;

/**
 * A workload of a cluster.
 *
 * @public
 */
export interface WorkloadRef {
  cluster: string;
  namespace: string;
  /** Kind of the controller: Deployment, StatefulSet, DaemonSet, Rollout, …; Pod for a bare pod. */
  kind: string;
  name: string;
}

/**
 * A Service of a cluster.
 *
 * @public
 */
export interface ServiceRef {
  cluster: string;
  namespace: string;
  name: string;
  /** The name is a host that no Service has, such as one of a ServiceEntry; absent: it is a Service's. */
  kind?: 'Hostname';
}

/**
 * The state of one cluster as the answer saw it.
 *
 * @public
 */
export interface ClusterState {
  name: string;
  title?: string;
  /**
   * syncing: not everything has been read yet. partial: some kinds could not be read.
   * stale: it answered once and does not now. unsupported-auth: it needs the user's own token.
   */
  status:
    | 'synced'
    | 'syncing'
    | 'partial'
    | 'stale'
    | 'unreachable'
    | 'unsupported-auth';
  /** What happened and what to do, for people; absent when synced. */
  message?: string;
  /** RFC 3339: since when it is stale or unreachable. */
  since?: string;
  /** The kinds that could not be read. */
  unread: {
    kind: string;
    cause: Cause;
    message: string;
  }[];
  /** Link to the cluster's own dashboard, as configured for the Kubernetes plugin. */
  dashboardUrl?: string;
}

/**
 * An answer with this vocabulary.
 *
 * @public
 */
export interface Answer<T> {
  value: T;
  cause?: Cause;
  reasons: Reason[];
  predicted?: boolean;
  mayDiffer?: Reason[];
}
