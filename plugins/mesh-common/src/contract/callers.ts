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
  /**
   * Whether it runs here. no-pods: its workload has none now. no-workload: nothing of it is on this cluster,
   * so that its identity is known only where a rule names it.
   */
  presence: z.enum(['running', 'no-pods', 'no-workload']),
  ports: z.array(portDecisionSchema),
});

export const workloadCallersSchema = z.object({
  workload: workloadRefSchema,
  mesh: meshIdSchema.optional(),
  ports: z.array(portRulesSchema),
  callers: z.array(callerSchema),
  /** Callers that the reader may not see in the catalog; they are counted, not named. */
  hiddenCallers: z.number(),
});

/** GET /entities/:kind/:namespace/:name/callers */
export const callersAnswerSchema = z.object({
  entityRef: z.string(),
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  scopeLimit: scopeLimitSchema,
  workloads: z.array(workloadCallersSchema),
});

export type PortCallRules = z.infer<typeof portRulesSchema>;
export type Caller = z.infer<typeof callerSchema>;
export type WorkloadCallers = z.infer<typeof workloadCallersSchema>;
export type CallersAnswer = z.infer<typeof callersAnswerSchema>;
