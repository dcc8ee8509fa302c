import { z } from 'zod';
import { answerSchema, reasonSchema } from './common';

export const controlPlaneStateSchema = z.enum([
  'good',
  'info',
  'notice',
  'bad',
  'unknown',
]);

export const controlPlaneFactSchema = z.object({
  id: z.string(),
  title: z.string(),
  answer: answerSchema(controlPlaneStateSchema),
});

export const controlPlaneCertificateSchema = z.object({
  id: z.string(),
  title: z.string(),
  validity: answerSchema(z.enum(['known', 'unknown'])),
  notBefore: z.string().optional(),
  notAfter: z.string().optional(),
  renewalTime: z.string().optional(),
  renewal: answerSchema(controlPlaneStateSchema).optional(),
  warnBelowDays: z.number(),
});

export const controlPlaneWebhookSchema = z.object({
  name: z.string(),
  purpose: z.enum(['injection', 'validation']),
  tag: z.string().optional(),
  answer: answerSchema(controlPlaneStateSchema),
  failurePolicy: z.enum(['Fail', 'Ignore', 'mixed']),
  asks: z.string(),
  selects: z.array(
    z.object({
      webhook: z.string(),
      namespaces: z.string(),
      objects: z.string(),
    }),
  ),
  authority: controlPlaneCertificateSchema.optional(),
});

export const controlPlaneSettingSchema = z.object({
  name: z.string(),
  value: z.string(),
  source: z.enum(['written', 'default']),
  followed: z.boolean(),
  reason: reasonSchema,
});

export const controlPlaneComponentSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  version: z.string().optional(),
  ready: z.number(),
  replicas: z.number(),
  answer: answerSchema(controlPlaneStateSchema),
});

export const controlPlaneSchema = z.object({
  revision: z.string().optional(),
  version: z.string().optional(),
  namespace: z.string().optional(),
  ready: z.number().optional(),
  replicas: z.number().optional(),
  runs: answerSchema(
    z.enum(['here', 'elsewhere', 'gone', 'unknown']),
  ).optional(),
  tags: z
    .array(z.object({ name: z.string(), reason: reasonSchema }))
    .optional(),
  facts: z.array(controlPlaneFactSchema).optional(),
  components: z.array(controlPlaneComponentSchema).optional(),
  webhooks: z.array(controlPlaneWebhookSchema).optional(),
  settings: z.array(controlPlaneSettingSchema).optional(),
  proxies: z
    .array(z.object({ version: z.string(), pods: z.number() }))
    .optional(),
});
