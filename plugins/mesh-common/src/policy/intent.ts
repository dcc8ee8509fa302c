import { z } from 'zod';
import { EnrolmentMode } from '../contract/mtls';
import { enrolmentModeSchema } from '../contract/schemas/mtls';

/**
 * How requests reach the service.
 *
 * @public
 */
export const policyProtocolSchema = z.enum(['http', 'grpc', 'tcp']);

/**
 * How requests reach the service.
 *
 * @public
 */
export type PolicyProtocol = 'http' | 'grpc' | 'tcp';

const MAX_CALLERS = 100;
const MAX_PROBES = 16;

function text(max: number) {
  return z.string().max(max, {
    error: ({ input }) =>
      `${String(input).length} characters, at most ${max} are allowed`,
  });
}

function matching(max: number, pattern: RegExp, expected: string) {
  return text(max).regex(pattern, {
    error: ({ input }) => `${JSON.stringify(input)} is not ${expected}`,
  });
}

/**
 * A name that a Service may have (RFC 1035 label).
 *
 * @public
 */
export const serviceNameSchema = matching(
  63,
  /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  'a name of a Service: lower case letters, digits and "-", with a letter first',
);

/**
 * A name that a namespace may have (RFC 1123 label).
 *
 * @public
 */
export const namespaceNameSchema = matching(
  63,
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  'a name of a namespace: lower case letters, digits and "-"',
);

/**
 * A name that a ServiceAccount may have (RFC 1123 subdomain).
 *
 * @public
 */
export const serviceAccountNameSchema = matching(
  253,
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  'a name of a service account: lower case letters, digits, "-" and "."',
);

/**
 * A port of TCP.
 *
 * @public
 */
export const portNumberSchema = z
  .int({
    error: ({ input }) =>
      `${JSON.stringify(input)} is no port: a port is a whole number`,
  })
  .refine(port => port >= 1 && port <= 65_535, {
    error: ({ input }) =>
      `there is no port ${input}: ports are numbers from 1 to 65535`,
  });

/**
 * The path of a probe, without query.
 *
 * @public
 */
export const probePathSchema = matching(
  1024,
  /^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/,
  'the path of a URL, with "/" first and without query',
);

/**
 * A duration that both meshes read: a whole number of milliseconds, seconds or minutes.
 *
 * @public
 */
export const policyDurationSchema = matching(
  10,
  /^[1-9][0-9]{0,6}(ms|s|m)$/,
  'a duration such as 500ms, 2s or 1m',
);

/**
 * A caller whose identity is known.
 *
 * @public
 */
export const policyCallerSchema = z.strictObject({
  /** The entity that it is, for people. */
  entityRef: text(300).optional(),
  namespace: namespaceNameSchema,
  serviceAccount: serviceAccountNameSchema,
  /** How its pods take part in the mesh; absent where there are none that tell. */
  modes: z.array(enrolmentModeSchema).optional(),
});

/**
 * A caller whose identity is known.
 *
 * @public
 */
export interface PolicyCaller {
  /** The entity that it is, for people. */
  entityRef?: string;
  namespace: string;
  serviceAccount: string;
  /** How its pods take part in the mesh; absent where there are none that tell. */
  modes?: EnrolmentMode[];
}

/**
 * What callers do when the service is slow or fails.
 *
 * @public
 */
export const resilienceSchema = z.strictObject({
  /** Until a request is given up, retries included. */
  timeout: policyDurationSchema.optional(),
  retries: z
    .strictObject({
      attempts: z.int().min(1).max(10),
      /** Until one try is given up. */
      perTryTimeout: policyDurationSchema.optional(),
      /**
       * Whether requests may be sent twice without harm. Only then are answers with an error retried; else
       * only what never reached the service.
       */
      idempotent: z.boolean().default(false),
    })
    .optional(),
  circuitBreaker: z
    .strictObject({
      /** Errors in a row after which an endpoint gets no more requests for a while. */
      consecutiveErrors: z.int().min(1).max(1000),
      /** How long, at first. */
      ejectionTime: policyDurationSchema.default('30s'),
    })
    .optional(),
  /** Connections that a client's proxy opens at most. */
  maxConnections: z.int().min(1).max(100_000).optional(),
});

/**
 * What callers do when the service is slow or fails.
 *
 * @public
 */
export interface Resilience {
  /** Until a request is given up, retries included. */
  timeout?: string;
  retries?: {
    attempts: number;
    /** Until one try is given up. */
    perTryTimeout?: string;
    /**
     * Whether requests may be sent twice without harm. Only then are answers with an error retried; else
     * only what never reached the service.
     */
    idempotent: boolean;
  };
  circuitBreaker?: {
    /** Errors in a row after which an endpoint gets no more requests for a while. */
    consecutiveErrors: number;
    /** How long, at first. */
    ejectionTime: string;
  };
  /** Connections that a client's proxy opens at most. */
  maxConnections?: number;
}

/**
 * What a new service wants from the mesh, whichever it is.
 *
 * @public
 */
export const policyIntentSchema = z.strictObject({
  name: serviceNameSchema,
  port: portNumberSchema,
  protocol: policyProtocolSchema.default('http'),
  /** Who may call it; nobody else may. */
  callers: z.array(policyCallerSchema).max(MAX_CALLERS).default([]),
  /** Paths of the kubelet's HTTP probes. */
  probes: z.array(probePathSchema).max(MAX_PROBES).default([]),
  resilience: resilienceSchema.prefault({}),
});

/**
 * What a new service wants from the mesh, whichever it is.
 *
 * @public
 */
export interface PolicyIntent {
  name: string;
  port: number;
  protocol: PolicyProtocol;
  /** Who may call it; nobody else may. */
  callers: PolicyCaller[];
  /** Paths of the kubelet's HTTP probes. */
  probes: string[];
  resilience: Resilience;
}

/**
 * A duration of an intent in milliseconds.
 *
 * @public
 */
export function durationMs(duration: string): number {
  const [, amount, unit] = /^(\d+)(ms|s|m)$/.exec(duration) ?? [];
  return (
    Number(amount) * { ms: 1, s: 1000, m: 60_000 }[unit as 'ms' | 's' | 'm']
  );
}
