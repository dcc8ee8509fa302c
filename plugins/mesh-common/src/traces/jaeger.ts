import { z } from 'zod';
import { fieldPath } from '../kubernetes/parse';
import {
  Attributes,
  AttributeValue,
  normalSpanId,
  normalTraceId,
  SpanKind,
  SpanProcess,
  StoredSpan,
  StoredTrace,
  TracePayloadError,
} from './model';

const traceIdSchema = idSchema(normalTraceId, 'a trace id of 1 to 32');
const spanIdSchema = idSchema(normalSpanId, 'a span id of 1 to 16');

const tagSchema = z.object({
  key: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
});

const tagsSchema = z.array(tagSchema).nullish();

const spanSchema = z.object({
  traceID: traceIdSchema,
  spanID: spanIdSchema,
  /** Older than `references`. */
  parentSpanID: spanIdSchema.or(z.literal('')).optional(),
  operationName: z.string(),
  references: z
    .array(
      z.object({
        refType: z.string(),
        traceID: traceIdSchema,
        spanID: spanIdSchema,
      }),
    )
    .nullish(),
  startTime: z.number().int().nonnegative(),
  duration: z.number().nonnegative(),
  tags: tagsSchema,
  logs: z
    .array(z.object({ timestamp: z.number(), fields: tagsSchema }))
    .nullish(),
  processID: z.string().optional(),
  process: z.object({ serviceName: z.string(), tags: tagsSchema }).nullish(),
  warnings: z.array(z.string()).nullish(),
});

const traceSchema = z.object({
  traceID: traceIdSchema,
  spans: z.array(spanSchema),
  processes: z
    .record(z.string(), z.object({ serviceName: z.string(), tags: tagsSchema }))
    .nullish(),
  warnings: z.array(z.string()).nullish(),
});

const tracesSchema = z.object({ data: z.array(traceSchema) });

const namesSchema = z.object({ data: z.array(z.string()).nullable() });

const errorsSchema = z.object({
  errors: z.array(z.object({ msg: z.string() })).min(1),
});

const KINDS: Readonly<Record<string, SpanKind>> = {
  server: 'server',
  client: 'client',
  producer: 'producer',
  consumer: 'consumer',
  internal: 'internal',
};

/**
 * The traces of an answer of Jaeger's HTTP query API (`/api/traces`, `/api/traces/{id}`), whose form is that of
 * `model/json` in its source. Throws TracePayloadError where it is anything else.
 *
 * @public
 */
export function readJaegerTraces(body: unknown): StoredTrace[] {
  const { data } = parse(tracesSchema, body);
  return data.map((trace, index) => {
    const processes = new Map(
      Object.entries(trace.processes ?? {}).map(([id, process]) => [
        id,
        processOf(process),
      ]),
    );
    return {
      id: trace.traceID,
      spans: trace.spans.map((span, position) => {
        const process = span.process
          ? processOf(span.process)
          : processes.get(span.processID ?? '');
        if (!process) {
          throw new TracePayloadError(
            `data[${index}].spans[${position}].processID: there is no process ${JSON.stringify(
              span.processID ?? '',
            )} in data[${index}].processes`,
          );
        }
        return spanOf(span, process);
      }),
      warnings: trace.warnings ?? [],
    };
  });
}

/**
 * The names of an answer of `/api/services`.
 *
 * @public
 */
export function readJaegerNames(body: unknown): string[] {
  return parse(namesSchema, body).data ?? [];
}

/**
 * What Jaeger says about a request that it did not answer.
 *
 * @public
 */
export function jaegerErrorText(body: unknown): string | undefined {
  const parsed = errorsSchema.safeParse(body);
  return parsed.success
    ? parsed.data.errors.map(({ msg }) => msg).join('; ')
    : undefined;
}

function spanOf(
  span: z.output<typeof spanSchema>,
  process: SpanProcess,
): StoredSpan {
  const { 'span.kind': kind, ...attributes } = attributesOf(span.tags);
  const parentId = parentOf(span);
  return {
    id: span.spanID,
    ...(parentId !== undefined && { parentId }),
    name: span.operationName,
    kind: KINDS[String(kind)] ?? 'unspecified',
    startUs: span.startTime,
    durationUs: span.duration,
    process,
    attributes,
    events: (span.logs ?? []).map(({ timestamp, fields }) => ({
      timeUs: timestamp,
      attributes: attributesOf(fields),
    })),
    warnings: span.warnings ?? [],
  };
}

/** Jaeger's own rule: the first CHILD_OF, else the first reference within the trace. */
function parentOf({
  traceID,
  references,
  parentSpanID,
}: z.output<typeof spanSchema>): string | undefined {
  const within = (references ?? []).filter(one => one.traceID === traceID);
  const found =
    within.find(({ refType }) => refType === 'CHILD_OF') ?? within.at(0);
  return found?.spanID ?? (parentSpanID || undefined);
}

function processOf(process: {
  serviceName: string;
  tags?: z.output<typeof tagsSchema>;
}): SpanProcess {
  return {
    service: process.serviceName,
    attributes: attributesOf(process.tags),
  };
}

function attributesOf(tags: z.output<typeof tagsSchema>): Attributes {
  // Without a prototype a tag may have any name.
  const attributes: Record<string, AttributeValue> = Object.create(null);
  for (const { key, value } of tags ?? []) {
    attributes[key] = value;
  }
  return { ...attributes };
}

function idSchema(
  normal: (id: string) => string | undefined,
  expected: string,
) {
  return z.string().transform((text, context) => {
    const id = normal(text);
    if (id === undefined) {
      context.addIssue({
        code: 'custom',
        message: `expected ${expected} hexadecimal digits`,
      });
      return z.NEVER;
    }
    return id;
  });
}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  throw new TracePayloadError(
    `${fieldPath(issue.path) || 'the answer'}: ${issue.message.replace(
      /^Invalid input: /,
      '',
    )}`,
  );
}
