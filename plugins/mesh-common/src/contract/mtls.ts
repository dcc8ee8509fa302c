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

/** What a workload accepts on a port (server side), whatever its clients do. */
export const acceptsSchema = z.enum([
  'mtls-only',
  'mtls-or-plaintext',
  'plaintext-only',
  /** TLS with a certificate of the workload's own; neither plaintext nor the mesh's. */
  'own-tls',
  'nothing',
  'unknown',
]);

/** What one client sends to one destination. */
export const sendsSchema = z.enum(['mtls', 'plaintext', 'fails', 'unknown']);

/** From best to worst, see `mesh/verdict.ts`. */
export const verdictSchema = z.enum([
  'protected',
  'mtls-in-use',
  'unknown',
  'in-part',
  'unprotected',
  'not-in-mesh',
]);

/**
 * How pods take part in a mesh. mixed: the pods of the workload differ. none: no proxy.
 */
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
  /** What the configuration asks for; differs from the value where pods were not restarted, or never injected. */
  expected: answerSchema(enrolmentModeSchema).optional(),
  pods: z.object({
    total: z.number(),
    ready: z.number(),
    /** Pods that run a proxy, or whose traffic is redirected to one. */
    inMesh: z.number(),
  }),
});

export const portSchema = z.object({
  /** The port of the container. */
  port: z.number(),
  name: z.string().optional(),
  /** How the mesh treats the port: `http`, `http2`, `grpc`, `tcp`, `opaque`, …; `detected` where it looks at the bytes. */
  protocol: z.string(),
  /** The Service ports that lead here. */
  services: z.array(z.object({ service: serviceRefSchema, port: z.number() })),
  accepts: answerSchema(acceptsSchema).extend({
    /** The mesh's own word: `STRICT`, `all-unauthenticated`. */
    term: z.string().optional(),
  }),
  verdict: answerSchema(verdictSchema),
});

/** Where a client is known from. */
export const clientSourceSchema = z.enum([
  /** It was seen calling. */
  'observed',
  /** The catalog says so: dependsOn, or an API that it consumes. */
  'declared',
  /** A rule that allows calls names its identity literally. */
  'allowed',
  /** It stands for everybody else of its class. */
  'class',
]);

/** The three classes that everybody else falls into. */
export const clientClassSchema = z.enum([
  'same-namespace',
  'elsewhere-in-mesh',
  'outside-mesh',
]);

export const clientSchema = z.object({
  sources: z.array(clientSourceSchema),
  class: clientClassSchema.optional(),
  /** Its workload identity in the words of the mesh: a SPIFFE id without scheme, or Linkerd's DNS name. */
  identity: z.string().optional(),
  workload: workloadRefSchema.optional(),
  entityRef: z.string().optional(),
  /** What it sends, by port of the destination. */
  ports: z.array(
    z.object({ port: z.number(), sends: answerSchema(sendsSchema) }),
  ),
});

export const workloadMtlsSchema = z.object({
  workload: workloadRefSchema,
  enrolment: enrolmentSchema,
  /** The identity that clients see, where the mesh gives one. */
  identity: z.string().optional(),
  ports: z.array(portSchema),
  clients: z.array(clientSchema),
  /** Clients that the reader may not see in the catalog; they are counted, not named. */
  hiddenClients: z.number(),
  verdict: answerSchema(verdictSchema),
});

/** GET /entities/:kind/:namespace/:name/mtls */
export const mtlsAnswerSchema = z.object({
  entityRef: z.string(),
  /** From configuration alone; the observations' answer may lower it. */
  verdict: answerSchema(verdictSchema),
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  scopeLimit: scopeLimitSchema,
  workloads: z.array(workloadMtlsSchema),
});

/** Requests (or, where the metric has only those, connections) in a window, by how they came. */
export const observedTrafficSchema = z.object({
  unit: z.enum(['requests', 'connections']),
  mtls: z.number(),
  plaintext: z.number(),
  /** Came in a way that the metric does not tell. */
  unknown: z.number(),
});

export const observationSchema = z.object({
  /** no-traffic: it was measured, and there was none. */
  state: z.enum(['measured', 'no-traffic', 'unknown']),
  /** Given with the state `unknown`. */
  cause: causeSchema.optional(),
  /** For people: which store, what it answered, what to configure. */
  message: z.string().optional(),
  traffic: observedTrafficSchema.optional(),
});

export const observedCallerSchema = z.object({
  identity: z.string().optional(),
  workload: workloadRefSchema.optional(),
  entityRef: z.string().optional(),
  /** Only where the metric tells the port. */
  port: z.number().optional(),
  traffic: observedTrafficSchema,
  /** What configuration says that it sends, where it is none of the clients of the configuration's answer. */
  sends: answerSchema(sendsSchema).optional(),
  /** Whether it may call, by port, where it is none of the callers of the configuration's answer. */
  calls: z.array(portDecisionSchema).optional(),
});

export const observedWorkloadSchema = z.object({
  workload: workloadRefSchema,
  /** Whether the metric tells ports apart. A figure of the workload is never copied to its ports. */
  level: z.enum(['workload', 'port']),
  total: observationSchema,
  /** With the level `port` only. */
  ports: z.array(
    z.object({ port: z.number(), observation: observationSchema }),
  ),
  callers: z.array(observedCallerSchema),
  /** Callers that the reader may not see in the catalog. */
  hiddenCallers: z.number(),
  verdict: answerSchema(verdictSchema),
});

/** GET /entities/:kind/:namespace/:name/mtls/observed */
export const observedMtlsAnswerSchema = z.object({
  entityRef: z.string(),
  /** RFC 3339: when the stores were asked. */
  measuredAt: z.string(),
  /** Length of the window in seconds. */
  windowSeconds: z.number(),
  workloads: z.array(observedWorkloadSchema),
  /** With what was seen: never better than the configuration's. */
  verdict: answerSchema(verdictSchema),
});

export type Accepts = z.infer<typeof acceptsSchema>;
export type Sends = z.infer<typeof sendsSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type EnrolmentMode = z.infer<typeof enrolmentModeSchema>;
export type Enrolment = z.infer<typeof enrolmentSchema>;
export type PortMtls = z.infer<typeof portSchema>;
export type ClientSource = z.infer<typeof clientSourceSchema>;
export type ClientClass = z.infer<typeof clientClassSchema>;
export type ClientMtls = z.infer<typeof clientSchema>;
export type WorkloadMtls = z.infer<typeof workloadMtlsSchema>;
export type MtlsAnswer = z.infer<typeof mtlsAnswerSchema>;
export type ObservedTraffic = z.infer<typeof observedTrafficSchema>;
export type Observation = z.infer<typeof observationSchema>;
export type ObservedCaller = z.infer<typeof observedCallerSchema>;
export type ObservedWorkload = z.infer<typeof observedWorkloadSchema>;
export type ObservedMtlsAnswer = z.infer<typeof observedMtlsAnswerSchema>;
