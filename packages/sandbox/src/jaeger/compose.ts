import type { Pod } from '../world/coreKinds';
import {
  clientSpan,
  instrumentationOf,
  SCOPE,
  serverSpan,
} from './application';
import type { CallHops, Hop, Ring } from './hop';
import type { TracePlan } from './plan';
import { draw, drawCount, drawId, drawLatency, type Random } from './random';
import type { Span, SpanEvent, Trace } from './span';

/** No chain of requests of a shop is longer; a plan with a cycle ends here. */
const MAX_DEPTH = 8;
const MAX_REPEATS = 3;

/** A span around what is further inside. */
interface Layer extends Ring {
  scope?: string;
}

/** Microseconds that the clock of a pod's node is ahead. */
export type ClockOffset = (pod: Pod) => number;

interface Place {
  /** Microseconds since the epoch, by the true time. */
  time: number;
  parentId?: string;
  /** The calls that led here. */
  chain: readonly string[];
}

/** The trace of one request from outside: the same for the same plan and random numbers. */
export function composeTrace(options: {
  id: string;
  plan: TracePlan;
  root: CallHops;
  /** Microseconds since the epoch. */
  start: number;
  random: Random;
  offsetOf: ClockOffset;
}): Trace {
  const { id, plan, root, start, random, offsetOf } = options;
  const spans: Span[] = [];

  /** Sends a request over one of the hops; returns when the answer has come. */
  function send(call: CallHops, hops: readonly Hop[], place: Place): number {
    const hop = draw(random, hops, ({ rate }) => rate);
    if (!hop) {
      return place.time;
    }
    const layers = layersOf(hop, place.parentId !== undefined);
    let { time, parentId } = place;
    let pod: Pod = hop.client;
    const opened = layers.map(layer => {
      time += layer.pod === pod ? between(random, 40, 250) : network(random);
      pod = layer.pod;
      const span = { layer, id: drawId(random, 16), parentId, start: time };
      parentId = span.id;
      return span;
    });
    const work = drawLatency(random, hop.latency);
    let end = hop.server
      ? serve(hop.server, work, {
          time: hop.server === pod ? time : time + network(random),
          ...(parentId !== undefined && { parentId }),
          chain: [...place.chain, call.key],
        })
      : time + work;
    for (const span of opened.reverse()) {
      const { layer } = span;
      end += layer.pod === pod ? between(random, 30, 180) : network(random);
      pod = layer.pod;
      const offset = offsetOf(pod);
      spans.push({
        traceId: id,
        id: span.id,
        ...(span.parentId !== undefined && { parentId: span.parentId }),
        name: layer.name,
        kind: layer.kind,
        start: span.start + offset,
        duration: end - span.start,
        reporter: layer.reporter,
        ...(layer.scope !== undefined && { scope: layer.scope }),
        failed: layer.failed,
        attributes: layer.attributes,
        events:
          layer.scope !== undefined && layer.failed
            ? [exception(layer, end + offset - 5)]
            : [],
      });
    }
    return end;
  }

  /** What an application does: a part of its own work, its calls (some at the same time), the rest of its work. */
  function serve(pod: Pod, work: number, place: Place): number {
    let time = place.time + Math.round(work * 0.2);
    let done = time;
    if (place.chain.length < MAX_DEPTH) {
      for (const { call, hops, mean } of plan.callsOf(pod)) {
        const repeats = place.chain.includes(call.key)
          ? 0
          : Math.min(MAX_REPEATS, drawCount(random, mean));
        for (let index = 0; index < repeats; index += 1) {
          const waits = random.next() < 0.6;
          time = waits ? done + between(random, 50, 600) : time + 1;
          done = Math.max(done, send(call, hops, { ...place, time }));
        }
      }
    }
    return Math.max(place.time + work, done + Math.round(work * 0.1));
  }

  send(root, root.hops, { time: start, chain: [] });
  // As they arrive: who is called reports before who calls.
  return { id, spans };
}

/** The spans of a hop from the outermost to the innermost. Linkerd's proxies begin no trace, Istio's do. */
function layersOf(hop: Hop, inTrace: boolean): Layer[] {
  const { client, server, request, status, rings } = hop;
  const sender = instrumentationOf(client);
  const receiver = server && instrumentationOf(server);
  const layers: Layer[] = [...rings];
  if (sender) {
    layers.unshift({
      reporter: sender.reporter,
      pod: client,
      kind: 'client',
      scope: SCOPE,
      ...clientSpan(request, status),
    });
  }
  if (receiver && (inTrace || layers.length > 0)) {
    layers.push({
      reporter: receiver.reporter,
      pod: server,
      kind: 'server',
      scope: SCOPE,
      ...serverSpan(request, status),
    });
  }
  return layers;
}

function exception({ kind, attributes }: Layer, time: number): SpanEvent {
  const status =
    attributes['http.response.status_code'] ??
    attributes['rpc.grpc.status_code'] ??
    '';
  return {
    time,
    name: 'exception',
    attributes: {
      'exception.type': kind === 'server' ? 'Error' : 'HttpError',
      'exception.message':
        kind === 'server'
          ? 'The request could not be served'
          : `The request failed with status ${status}`,
    },
  };
}

/** Microseconds from one pod to another. */
function network(random: Random): number {
  return between(random, 150, 900);
}

function between(random: Random, from: number, to: number): number {
  return Math.round(from + random.next() * (to - from));
}
