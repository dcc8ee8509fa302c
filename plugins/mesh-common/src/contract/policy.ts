import { z } from 'zod';
import {
  answerSchema,
  clusterListProblemSchema,
  clusterStateSchema,
  meshIdSchema,
  workloadRefSchema,
} from './common';
import { enrolmentModeSchema } from './mtls';

const PLANNED_OBJECT = /^[A-Z][A-Za-z]*(\.[a-z0-9.-]+)?\/[a-z0-9][a-z0-9.-]*$/;

/** As many are asked for at once. */
const MAX_PLANNED = 32;

/** Objects that somebody means to make in a namespace, as `Kind.group/name`, with a comma between. */
export const plannedObjectsSchema = z
  .string()
  .max(12_000)
  .refine(
    text => {
      const items = text.split(',');
      return (
        items.length <= MAX_PLANNED &&
        items.every(item => PLANNED_OBJECT.test(item))
      );
    },
    {
      error: `expected at most ${MAX_PLANNED} objects as Kind.group/name, with a comma between`,
    },
  );

/** An object that somebody means to make. */
export const plannedObjectSchema = z.object({
  /** Empty for the core group. */
  group: z.string(),
  kind: z.string(),
  name: z.string(),
});

/** Whether it is there already. */
export const plannedObjectStateSchema = plannedObjectSchema.extend({
  state: z.enum(['exists', 'absent', 'unknown']),
  /** Why it is not known, for people. */
  why: z.string().optional(),
});

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
  /** Whether the objects that were asked for are in the namespace; absent where none were. */
  planned: z.array(plannedObjectStateSchema).optional(),
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
export type PlannedObject = z.infer<typeof plannedObjectSchema>;
export type PlannedObjectState = z.infer<typeof plannedObjectStateSchema>;

/** The list of {@link plannedObjectsSchema}. */
export function formatPlannedObjects(
  planned: readonly PlannedObject[],
): string {
  return planned
    .map(
      ({ group, kind, name }) => `${kind}${group ? `.${group}` : ''}/${name}`,
    )
    .join(',');
}

/** What such a list says, once the schema has taken it. */
export function parsePlannedObjects(text: string): PlannedObject[] {
  return text.split(',').map(item => {
    const [type, name] = item.split('/');
    const [kind, ...group] = type.split('.');
    return { group: group.join('.'), kind, name };
  });
}
