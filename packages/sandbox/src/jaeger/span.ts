export type AttributeValue = string | number | boolean;
export type Attributes = Readonly<Record<string, AttributeValue>>;

export type SpanKind = 'client' | 'server' | 'internal';

/** Who reports spans: the name of the service and the attributes of the resource. */
export interface Reporter {
  service: string;
  attributes: Attributes;
}

export interface SpanEvent {
  /** Microseconds since the epoch. */
  time: number;
  name: string;
  attributes: Attributes;
}

/** A span as its reporter sent it. */
export interface Span {
  traceId: string;
  id: string;
  parentId?: string;
  name: string;
  kind: SpanKind;
  /** Microseconds since the epoch, by the reporter's clock. */
  start: number;
  /** Microseconds. */
  duration: number;
  reporter: Reporter;
  /** The name of the instrumentation, where it gives one. */
  scope?: string;
  failed: boolean;
  attributes: Attributes;
  events: readonly SpanEvent[];
}

export interface Trace {
  id: string;
  spans: readonly Span[];
}
