import { z } from 'zod';
import { callConditionsSchema, callDecisionSchema } from './callDecision';
import { reasonSchema } from './common';

/** What a proxy looks at when a call comes, in this order. */
export const callStepSchema = z.enum([
  /** The TLS of the connection. */
  'connection',
  /** Rules that ask an external authorizer. */
  'custom',
  /** The tokens that the call carries. */
  'tokens',
  'audit',
  'deny',
  'allow',
]);

/** One thing that was looked at about a call. What comes after the step that decides was not. */
export const callCheckSchema = z.object({
  step: callStepSchema,
  /** depends: on what is not known of the call. skipped: this proxy cannot look at it, see the reason. */
  result: z.enum(['match', 'no-match', 'depends', 'skipped']),
  /** It is only tried: it decides nothing. */
  dryRun: z.boolean(),
  /** Index of the rule in the object that the reason names. */
  rule: z.number().optional(),
  reason: reasonSchema,
});

/** What a proxy does with a call, and why, in a word. */
export const callVerdictSchema = z.enum([
  'allow-matched',
  /** Nothing denies it, and no policy says who is allowed. */
  'no-allow-policy',
  'deny-matched',
  'no-allow-matched',
  /** An external authorizer would be asked that there is not, or beside others. */
  'custom-provider-unusable',
  'custom-denied',
  'token-rejected',
  /** Plaintext, where mutual TLS is needed. */
  'mtls-required',
  /** The client's trust domain is none of the mesh's. */
  'untrusted-client',
  /** Connections of this client cannot come about for another reason, see there. */
  'no-connection',
]);

/** What one proxy on the way of a call does with it. */
export const callHopSchema = z.object({
  /** `sidecar`, `ztunnel`, `waypoint shop/waypoint`, … */
  by: z.string(),
  /** As what the proxy treats the call. */
  layer: z.enum(['http', 'tcp']),
  /** Given where it does so only under conditions: the port's protocol is told by the first bytes. */
  when: callConditionsSchema.optional(),
  decision: callDecisionSchema,
  /** Absent where the decision depends on more than is known, or is unknown. */
  verdict: callVerdictSchema.optional(),
  /** The response code details that an access log of Envoy has for it. */
  details: z.string().optional(),
  /** External authorizers that are asked. */
  providers: z.array(z.string()),
  checks: z.array(callCheckSchema),
});

/** What becomes of a call, with everything that was looked at, in order. */
export const callEvaluationSchema = z.object({
  decision: callDecisionSchema,
  /** The proxies that decide, in the order in which the call meets them. Empty: none looks at it. */
  hops: z.array(callHopSchema),
});

export type CallStep = z.infer<typeof callStepSchema>;
export type CallCheck = z.infer<typeof callCheckSchema>;
export type CallVerdict = z.infer<typeof callVerdictSchema>;
export type CallHop = z.infer<typeof callHopSchema>;
export type CallEvaluation = z.infer<typeof callEvaluationSchema>;
