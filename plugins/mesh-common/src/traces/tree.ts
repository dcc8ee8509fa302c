import { clockSkew, hasOtherClock } from './clockSkew';
import { StoredSpan } from './model';

/** A span in its place. */
export interface SpanNode {
  span: StoredSpan;
  children: SpanNode[];
  /** It names a parent that is not in the trace, or one that leads back to itself. */
  isOrphan: boolean;
  /** Microseconds by which its clock differs from that of its parent, as far as that shows. */
  skewUs: number;
}

/**
 * The spans of a trace as trees: several where the trace began more than once or lacks spans. Where a client and a
 * server share an id (as Zipkin's B3 allows), the server is below the client, and what both are said to have called
 * below the server.
 */
export function buildSpanTree(spans: readonly StoredSpan[]): SpanNode[] {
  const nodes = spans.map(
    (span): SpanNode => ({ span, children: [], isOrphan: false, skewUs: 0 }),
  );
  const byId = new Map<string, SpanNode[]>();
  for (const node of nodes) {
    byId.set(node.span.id, [...(byId.get(node.span.id) ?? []), node]);
  }
  const roots: SpanNode[] = [];
  for (const node of nodes) {
    const parent = parentOf(node, byId);
    if (parent) {
      parent.children.push(node);
    } else {
      node.isOrphan = node.span.parentId !== undefined;
      roots.push(node);
    }
  }
  cutCycles(nodes, roots);
  for (const { span, children } of nodes) {
    children.sort(byStart);
    for (const child of children) {
      child.skewUs = hasOtherClock(child.span, span)
        ? clockSkew(child.span, span)
        : 0;
    }
  }
  return roots.sort(byStart);
}

/** All nodes, each before its children. */
export function* depthFirst(
  roots: readonly SpanNode[],
): IterableIterator<{ node: SpanNode; level: number }> {
  const stack = [...roots].reverse().map(node => ({ node, level: 0 }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    yield next;
    const level = next.level + 1;
    for (const node of [...next.node.children].reverse()) {
      stack.push({ node, level });
    }
  }
}

function parentOf(
  node: SpanNode,
  byId: ReadonlyMap<string, readonly SpanNode[]>,
): SpanNode | undefined {
  const { id, parentId, kind } = node.span;
  const shared = (byId.get(id) ?? []).find(
    other => other !== node && other.span.kind === 'client',
  );
  if (shared && kind === 'server') {
    return shared;
  }
  if (parentId === undefined || parentId === id) {
    return undefined;
  }
  const candidates = byId.get(parentId) ?? [];
  return (
    candidates.find(({ span }) => span.process === node.span.process) ??
    candidates.find(({ span }) => span.kind === 'server') ??
    candidates.at(0)
  );
}

/** Spans that are reached from no root are in a circle: its first span becomes a root. */
function cutCycles(nodes: readonly SpanNode[], roots: SpanNode[]): void {
  const reached = new Set<SpanNode>();
  const reach = (from: readonly SpanNode[]) => {
    for (const { node } of depthFirst(from)) {
      reached.add(node);
    }
  };
  reach(roots);
  for (const node of [...nodes].sort(byStart)) {
    if (!reached.has(node)) {
      for (const other of nodes) {
        other.children = other.children.filter(child => child !== node);
      }
      node.isOrphan = true;
      roots.push(node);
      reach([node]);
    }
  }
}

function byStart(a: SpanNode, b: SpanNode): number {
  return (
    a.span.startUs - b.span.startUs ||
    b.span.durationUs - a.span.durationUs ||
    a.span.id.localeCompare(b.span.id)
  );
}
