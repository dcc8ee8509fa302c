import { z } from 'zod';
import { answerSchema, reasonSchema } from './common';

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

export type CallCondition = z.infer<typeof callConditionSchema>;
export type CallConditions = z.infer<typeof callConditionsSchema>;
export type CallValue = z.infer<typeof callValueSchema>;
export type CallDecision = z.infer<typeof callDecisionSchema>;
export type CallRule = z.infer<typeof callRuleSchema>;
export type PortDecision = z.infer<typeof portDecisionSchema>;
