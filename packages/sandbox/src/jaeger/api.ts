import type { Answer } from '../http/loopbackServer';
import type { Now } from '../world/clock';
import { BadParameter, readTraceQuery, type TraceQuery } from './parameters';
import { tagsOf, tracePayload } from './payload';
import type { Attributes, Span, Trace } from './span';
import { RETENTION, startOf, type TraceSource } from './traceModel';

/** How many of the youngest traces say which services and operations there are. */
const SEEN = 500;

/** The answer of Jaeger's query API to a path; undefined where it has no such path. */
export function answer(
  source: TraceSource,
  path: string,
  parameters: URLSearchParams,
  now: Now,
): Answer | undefined {
  try {
    return answerOf(source, path, parameters, now());
  } catch (error) {
    if (error instanceof BadParameter) {
      return failure(400, error.message);
    }
    throw error;
  }
}

/** Jaeger's form of an error: JSON that is called plain text. */
export function failure(code: number, msg: string): Answer {
  const body = { ...structured(null), errors: [{ code, msg }] };
  return {
    status: code,
    body: `${JSON.stringify(body)}
`,
  };
}

function answerOf(
  source: TraceSource,
  path: string,
  parameters: URLSearchParams,
  now: number,
): Answer | undefined {
  const [, service] = /^\/api\/services\/([^/]+)\/operations$/.exec(path) ?? [];
  const [, traceId] = /^\/api\/traces\/([^/]+)$/.exec(path) ?? [];
  if (service !== undefined) {
    const names = operations(source, decodeURIComponent(service), '', now);
    return list([...new Set(names.map(({ name }) => name))].sort());
  }
  if (traceId !== undefined) {
    return traceAnswer(source, decodeURIComponent(traceId));
  }
  switch (path) {
    case '/api/services':
      return list(services(source, now));
    case '/api/operations': {
      const asked = parameters.get('service') ?? '';
      if (asked === '') {
        throw new BadParameter("parameter 'service' is required");
      }
      return list(
        operations(source, asked, parameters.get('spanKind') ?? '', now),
      );
    }
    case '/api/traces': {
      const query = readTraceQuery(parameters, now);
      return { status: 200, body: structured(search(source, query)) };
    }
    default:
      return undefined;
  }
}

function traceAnswer(source: TraceSource, id: string): Answer {
  if (!/^[0-9a-fA-F]{1,32}$/.test(id)) {
    throw new BadParameter(
      id.length > 32
        ? `TraceID cannot be longer than 32 hex characters: ${id}`
        : `strconv.ParseUint: parsing ${JSON.stringify(id)}: invalid syntax`,
    );
  }
  const trace = source.get(id.toLowerCase().padStart(32, '0'));
  return trace
    ? { status: 200, body: structured([tracePayload(trace)]) }
    : failure(404, 'trace not found');
}

function search(source: TraceSource, query: TraceQuery): object[] {
  const found: object[] = [];
  for (const trace of source.between(query.start, query.end)) {
    if (found.length >= query.limit) {
      break;
    }
    if (trace.spans.some(span => matches(span, query))) {
      found.push(tracePayload(trace));
    }
  }
  return found;
}

/** One span must meet all that is asked. */
function matches(span: Span, query: TraceQuery): boolean {
  return (
    span.reporter.service === query.service &&
    (query.operation === undefined || span.name === query.operation) &&
    span.duration >= query.minDuration &&
    span.duration <= query.maxDuration &&
    Object.entries(query.tags).every(([key, value]) =>
      [
        tagsOf(span),
        span.reporter.attributes,
        ...span.events.map(event => event.attributes),
      ].some((attributes: Attributes) => String(attributes[key]) === value),
    )
  );
}

function services(source: TraceSource, now: number): string[] {
  const names = new Set<string>();
  for (const span of recentSpans(source, now)) {
    names.add(span.reporter.service);
  }
  return [...names].sort();
}

function operations(
  source: TraceSource,
  service: string,
  kind: string,
  now: number,
): { name: string; spanKind: string }[] {
  const found = new Map<string, { name: string; spanKind: string }>();
  for (const span of recentSpans(source, now)) {
    if (
      span.reporter.service === service &&
      (kind === '' || span.kind === kind)
    ) {
      found.set(`${span.kind} ${span.name}`, {
        name: span.name,
        spanKind: span.kind,
      });
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      a.name.localeCompare(b.name) || a.spanKind.localeCompare(b.spanKind),
  );
}

function* recentSpans(source: TraceSource, now: number): Iterable<Span> {
  let seen = 0;
  for (const { spans } of source.between(now - RETENTION, now)) {
    yield* spans;
    seen += 1;
    if (seen >= SEEN) {
      return;
    }
  }
}

/** Several sources as one, still the youngest first. */
export function mergeSources(sources: readonly TraceSource[]): TraceSource {
  return {
    *between(start, end) {
      const iterators = sources.map(source =>
        source.between(start, end)[Symbol.iterator](),
      );
      const heads = iterators.map(iterator => headOf(iterator));
      for (;;) {
        const youngest = heads.reduce<number | undefined>(
          (best, head, index) =>
            head &&
            (best === undefined || head.start > (heads[best]?.start ?? 0))
              ? index
              : best,
          undefined,
        );
        const head = youngest === undefined ? undefined : heads[youngest];
        if (youngest === undefined || !head) {
          return;
        }
        yield head.trace;
        heads[youngest] = headOf(iterators[youngest]);
      }
    },
    get(id) {
      for (const source of sources) {
        const trace = source.get(id);
        if (trace) {
          return trace;
        }
      }
      return undefined;
    },
  };
}

function headOf(
  iterator: Iterator<Trace>,
): { trace: Trace; start: number } | undefined {
  const { done, value } = iterator.next();
  return done ? undefined : { trace: value, start: startOf(value) };
}

function list(data: unknown[]): Answer {
  return {
    status: 200,
    body: {
      ...structured(data.length > 0 ? data : null),
      total: data.length,
    },
  };
}

function structured(data: unknown): object {
  return { data, total: 0, limit: 0, offset: 0, errors: null };
}
