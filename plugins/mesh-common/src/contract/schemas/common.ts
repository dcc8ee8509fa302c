import { z } from 'zod';

export const objectRefSchema = z.object({
  cluster: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

export const reasonSchema = z.object({
  rule: z.string(),
  text: z.string(),
  object: objectRefSchema.optional(),
  field: z.string().optional(),
});

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
  kind: z.string(),
  name: z.string(),
});

export const serviceRefSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
  kind: z.literal('Hostname').optional(),
});

export const clusterStateSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  status: z.enum([
    'synced',
    'syncing',
    'partial',
    'stale',
    'unreachable',
    'unsupported-auth',
  ]),
  message: z.string().optional(),
  since: z.string().optional(),
  unread: z.array(
    z.object({
      kind: z.string(),
      cause: causeSchema,
      message: z.string(),
    }),
  ),
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
