import { z } from 'zod';
import { portDecisionSchema } from './callDecision';
import {
  answerSchema,
  causeSchema,
  clusterListProblemSchema,
  clusterStateSchema,
  meshIdSchema,
  scopeLimitSchema,
  serviceRefSchema,
  workloadRefSchema,
} from './common';

/**
 * The values of {@link Accepts}, from best to worst.
 *
 * @public
 */
export const acceptsSchema = z.enum([
  'mtls-only',
  'mtls-or-plaintext',
  'plaintext-only',
  'own-tls',
  'nothing',
  'unknown',
]);

/**
 * The values of {@link Sends}.
 *
 * @public
 */
export const sendsSchema = z.enum(['mtls', 'plaintext', 'fails', 'unknown']);

/**
 * The values of {@link Verdict}, from best to worst.
 *
 * @public
 */
export const verdictSchema = z.enum([
  'protected',
  'mtls-in-use',
  'unknown',
  'in-part',
  'unprotected',
  'not-in-mesh',
]);

export const enrolmentModeSchema = z.enum([
  'sidecar',
  'native-sidecar',
  'ambient',
  'gateway',
  'waypoint',
  'none',
  'mixed',
  'unknown',
]);

export const enrolmentSchema = answerSchema(enrolmentModeSchema).extend({
  mesh: meshIdSchema.optional(),
  expected: answerSchema(enrolmentModeSchema).optional(),
  pods: z.object({
    total: z.number(),
    ready: z.number(),
    inMesh: z.number(),
  }),
});

export const portSchema = z.object({
  port: z.number(),
  name: z.string().optional(),
  protocol: z.string(),
  services: z.array(z.object({ service: serviceRefSchema, port: z.number() })),
  accepts: answerSchema(acceptsSchema).extend({
    term: z.string().optional(),
  }),
  verdict: answerSchema(verdictSchema),
});

export const clientSourceSchema = z.enum([
  'observed',
  'declared',
  'allowed',
  'class',
]);

/**
 * The values of {@link ClientClass}.
 *
 * @public
 */
export const clientClassSchema = z.enum([
  'same-namespace',
  'elsewhere-in-mesh',
  'outside-mesh',
]);

export const clientSchema = z.object({
  sources: z.array(clientSourceSchema),
  class: clientClassSchema.optional(),
  identity: z.string().optional(),
  workload: workloadRefSchema.optional(),
  entityRef: z.string().optional(),
  ports: z.array(
    z.object({ port: z.number(), sends: answerSchema(sendsSchema) }),
  ),
});

export const workloadMtlsSchema = z.object({
  workload: workloadRefSchema,
  enrolment: enrolmentSchema,
  identity: z.string().optional(),
  ports: z.array(portSchema),
  clients: z.array(clientSchema),
  hiddenClients: z.number(),
  verdict: answerSchema(verdictSchema),
});

export const mtlsAnswerSchema = z.object({
  entityRef: z.string(),
  verdict: answerSchema(verdictSchema),
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  scopeLimit: scopeLimitSchema,
  workloads: z.array(workloadMtlsSchema),
});

export const observedTrafficSchema = z.object({
  unit: z.enum(['requests', 'connections']),
  mtls: z.number(),
  plaintext: z.number(),
  unknown: z.number(),
});

export const observationSchema = z.object({
  state: z.enum(['measured', 'no-traffic', 'unknown']),
  cause: causeSchema.optional(),
  message: z.string().optional(),
  traffic: observedTrafficSchema.optional(),
});

export const observedCallerSchema = z.object({
  identity: z.string().optional(),
  workload: workloadRefSchema.optional(),
  entityRef: z.string().optional(),
  port: z.number().optional(),
  traffic: observedTrafficSchema,
  sends: answerSchema(sendsSchema).optional(),
  calls: z.array(portDecisionSchema).optional(),
});

export const observedWorkloadSchema = z.object({
  workload: workloadRefSchema,
  level: z.enum(['workload', 'port']),
  total: observationSchema,
  ports: z.array(
    z.object({ port: z.number(), observation: observationSchema }),
  ),
  callers: z.array(observedCallerSchema),
  hiddenCallers: z.number(),
  verdict: answerSchema(verdictSchema),
});

export const observedMtlsAnswerSchema = z.object({
  entityRef: z.string(),
  measuredAt: z.string(),
  windowSeconds: z.number(),
  workloads: z.array(observedWorkloadSchema),
  verdict: answerSchema(verdictSchema),
});
