import { z } from 'zod';
import { answerSchema, reasonSchema } from './common';

export const callConditionSchema = z.object({
  subject: z.enum([
    'identity',
    'namespace',
    'service-account',
    'trust-domain',
    'source-ip',
    'remote-ip',
    'destination-ip',
    'port',
    'sni',
    'protocol',
    'method',
    'path',
    'host',
    'header',
    'query',
    'token',
    'audience',
    'presenter',
    'claim',
    'provider',
    'other',
  ]),
  name: z.string().optional(),
  operator: z.enum(['in', 'not-in']),
  values: z.array(z.string()),
  hidden: z.number().optional(),
});

export const callConditionsSchema = z.array(z.array(callConditionSchema));

export const callValueSchema = z.enum([
  'allowed',
  'denied',
  'depends',
  'unknown',
]);

export const callDecisionSchema = answerSchema(callValueSchema).extend({
  allowedWhen: callConditionsSchema,
  deniedWhen: callConditionsSchema,
});

export const callRuleSchema = z.object({
  effect: z.enum(['allow', 'deny', 'audit', 'custom', 'default']),
  term: z.string(),
  state: z.enum(['enforced', 'dry-run', 'no-effect']),
  enforcedBy: z.string().optional(),
  from: callConditionsSchema,
  requests: callConditionsSchema,
  reason: reasonSchema,
});

export const portDecisionSchema = z.object({
  port: z.number(),
  decision: callDecisionSchema,
});
