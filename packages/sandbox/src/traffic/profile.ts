import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { parseDuration } from '../prometheus/promql/duration';

const workloadSchema = z.strictObject({
  namespace: z.string(),
  deployment: z.string(),
});

export type WorkloadRef = z.infer<typeof workloadSchema>;

const requestSchema = z.strictObject({
  share: z.number().positive().default(1),
  method: z.string(),
  path: z.string().startsWith('/'),
  headers: z.record(z.string(), z.string()).default({}),
});

export type RequestShape = z.infer<typeof requestSchema>;

const durationSchema = z.string().transform((text, context) => {
  const duration = parseDuration(text);
  if (!duration) {
    context.addIssue(`must be a duration such as 20ms, not "${text}"`);
    return z.NEVER;
  }
  return duration;
});

const callSchema = z.strictObject({
  from: workloadSchema,
  to: z
    .string()
    .regex(
      /^(?:http|grpc|tcp):\/\/[a-z0-9.-]+(?::\d+)?$/,
      'must be http://, grpc:// or tcp:// with host and port',
    ),
  rate: z.number().nonnegative(),
  requests: z.array(requestSchema).default([]),
});

export type Call = z.infer<typeof callSchema>;

const serverSchema = z.strictObject({
  workload: workloadSchema,
  latency: z.strictObject({ p50: durationSchema, p99: durationSchema }),
  errors: z
    .strictObject({
      percent: z.number().min(0).max(100),
      code: z.number().int().min(400).max(599),
    })
    .optional(),
});

export type ServerBehaviour = z.infer<typeof serverSchema>;

const profileSchema = z.strictObject({
  calls: z.array(callSchema),
  servers: z.array(serverSchema).default([]),
});

/** Who calls whom on a cluster, how often, and how the servers answer. */
export type TrafficProfile = z.infer<typeof profileSchema>;

/** Reads a traffic file; the error names the file and the field. */
export async function readProfile(file: string): Promise<TrafficProfile> {
  const label = path.join(
    path.basename(path.dirname(file)),
    path.basename(file),
  );
  const document = parseDocument(await readFile(file, 'utf8'));
  const [error] = document.errors;
  if (error) {
    throw new Error(`${label}: ${error.message.split('\n')[0]}`);
  }
  const parsed = profileSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const [{ path: field, message }] = parsed.error.issues;
    throw new Error(`${label}: ${field.join('.')}: ${message}`);
  }
  return parsed.data;
}
