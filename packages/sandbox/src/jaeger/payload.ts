import { clockSkew, goDuration } from './clockSkew';
import type { AttributeValue, Attributes, Span, Trace } from './span';

interface KeyValue {
  key: string;
  type: string;
  value: AttributeValue;
}

/**
 * A trace as Jaeger's query API writes it. What OTLP has in fields of its own Jaeger keeps in tags: `span.kind`,
 * `otel.status_code` and `error`, `otel.scope.name`; an event's name is the field `event`.
 * Upstream: internal/uimodel/converter/v1/json, and the translator from OTLP.
 */
export function tracePayload({ id, spans }: Trace): object {
  const byId = new Map(spans.map(span => [span.id, span]));
  const processes = new Map<string, { id: string; body: object }>();
  const processOf = ({ service, attributes }: Span['reporter']) => {
    const body = { serviceName: service, tags: keyValues(attributes) };
    const text = JSON.stringify(body);
    const known = processes.get(text);
    const process = known ?? { id: `p${processes.size + 1}`, body };
    processes.set(text, process);
    return process.id;
  };
  return {
    traceID: id,
    spans: spans.map(span => ({
      traceID: id,
      spanID: span.id,
      operationName: span.name,
      references:
        span.parentId === undefined
          ? []
          : [{ refType: 'CHILD_OF', traceID: id, spanID: span.parentId }],
      startTime: span.start,
      duration: span.duration,
      tags: keyValues(tagsOf(span)),
      logs: span.events.map(({ time, name, attributes }) => ({
        timestamp: time,
        fields: keyValues({ event: name, ...attributes }),
      })),
      processID: processOf(span.reporter),
      warnings: warningsOf(span, byId),
    })),
    processes: Object.fromEntries(
      [...processes.values()].map(process => [process.id, process.body]),
    ),
    warnings: null,
  };
}

/** Jaeger 1 adjusts no clocks unless it is told to, and says what it would have done. */
function warningsOf(
  span: Span,
  byId: ReadonlyMap<string, Span>,
): string[] | null {
  const parent = byId.get(span.parentId ?? '');
  const skew = parent ? clockSkew(span, parent) : 0;
  return skew === 0
    ? null
    : [
        `clock skew adjustment disabled; not applying calculated delta of ${goDuration(
          skew,
        )}`,
      ];
}

/** The tags by which a span is found. */
export function tagsOf({ attributes, kind, failed, scope }: Span): Attributes {
  return {
    ...(scope !== undefined && { 'otel.scope.name': scope }),
    ...attributes,
    'span.kind': kind,
    ...(failed && { 'otel.status_code': 'ERROR', error: true }),
  };
}

function keyValues(attributes: Attributes): KeyValue[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    type: typeOf(value),
    value,
  }));
}

function typeOf(value: AttributeValue): string {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'int64' : 'float64';
  }
  return typeof value === 'boolean' ? 'bool' : 'string';
}
