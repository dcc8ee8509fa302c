import { CriticalSection } from './criticalPath';
import { roleOf } from './reporters/reporters';
import { SpanNode } from './tree';

/** How much of the critical path proxies took. */
export interface ProxyTime {
  /** Microseconds, with the network between the proxies. */
  durationUs: number;
  /** Proxy spans on the path of which it is known. */
  measured: number;
  /** Proxy spans whose next hop reported nothing: their own time cannot be told from that of what they called. */
  unmeasured: number;
}

/**
 * The time in proxies on the critical path. What a proxy span spent outside its children is its own only where the next
 * hop reports spans: an inbound proxy in front of an application without spans would else be blamed for all that the
 * application does.
 */
export function proxyTime(path: readonly CriticalSection[]): ProxyTime {
  const own = new Map<SpanNode, number>();
  for (const { node, startUs, endUs } of path) {
    if (roleOf(node.span) === 'proxy') {
      own.set(node, (own.get(node) ?? 0) + endUs - startUs);
    }
  }
  const measured = [...own].filter(([node]) => reportsNextHop(node));
  return {
    durationUs: measured.reduce((sum, [, duration]) => sum + duration, 0),
    measured: measured.length,
    unmeasured: own.size - measured.length,
  };
}

/**
 * In a sidecar the calls of an application without spans are children of the inbound span: they are of the same
 * process. An outbound span's next hop is the other side; an inbound one's is the application.
 */
function reportsNextHop({ span, children }: SpanNode): boolean {
  return children.some(child =>
    span.kind === 'client'
      ? child.span.process !== span.process
      : roleOf(child.span) === 'application' || isForwarding(child, span),
  );
}

/** A proxy that reports two spans for one request, one to each side. */
function isForwarding({ span }: SpanNode, outer: SpanNode['span']): boolean {
  return (
    span.kind === 'client' &&
    span.attributes.direction !== undefined &&
    span.attributes.direction === outer.attributes.direction
  );
}
