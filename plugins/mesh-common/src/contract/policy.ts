import { z } from 'zod';
import {
  answerSchema,
  clusterListProblemSchema,
  clusterStateSchema,
  meshIdSchema,
  workloadRefSchema,
} from './common';
import { enrolmentModeSchema } from './mtls';

/** Which mesh would carry a new pod of a namespace, and how. */
export const placementSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  /** Absent: none would. */
  mesh: meshIdSchema.optional(),
  meshTitle: z.string().optional(),
  /** How a pod that is made now, without settings of its own, would take part. */
  mode: answerSchema(enrolmentModeSchema),
  /** Of the mesh; absent where its settings are not known. */
  trustDomain: z.string().optional(),
  /** The waypoint that requests to a new Service would go through. */
  waypoint: z
    .object({
      namespace: z.string(),
      name: z.string(),
      /** That its pods run under; absent where it has none, or several. */
      serviceAccount: z.string().optional(),
    })
    .optional(),
});

/** GET /placements: the namespaces that the reader may know of. */
export const placementsAnswerSchema = z.object({
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  placements: z.array(placementSchema),
});

/** Pods of an entity that run under the same service account on a cluster. */
export const callerIdentitySchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  serviceAccount: z.string(),
  /** The mesh that carries their traffic; absent: none does. */
  mesh: meshIdSchema.optional(),
  /** How they take part. */
  mode: enrolmentModeSchema,
  /** What their proxies present, in the words of the mesh. */
  identity: z.string().optional(),
  trustDomain: z.string().optional(),
  pods: z.number(),
  workloads: z.array(workloadRefSchema),
});

/** GET /entities/:kind/:namespace/:name/identities: under which accounts the pods of an entity run. */
export const identitiesAnswerSchema = z.object({
  entityRef: z.string(),
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  identities: z.array(callerIdentitySchema),
});

export type Placement = z.infer<typeof placementSchema>;
export type PlacementsAnswer = z.infer<typeof placementsAnswerSchema>;
export type CallerIdentity = z.infer<typeof callerIdentitySchema>;
export type IdentitiesAnswer = z.infer<typeof identitiesAnswerSchema>;
