import type { Pod } from '../world/coreKinds';
import type { Latency } from '../traffic/latency';
import type { Request } from '../traffic/request';
import type { Attributes, Reporter, SpanKind } from './span';

/** A span that a proxy reports around everything further inside. */
export interface Ring {
  reporter: Reporter;
  /** The pod whose clock it goes by. */
  pod: Pod;
  name: string;
  kind: SpanKind;
  failed: boolean;
  attributes: Attributes;
}

/** What becomes of a kind of request between two pods, and which spans its proxies report of it. */
export interface Hop {
  request: Request;
  /** Requests per second. */
  rate: number;
  client: Pod;
  /** The pod whose application answers; undefined where a proxy answers before. */
  server?: Pod;
  /** HTTP status as the client sees it. */
  status: number;
  /** What the server needs by itself, or the proxy that answers. */
  latency: Latency;
  /** From the outermost (the client's) to the innermost. */
  rings: readonly Ring[];
}

/** The hops of one call of the traffic file. */
export interface CallHops {
  /** Names the call; the same as long as the traffic file has it. */
  key: string;
  from: { namespace: string; deployment: string };
  hops: readonly Hop[];
  /** The share of its requests of which a trace is kept, where they are not part of one already. */
  sampled: number;
}
