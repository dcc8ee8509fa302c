import { z } from 'zod';
import {
  answerSchema,
  clusterListProblemSchema,
  clusterStateSchema,
  meshIdSchema,
  reasonSchema,
  workloadRefSchema,
} from './common';
import { clientClassSchema, clientSourceSchema } from './mtls';

/** One condition on a call. Values are written as the mesh's policies write them. */
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
    /** An external authorizer that is asked. */
    'provider',
    /** An attribute of the proxy that is not modelled. */
    'other',
  ]),
  /** Of the header, query parameter, claim or attribute. */
  name: z.string().optional(),
  operator: z.enum(['in', 'not-in']),
  values: z.array(z.string()),
  /** Values that the reader may not see: they are counted, not named. */
  hidden: z.number().optional(),
});

/** Alternatives; all conditions of one must hold. An alternative without conditions is always met. */
export const callConditionsSchema = z.array(z.array(callConditionSchema));

/** depends: on the request, as `allowedWhen` and `deniedWhen` say. */
export const callValueSchema = z.enum([
  'allowed',
  'denied',
  'depends',
  'unknown',
]);

export const callDecisionSchema = answerSchema(callValueSchema).extend({
  /** With `depends`: what lets a call in that nothing denies. Empty: every such call. */
  allowedWhen: callConditionsSchema,
  /** With `depends`: what is denied, whatever would allow it. */
  deniedWhen: callConditionsSchema,
});

/** One rule about who may call, as it is written, in the order in which the mesh looks at rules. */
export const callRuleSchema = z.object({
  /** default: what holds where no other rule lets a call in. */
  effect: z.enum(['allow', 'deny', 'audit', 'custom', 'default']),
  /** The mesh's own word: `ALLOW`; `all-authenticated`. */
  term: z.string(),
  /** no-effect: it is about this port and decides nothing, see the reason. */
  state: z.enum(['enforced', 'dry-run', 'no-effect']),
  /** Which proxy looks at it, where there are several: `waypoint shop/waypoint`, `ztunnel`. */
  enforcedBy: z.string().optional(),
  /** Which callers it is about; empty: nobody. */
  from: callConditionsSchema,
  /** Which of their requests; empty: none. */
  requests: callConditionsSchema,
  reason: reasonSchema,
});

export const portDecisionSchema = z.object({
  port: z.number(),
  decision: callDecisionSchema,
});

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
  workloads: z.array(workloadCallersSchema),
});

export type CallCondition = z.infer<typeof callConditionSchema>;
export type CallConditions = z.infer<typeof callConditionsSchema>;
export type CallValue = z.infer<typeof callValueSchema>;
export type CallDecision = z.infer<typeof callDecisionSchema>;
export type CallRule = z.infer<typeof callRuleSchema>;
export type PortDecision = z.infer<typeof portDecisionSchema>;
export type PortCallRules = z.infer<typeof portRulesSchema>;
export type Caller = z.infer<typeof callerSchema>;
export type WorkloadCallers = z.infer<typeof workloadCallersSchema>;
export type CallersAnswer = z.infer<typeof callersAnswerSchema>;
