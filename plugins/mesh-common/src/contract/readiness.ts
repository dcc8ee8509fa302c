import { z } from 'zod';
import {
  causeSchema,
  clusterListProblemSchema,
  clusterStateSchema,
  reasonSchema,
} from './common';

/** From best to worst, as counts are shown. */
export const checklistStateSchema = z.enum([
  'pass',
  'fail',
  'attested',
  'waived',
  'unknown',
  'not-applicable',
]);

/** not-assessed: no rule measures it, and nobody has attested it. */
export const checklistCauseSchema = z.enum([
  ...causeSchema.options,
  'not-assessed',
]);

/** measured: by rules alone. attested: by a person alone. both: by rules, or where they do not find it, by a person. */
export const checklistDecisionSchema = z.enum(['measured', 'attested', 'both']);

export const checklistRecordKindSchema = z.enum(['attestation', 'waiver']);

/** The longest reason that is taken. */
export const MAX_CHECKLIST_REASON = 2000;

/** What somebody said about an item of an entity. Records are never changed but by their revocation, and never deleted. */
export const checklistRecordSchema = z.object({
  id: z.string(),
  /** The id of the item. */
  item: z.string(),
  kind: checklistRecordKindSchema,
  /** Plain text. */
  reason: z.string(),
  /** Where the proof is; http or https. */
  link: z.string().optional(),
  /** The last day (UTC) on which it counts, as YYYY-MM-DD. */
  expires: z.string(),
  /** RFC 3339. */
  createdAt: z.string(),
  /** The entity of the user. */
  createdBy: z.string(),
  revoked: z
    .object({ at: z.string(), by: z.string(), reason: z.string() })
    .optional(),
});

export const checklistItemSchema = z.object({
  id: z.string(),
  title: z.string(),
  decidedBy: checklistDecisionSchema,
  /** What exactly is looked at, in a sentence. */
  looksAt: z.string(),
  state: checklistStateSchema,
  /** Given with the state `unknown`. */
  cause: checklistCauseSchema.optional(),
  /** One sentence for people. */
  evidence: z.string(),
  reasons: z.array(reasonSchema),
  /** What rules found, where a record decides instead. */
  measured: checklistStateSchema.optional(),
  /** The newest attestation and waiver, in force or not: the state says which of them decides. */
  attestation: checklistRecordSchema.optional(),
  waiver: checklistRecordSchema.optional(),
  /** Said where a record would decide, had it not expired. */
  expired: z.string().optional(),
});

export const checklistCountsSchema = z.object({
  pass: z.number(),
  fail: z.number(),
  attested: z.number(),
  waived: z.number(),
  unknown: z.number(),
  'not-applicable': z.number(),
});

export const checklistSectionSchema = z.object({
  id: z.string(),
  title: z.string(),
  counts: checklistCountsSchema,
  items: z.array(checklistItemSchema),
});

/** GET /entities/:kind/:namespace/:name/readiness */
export const readinessAnswerSchema = z.object({
  entityRef: z.string(),
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  counts: checklistCountsSchema,
  sections: z.array(checklistSectionSchema),
  /** All records of the entity, the newest first. */
  history: z.array(checklistRecordSchema),
  /** What this caller may do for this entity. */
  may: z.object({ attest: z.boolean(), waive: z.boolean() }),
});

/** GET /fleet/readiness: the entities that the reader may see in the catalog and that have workloads. */
export const fleetReadinessAnswerSchema = z.object({
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  sections: z.array(z.object({ id: z.string(), title: z.string() })),
  entities: z.array(
    z.object({
      entityRef: z.string(),
      title: z.string().optional(),
      owner: z.string().optional(),
      system: z.string().optional(),
      counts: checklistCountsSchema,
      /** In the order of the sections. */
      sections: z.array(checklistCountsSchema),
    }),
  ),
});

const reason = z
  .string({ error: 'expected a text' })
  .trim()
  .min(1, 'a reason is needed')
  .max(
    MAX_CHECKLIST_REASON,
    `at most ${MAX_CHECKLIST_REASON} characters; put more behind the link`,
  )
  .meta({ description: 'Plain text' });

/** The body of what is attested or waived. That the day is not over is checked when it is written. */
export const checklistRecordBodySchema = z.strictObject({
  reason,
  link: z
    .url({
      protocol: /^https?$/,
      error: 'expected an http or https URL',
    })
    .max(2000, 'at most 2000 characters')
    .optional()
    .meta({ description: 'Where the proof is' }),
  expires: z.iso
    .date('expected a day as YYYY-MM-DD')
    .meta({ description: 'The last day (UTC) on which it counts' }),
});

export const revocationBodySchema = z.strictObject({ reason });

export type ChecklistState = z.infer<typeof checklistStateSchema>;
export type ChecklistCause = z.infer<typeof checklistCauseSchema>;
export type ChecklistDecision = z.infer<typeof checklistDecisionSchema>;
export type ChecklistRecordKind = z.infer<typeof checklistRecordKindSchema>;
export type ChecklistRecord = z.infer<typeof checklistRecordSchema>;
export type ChecklistItemResult = z.infer<typeof checklistItemSchema>;
export type ChecklistCounts = z.infer<typeof checklistCountsSchema>;
export type ChecklistSectionResult = z.infer<typeof checklistSectionSchema>;
export type ChecklistRecordBody = z.infer<typeof checklistRecordBodySchema>;
export type RevocationBody = z.infer<typeof revocationBodySchema>;
export type ReadinessAnswer = z.infer<typeof readinessAnswerSchema>;
export type FleetReadinessAnswer = z.infer<typeof fleetReadinessAnswerSchema>;
