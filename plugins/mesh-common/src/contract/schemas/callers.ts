import { z } from 'zod';
import { callRuleSchema, portDecisionSchema } from './callDecision';
import {
  clusterListProblemSchema,
  clusterStateSchema,
  meshIdSchema,
  scopeLimitSchema,
  workloadRefSchema,
} from './common';
import { clientClassSchema, clientSourceSchema } from './mtls';

export const portRulesSchema = z.object({
  port: z.number(),
  name: z.string().optional(),
  protocol: z.string(),
  rules: z.array(callRuleSchema),
});

export const callerSchema = z.object({
  sources: z.array(clientSourceSchema),
  class: clientClassSchema.optional(),
  identity: z.string().optional(),
  workload: workloadRefSchema.optional(),
  entityRef: z.string().optional(),
  presence: z.enum(['running', 'no-pods', 'no-workload']),
  ports: z.array(portDecisionSchema),
});

export const workloadCallersSchema = z.object({
  workload: workloadRefSchema,
  mesh: meshIdSchema.optional(),
  ports: z.array(portRulesSchema),
  callers: z.array(callerSchema),
  hiddenCallers: z.number(),
});

export const callersAnswerSchema = z.object({
  entityRef: z.string(),
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  scopeLimit: scopeLimitSchema,
  workloads: z.array(workloadCallersSchema),
});
