import { z } from 'zod';
import { objectRefSchema } from './common';

export const findingLevelSchema = z.enum(['error', 'warning', 'info']);

/** One problem that a check found in the configuration. */
export const findingSchema = z.object({
  /** The rule's upstream code where one exists (`IST0101`), else ours (`MESH-…`). */
  code: z.string(),
  /** Codes of other analyzers for the same rule. */
  aliases: z.array(z.string()),
  level: findingLevelSchema,
  title: z.string(),
  /** What is wrong here, naming the objects. */
  message: z.string(),
  object: objectRefSchema,
  /** Path in the object. */
  field: z.string().optional(),
  /** Page that explains the check. */
  docs: z.string(),
});

/** A finding that is not reported, and why. */
export const suppressedFindingSchema = z.object({
  finding: findingSchema,
  /** What says so, for people. */
  reason: z.string(),
});

/** GET /entities/:kind/:namespace/:name/findings: those about the entity's workloads, Services and what decides for them. */
export const findingsAnswerSchema = z.object({
  entityRef: z.string(),
  findings: z.array(findingSchema),
  /** Those that are not reported, since somebody has said so. */
  suppressed: z.array(suppressedFindingSchema),
  /** Checks that did not run, since an input could not be read. */
  skipped: z.array(
    z.object({ code: z.string(), cluster: z.string(), message: z.string() }),
  ),
});

/** GET /entities/:kind/:namespace/:name/object: an object that an answer about the entity names. */
export const objectAnswerSchema = z.object({
  object: objectRefSchema,
  /** As the cluster gave it; of kinds that are not mesh configuration only the fields that rules read. */
  content: z.record(z.string(), z.unknown()),
  complete: z.boolean(),
  dashboardUrl: z.string().optional(),
});

export type FindingLevel = z.infer<typeof findingLevelSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type SuppressedFinding = z.infer<typeof suppressedFindingSchema>;
export type FindingsAnswer = z.infer<typeof findingsAnswerSchema>;
export type ObjectAnswer = z.infer<typeof objectAnswerSchema>;
