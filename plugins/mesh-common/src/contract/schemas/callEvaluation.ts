import { z } from 'zod';
import { callConditionsSchema, callDecisionSchema } from './callDecision';
import { reasonSchema } from './common';

export const callStepSchema = z.enum([
  'connection',
  'custom',
  'tokens',
  'audit',
  'deny',
  'allow',
]);

export const callCheckSchema = z.object({
  step: callStepSchema,
  result: z.enum(['match', 'no-match', 'depends', 'skipped']),
  dryRun: z.boolean(),
  rule: z.number().optional(),
  reason: reasonSchema,
});

export const callVerdictSchema = z.enum([
  'allow-matched',
  'no-allow-policy',
  'deny-matched',
  'no-allow-matched',
  'custom-provider-unusable',
  'custom-denied',
  'token-rejected',
  'mtls-required',
  'untrusted-client',
  'no-connection',
]);

export const callHopSchema = z.object({
  by: z.string(),
  layer: z.enum(['http', 'tcp']),
  when: callConditionsSchema.optional(),
  decision: callDecisionSchema,
  verdict: callVerdictSchema.optional(),
  details: z.string().optional(),
  status: z.number().optional(),
  providers: z.array(z.string()),
  checks: z.array(callCheckSchema),
});

export const callEvaluationSchema = z.object({
  decision: callDecisionSchema,
  hops: z.array(callHopSchema),
});
