import {
  MAX_SPANS,
  Trace,
  TraceProcess,
  TraceService,
  TraceSpan,
  TraceSummary,
} from '../contract/traces';
import { criticalPath, CriticalSection } from './criticalPath';
import { hasFailed } from './failure';
import { StoredSpan, StoredTrace } from './model';
import { proxyTime } from './proxyTime';
import { placeOf, roleOf } from './reporters/reporters';
import { buildSpanTree, depthFirst, SpanNode } from './tree';

/**
 * Whether a span is shown to a reader, and as a part of which entity.
 *
 * @public
 */
export type ShownSpan = (
  span: StoredSpan,
) => { shown: false } | { shown: true; entityRef?: string };

/**
 * What a view of a trace is made with.
 *
 * @public
 */
export interface Options {
  trace: StoredTrace;
  /** The name of its store. */
  store: string;
  shown: ShownSpan;
}

/** The processes of a trace as a reader may see them. Hidden ones are told apart, but not described. */
class ProcessTable {
  readonly all: TraceProcess[] = [];
  readonly #shown: ShownSpan;
  readonly #indexes = new Map<string, number>();

  constructor(shown: ShownSpan) {
    this.#shown = shown;
  }

  indexOf(span: StoredSpan): number {
    const place = placeOf(span);
    const answer = this.#shown(span);
    const key = JSON.stringify([span.process, place, answer]);
    const known = this.#indexes.get(key);
    if (known !== undefined) {
      return known;
    }
    this.#indexes.set(key, this.all.length);
    this.all.push(
      answer.shown
        ? {
            service: span.process.service,
            ...(answer.entityRef && { entityRef: answer.entityRef }),
            ...(place && { namespace: place.namespace }),
            ...(place?.pod !== undefined && { pod: place.pod }),
            attributes: span.process.attributes,
          }
        : { attributes: {} },
    );
    return this.all.length - 1;
  }
}

/**
 * What a list says of a trace; the trace has spans.
 *
 * @public
 */
export function summarizeTrace({ trace, store, shown }: Options): TraceSummary {
  const [root] = buildSpanTree(trace.spans);
  const startUs = startOf(trace);
  const services = new Map<string, TraceService>();
  let hiddenSpans = 0;
  for (const span of trace.spans) {
    const answer = shown(span);
    if (answer.shown) {
      countSpan(services, span, answer.entityRef);
    } else {
      hiddenSpans += 1;
    }
  }
  return {
    traceId: trace.id,
    store,
    startedAt: new Date(startUs / 1_000).toISOString(),
    durationUs: endOf(trace) - startUs,
    ...(root &&
      shown(root.span).shown && {
        root: { service: root.span.process.service, name: root.span.name },
      }),
    spans: trace.spans.length,
    failed: trace.spans.filter(hasFailed).length,
    services: [...services.values()].sort(
      (a, b) => b.spans - a.spans || a.name.localeCompare(b.name),
    ),
    hiddenSpans,
  };
}

/**
 * A trace as it is drawn: its spans in the order of the tree, with what the tree says of each.
 *
 * @public
 */
export function traceView(options: Options & { link?: string }): Trace {
  const { trace, shown, link } = options;
  const roots = buildSpanTree(trace.spans);
  const paths = roots.map(criticalPath);
  const critical = byNode(paths.flat());
  const descendants = countDescendants(roots);
  const startUs = startOf(trace);
  const processes = new ProcessTable(shown);
  const rows: TraceSpan[] = [];
  for (const { node, level } of depthFirst(roots)) {
    if (rows.length === MAX_SPANS) {
      break;
    }
    rows.push({
      ...rowOf(node, startUs, shown(node.span).shown),
      level,
      descendants: descendants.get(node) ?? 0,
      process: processes.indexOf(node.span),
      critical: (critical.get(node) ?? []).map(section => ({
        offsetUs: section.startUs - startUs,
        durationUs: section.endUs - section.startUs,
      })),
    });
  }
  return {
    ...summarizeTrace(options),
    ...(link !== undefined && { link }),
    rows: rows.map((row, index) => ({
      ...row,
      // Rows that are not sent cannot be collapsed.
      descendants: Math.min(row.descendants, rows.length - index - 1),
    })),
    omittedSpans: trace.spans.length - rows.length,
    processes: processes.all,
    proxyTime: proxyTime(paths.flat()),
    warnings: [...trace.warnings],
  };
}

function rowOf(
  { span, isOrphan, skewUs }: SpanNode,
  traceStartUs: number,
  isShown: boolean,
): Omit<TraceSpan, 'level' | 'descendants' | 'process' | 'critical'> {
  return {
    id: span.id,
    isOrphan,
    role: roleOf(span),
    ...(isShown && { name: span.name }),
    kind: span.kind,
    offsetUs: span.startUs - traceStartUs,
    durationUs: span.durationUs,
    skewUs,
    failed: hasFailed(span),
    attributes: isShown ? span.attributes : {},
    events: isShown
      ? span.events.map(({ timeUs, attributes }) => ({
          offsetUs: timeUs - traceStartUs,
          attributes,
        }))
      : [],
    warnings: isShown ? [...span.warnings] : [],
  };
}

function countSpan(
  services: Map<string, TraceService>,
  span: StoredSpan,
  entityRef: string | undefined,
): void {
  const name = span.process.service;
  const role = roleOf(span);
  const key = JSON.stringify([name, role, entityRef]);
  const service = services.get(key) ?? {
    name,
    role,
    spans: 0,
    failed: 0,
    ...(entityRef && { entityRef }),
  };
  service.spans += 1;
  service.failed += hasFailed(span) ? 1 : 0;
  services.set(key, service);
}

function countDescendants(roots: readonly SpanNode[]): Map<SpanNode, number> {
  const counts = new Map<SpanNode, number>();
  for (const { node } of [...depthFirst(roots)].reverse()) {
    counts.set(
      node,
      node.children.reduce(
        (sum, child) => sum + 1 + (counts.get(child) ?? 0),
        0,
      ),
    );
  }
  return counts;
}

function byNode(
  sections: readonly CriticalSection[],
): Map<SpanNode, CriticalSection[]> {
  const found = new Map<SpanNode, CriticalSection[]>();
  for (const section of sections) {
    const known = found.get(section.node);
    if (known) {
      known.push(section);
    } else {
      found.set(section.node, [section]);
    }
  }
  return found;
}

function startOf({ spans }: StoredTrace): number {
  return spans.reduce((min, { startUs }) => Math.min(min, startUs), Infinity);
}

function endOf({ spans }: StoredTrace): number {
  return spans.reduce(
    (max, { startUs, durationUs }) => Math.max(max, startUs + durationUs),
    -Infinity,
  );
}
