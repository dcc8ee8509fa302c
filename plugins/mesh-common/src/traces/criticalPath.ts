import { SpanNode } from './tree';

/** A part of a span during which nothing else kept its root from ending. Microseconds since the epoch. */
export interface CriticalSection {
  node: SpanNode;
  startUs: number;
  endUs: number;
}

/**
 * The critical path of a trace: seen backwards from the end of its root, always the child that ended last, else the
 * span itself. Its sections follow each other without gaps and are as long as the root. What reaches beyond its parent
 * counts only within it. Upstream: CriticalPath of Jaeger's user interface.
 */
export function criticalPath(root: SpanNode): CriticalSection[] {
  const sections: CriticalSection[] = [];
  const { startUs, durationUs } = root.span;
  const stack = [{ node: root, from: startUs, to: startUs + durationUs }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, from } = next;
    let end = next.to;
    const add = (start: number) => {
      if (start < end) {
        sections.push({ node, startUs: start, endUs: end });
      }
    };
    for (const child of lastEndedFirst(node)) {
      const childStart = Math.max(from, child.span.startUs);
      const childEnd = Math.min(
        next.to,
        child.span.startUs + child.span.durationUs,
      );
      if (childEnd <= end && childStart < childEnd) {
        add(childEnd);
        stack.push({ node: child, from: childStart, to: childEnd });
        end = childStart;
      }
    }
    add(from);
  }
  return sections.sort((a, b) => a.startUs - b.startUs);
}

function lastEndedFirst({ children }: SpanNode): SpanNode[] {
  const endOf = ({ span }: SpanNode) => span.startUs + span.durationUs;
  return [...children].sort((a, b) => endOf(b) - endOf(a));
}
