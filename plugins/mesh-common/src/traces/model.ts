/**
 * The value of a tag, whichever store it comes from. Binary values are texts in base64.
 *
 * @public
 */
export type AttributeValue = string | number | boolean;

/**
 * The attributes of a span, by name.
 *
 * @public
 */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/**
 * On which side of a call a span is.
 *
 * @public
 */
export type SpanKind =
  | 'server'
  | 'client'
  | 'producer'
  | 'consumer'
  | 'internal'
  | 'unspecified';

/**
 * Who reported spans: a service, and what describes its process.
 *
 * @public
 */
export interface SpanProcess {
  service: string;
  attributes: Attributes;
}

/**
 * Something that happened during a span.
 *
 * @public
 */
export interface SpanEvent {
  /** Microseconds since the epoch. */
  timeUs: number;
  attributes: Attributes;
}

/**
 * A span as a store has it: what readers of all payloads make.
 *
 * @public
 */
export interface StoredSpan {
  /** 16 lower-case hexadecimal digits. */
  id: string;
  parentId?: string;
  name: string;
  kind: SpanKind;
  /** Microseconds since the epoch, by the clock of its process. */
  startUs: number;
  durationUs: number;
  process: SpanProcess;
  attributes: Attributes;
  events: readonly SpanEvent[];
  /** What the store says is wrong with it. */
  warnings: readonly string[];
}

/**
 * A trace as a store has it, in no order.
 *
 * @public
 */
export interface StoredTrace {
  /** 32 lower-case hexadecimal digits. */
  id: string;
  spans: readonly StoredSpan[];
  warnings: readonly string[];
}

/**
 * A payload is not what the API of its store answers: names the place in it, and what is wrong there.
 *
 * @public
 */
export class TracePayloadError extends Error {
  readonly name = 'TracePayloadError';
}

const TRACE_ID = /^[0-9a-f]{1,32}$/;
const SPAN_ID = /^[0-9a-f]{1,16}$/;

/**
 * Stores leave leading zeros out, and some write upper case. Undefined where it is no trace id.
 *
 * @public
 */
export function normalTraceId(id: string): string | undefined {
  const lower = id.toLowerCase();
  return TRACE_ID.test(lower) ? lower.padStart(32, '0') : undefined;
}

/**
 * The same of a span id.
 *
 * @public
 */
export function normalSpanId(id: string): string | undefined {
  const lower = id.toLowerCase();
  return SPAN_ID.test(lower) ? lower.padStart(16, '0') : undefined;
}
