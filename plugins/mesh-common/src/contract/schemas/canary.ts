import { z } from 'zod';
import {
  answerSchema,
  causeSchema,
  objectRefSchema,
  reasonSchema,
  workloadRefSchema,
} from './common';

export const canaryPhaseSchema = z.enum([
  'not-started',
  'healthy',
  'progressing',
  'paused',
  'promoting',
  'failed',
  'ended',
  'unknown',
]);

export const canarySteeringSchema = z.enum([
  'virtual-service',
  'gateway-api',
  'traffic-split',
  'service-selector',
  'pods',
  'other',
  'unknown',
]);

export const canaryRouteSchema = z.object({
  object: objectRefSchema,
  state: answerSchema(
    z.enum(['applied', 'ignored', 'written', 'missing', 'unknown']),
  ),
  percent: z.number().optional(),
});

export const canaryNextSchema = z.object({
  percent: z.number().optional(),
  text: z.string(),
  waitsFor: z.enum(['time', 'person', 'analysis', 'pods', 'controller']),
  afterMs: z.number().optional(),
  at: z.string().optional(),
});

export const canaryStateSchema = z.object({
  object: objectRefSchema,
  controller: z.enum(['argo-rollouts', 'flagger']),
  strategy: z.enum(['canary', 'blue-green', 'ab-test']),
  workload: workloadRefSchema.optional(),
  services: z.object({
    root: z.string().optional(),
    stable: z.string().optional(),
    canary: z.string().optional(),
  }),
  phase: answerSchema(canaryPhaseSchema).extend({
    term: z.string().optional(),
  }),
  aborted: z.boolean(),
  step: z
    .object({
      number: z.number(),
      count: z.number(),
      text: z.string().optional(),
    })
    .optional(),
  wanted: answerSchema(z.number()).optional(),
  next: canaryNextSchema.optional(),
  failedChecks: z.object({ count: z.number(), limit: z.number() }).optional(),
  steering: answerSchema(canarySteeringSchema).extend({
    routes: z.array(canaryRouteSchema),
  }),
  differences: z.array(
    z.object({ text: z.string(), reasons: z.array(reasonSchema) }),
  ),
});

export const deliverySchema = z.object({
  canaries: z.array(canaryStateSchema),
  unread: z.array(
    z.object({ kind: z.string(), cause: causeSchema, message: z.string() }),
  ),
});
