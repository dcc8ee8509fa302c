import { z } from 'zod';
import { MAX_CHECKLIST_REASON } from '../readiness';
import {
  causeSchema,
  clusterListProblemSchema,
  clusterStateSchema,
  reasonSchema,
} from './common';

export const checklistStateSchema = z.enum([
  'pass',
  'fail',
  'attested',
  'waived',
  'unknown',
  'not-applicable',
]);

export const checklistCauseSchema = z.enum([
  ...causeSchema.options,
  'not-assessed',
]);

export const checklistDecisionSchema = z.enum(['measured', 'attested', 'both']);

export const checklistRecordKindSchema = z.enum(['attestation', 'waiver']);

export const checklistRecordSchema = z.object({
  id: z.string(),
  item: z.string(),
  kind: checklistRecordKindSchema,
  reason: z.string(),
  link: z.string().optional(),
  expires: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
  revoked: z
    .object({ at: z.string(), by: z.string(), reason: z.string() })
    .optional(),
});

export const checklistItemSchema = z.object({
  id: z.string(),
  title: z.string(),
  decidedBy: checklistDecisionSchema,
  looksAt: z.string(),
  state: checklistStateSchema,
  cause: checklistCauseSchema.optional(),
  evidence: z.string(),
  reasons: z.array(reasonSchema),
  measured: checklistStateSchema.optional(),
  attestation: checklistRecordSchema.optional(),
  waiver: checklistRecordSchema.optional(),
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

export const readinessAnswerSchema = z.object({
  entityRef: z.string(),
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  counts: checklistCountsSchema,
  sections: z.array(checklistSectionSchema),
  history: z.array(checklistRecordSchema),
  may: z.object({ attest: z.boolean(), waive: z.boolean() }),
});

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

/**
 * The body of what is attested or waived. That the day is not over is checked when it is written.
 *
 * @public
 */
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

/**
 * The body of what takes a record back.
 *
 * @public
 */
export const revocationBodySchema = z.strictObject({ reason });
