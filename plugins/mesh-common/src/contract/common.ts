import { z } from 'zod';

/** An object of a cluster: what a drawer opens, and what a reason names. */
export const objectRefSchema = z.object({
  cluster: z.string(),
  /** A key of the table of kinds: `Pod`, `security.istio.io/PeerAuthentication`. */
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

/** Why an answer is what it is: the rule, in words, and the object and field that decided. */
export const reasonSchema = z.object({
  /** Stable name of the rule, such as `istio/peer-authentication`. */
  rule: z.string(),
  /** One sentence in English, as controllers write the messages of their conditions. */
  text: z.string(),
  object: objectRefSchema.optional(),
  /** Path in the object, such as `spec.mtls.mode`. */
  field: z.string().optional(),
});

/**
 * Why something is unknown. absent: its CRD is not served; forbidden: the portal may not read it;
 * unreachable, stale: the cluster (or store) does not answer; malformed: an object that would decide
 * cannot be read; not-measured: no metrics store; not-modelled: the domain has no rule for it.
 */
export const causeSchema = z.enum([
  'absent',
  'forbidden',
  'unreachable',
  'stale',
  'malformed',
  'not-measured',
  'not-modelled',
]);

export const meshIdSchema = z.string();

export const workloadRefSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  /** Kind of the controller: Deployment, StatefulSet, DaemonSet, Rollout, …; Pod for a bare pod. */
  kind: z.string(),
  name: z.string(),
});

export const serviceRefSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
});

/** The state of one cluster as the answer saw it. */
export const clusterStateSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  /**
   * syncing: not everything has been read yet. partial: some kinds could not be read.
   * stale: it answered once and does not now. unsupported-auth: it needs the user's own token.
   */
  status: z.enum([
    'synced',
    'syncing',
    'partial',
    'stale',
    'unreachable',
    'unsupported-auth',
  ]),
  /** What happened and what to do, for people; absent when synced. */
  message: z.string().optional(),
  /** RFC 3339: since when it is stale or unreachable. */
  since: z.string().optional(),
  /** The kinds that could not be read. */
  unread: z.array(
    z.object({
      kind: z.string(),
      cause: causeSchema,
      message: z.string(),
    }),
  ),
  /** Link to the cluster's own dashboard, as configured for the Kubernetes plugin. */
  dashboardUrl: z.string().optional(),
});

/**
 * Why it is not known which clusters there are, or whether the list is still right, and what to do. Absent
 * where it is known.
 */
export const clusterListProblemSchema = z.string().optional();

/** What `mesh.entityScope` keeps from the entity, in words. Absent: nothing. */
export const scopeLimitSchema = z.string().optional();

/** A duration in milliseconds. */
export const millisecondsSchema = z.number().nonnegative();

/** An answer: a value of a closed vocabulary with the reasons for it. */
export function answerSchema<T extends z.ZodType>(value: T) {
  return z.object({
    value,
    /** Given with the value `unknown`. */
    cause: causeSchema.optional(),
    reasons: z.array(reasonSchema),
    /** The written status was not there to decide (files, intents): this is what controllers would write. */
    predicted: z.boolean().optional(),
    /** Objects that the domain does not model select this: the answer may differ from what happens. */
    mayDiffer: z.array(reasonSchema).optional(),
  });
}

export type ObjectRef = z.infer<typeof objectRefSchema>;
export type Reason = z.infer<typeof reasonSchema>;
export type Cause = z.infer<typeof causeSchema>;
export type MeshId = z.infer<typeof meshIdSchema>;
export type WorkloadRef = z.infer<typeof workloadRefSchema>;
export type ServiceRef = z.infer<typeof serviceRefSchema>;
export type ClusterState = z.infer<typeof clusterStateSchema>;

/** An answer with this vocabulary. */
export interface Answer<T> {
  value: T;
  cause?: Cause;
  reasons: Reason[];
  predicted?: boolean;
  mayDiffer?: Reason[];
}
