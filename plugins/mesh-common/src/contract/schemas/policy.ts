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

export const plannedObjectSchema = z.object({
  group: z.string(),
  kind: z.string(),
  name: z.string(),
});

export const plannedObjectStateSchema = plannedObjectSchema.extend({
  state: z.enum(['exists', 'absent', 'unknown']),
  why: z.string().optional(),
});

export const placementSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  mesh: meshIdSchema.optional(),
  meshTitle: z.string().optional(),
  mode: answerSchema(enrolmentModeSchema),
  trustDomain: z.string().optional(),
  waypoint: z
    .object({
      namespace: z.string(),
      name: z.string(),
      serviceAccount: z.string().optional(),
    })
    .optional(),
  planned: z.array(plannedObjectStateSchema).optional(),
});

export const placementsAnswerSchema = z.object({
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  placements: z.array(placementSchema),
});

export const callerIdentitySchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  serviceAccount: z.string(),
  mesh: meshIdSchema.optional(),
  mode: enrolmentModeSchema,
  identity: z.string().optional(),
  trustDomain: z.string().optional(),
  pods: z.number(),
  workloads: z.array(workloadRefSchema),
});

export const identitiesAnswerSchema = z.object({
  entityRef: z.string(),
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  identities: z.array(callerIdentitySchema),
});
