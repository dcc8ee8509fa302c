import { z } from 'zod';
import { objectRefSchema } from './common';

export const findingLevelSchema = z.enum(['error', 'warning', 'info']);

export const findingSchema = z.object({
  code: z.string(),
  aliases: z.array(z.string()),
  level: findingLevelSchema,
  title: z.string(),
  message: z.string(),
  object: objectRefSchema,
  field: z.string().optional(),
  docs: z.string(),
});

export const suppressedFindingSchema = z.object({
  finding: findingSchema,
  reason: z.string(),
});

export const findingsAnswerSchema = z.object({
  entityRef: z.string(),
  findings: z.array(findingSchema),
  suppressed: z.array(suppressedFindingSchema),
  skipped: z.array(
    z.object({ code: z.string(), cluster: z.string(), message: z.string() }),
  ),
});

export const objectAnswerSchema = z.object({
  object: objectRefSchema,
  content: z.record(z.string(), z.unknown()),
  complete: z.boolean(),
  dashboardUrl: z.string().optional(),
});
