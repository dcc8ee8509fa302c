import { clockSkew, hasOtherClock } from './clockSkew';
import { SpanProcess, StoredSpan } from './model';

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
  const byId = nodesById(nodes);
  const parents = new Map<SpanNode, SpanNode>();
  const roots: SpanNode[] = [];
  for (const node of nodes) {
    const parent = parentOf(node, byId);
    if (parent) {
      parents.set(node, parent);
    } else {
      node.isOrphan = node.span.parentId !== undefined;
      roots.push(node);
    }
  }
  for (const node of circleStarts(nodes, parents)) {
    parents.delete(node);
    node.isOrphan = true;
    roots.push(node);
  }
  for (const node of [...nodes].sort(byStart)) {
    const parent = parents.get(node);
    if (parent) {
      parent.children.push(node);
      node.skewUs = hasOtherClock(node.span, parent.span)
        ? clockSkew(node.span, parent.span)
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

/** The spans of one id. Several only where a client and a server share it, or where a store has it twice. */
interface SameId {
  first: SpanNode;
  firstClient?: SpanNode;
  firstServer?: SpanNode;
  firstOfProcess: Map<SpanProcess, SpanNode>;
}

function nodesById(nodes: readonly SpanNode[]): ReadonlyMap<string, SameId> {
  const byId = new Map<string, SameId>();
  for (const node of nodes) {
    const { id, kind, process } = node.span;
    let same = byId.get(id);
    if (!same) {
      same = { first: node, firstOfProcess: new Map() };
      byId.set(id, same);
    }
    if (kind === 'client') {
      same.firstClient ??= node;
    }
    if (kind === 'server') {
      same.firstServer ??= node;
    }
    if (!same.firstOfProcess.has(process)) {
      same.firstOfProcess.set(process, node);
    }
  }
  return byId;
}

function parentOf(
  { span: { id, parentId, kind, process } }: SpanNode,
  byId: ReadonlyMap<string, SameId>,
): SpanNode | undefined {
  const client = kind === 'server' ? byId.get(id)?.firstClient : undefined;
  if (client) {
    return client;
  }
  if (parentId === undefined || parentId === id) {
    return undefined;
  }
  const candidates = byId.get(parentId);
  return (
    candidates?.firstOfProcess.get(process) ??
    candidates?.firstServer ??
    candidates?.first
  );
}

/** Spans whose parents lead in a circle are reached from no root. The first span of those begins a tree, and so on. */
function circleStarts(
  nodes: readonly SpanNode[],
  parents: ReadonlyMap<SpanNode, SpanNode>,
): SpanNode[] {
  const children = new Map<SpanNode, SpanNode[]>();
  for (const [node, parent] of parents) {
    const siblings = children.get(parent);
    if (siblings) {
      siblings.push(node);
    } else {
      children.set(parent, [node]);
    }
  }
  const reached = new Set<SpanNode>();
  const reach = (from: readonly SpanNode[]) => {
    const stack = [...from];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (!reached.has(node)) {
        reached.add(node);
        children.get(node)?.forEach(child => stack.push(child));
      }
    }
  };
  reach(nodes.filter(node => !parents.has(node)));
  const starts: SpanNode[] = [];
  for (const node of [...nodes].sort(byStart)) {
    if (!reached.has(node)) {
      starts.push(node);
      reach([node]);
    }
  }
  return starts;
}

function byStart(a: SpanNode, b: SpanNode): number {
  return (
    a.span.startUs - b.span.startUs ||
    b.span.durationUs - a.span.durationUs ||
    a.span.id.localeCompare(b.span.id)
  );
}
