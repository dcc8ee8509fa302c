import { fnv1a } from '../controllers/names';
import type { ObjectStore } from '../store/types';
import type { Flows } from '../traffic/model';
import type { Pod } from '../world/coreKinds';
import type { CallHops } from './hop';
import { istioHop, istioSampling } from './istioHops';
import { linkerdHop } from './linkerdHops';

/** The calls of a cluster with the spans that its proxies report of them. TCP has none. */
export function callHops(
  store: ObjectStore,
  cluster: string,
  flows: Flows,
): CallHops[] {
  const all = callsOf(store, cluster, flows);
  return all
    .map(call => ({
      ...call,
      hops: call.hops.filter(({ request }) => request.protocol !== 'tcp'),
    }))
    .filter(({ hops }) => hops.length > 0);
}

function callsOf(
  store: ObjectStore,
  cluster: string,
  flows: Flows,
): CallHops[] {
  if (flows.mesh === 'linkerd') {
    return flows.calls.map(({ call, flows: taken }) => ({
      key: keyOf(call),
      from: call.from,
      hops: taken.map(flow => linkerdHop(flow)),
      sampled: 0,
    }));
  }
  const sampled = istioSampling(store);
  const context = { cluster, traced: sampled !== undefined };
  return flows.calls.map(({ call, flows: taken }) => ({
    key: keyOf(call),
    from: call.from,
    hops: taken.map(flow => istioHop(flow, context)),
    sampled: sampled ?? 0,
  }));
}

function keyOf({
  from,
  to,
}: {
  from: { namespace: string; deployment: string };
  to: string;
}): string {
  return `${from.namespace}/${from.deployment} ${to}`;
}

/** Nodes whose clock is a little wrong, as clocks are: a fifth of them by some milliseconds. */
export function clockOffset({ body }: Pod): number {
  const hash = fnv1a(body.spec.nodeName ?? '');
  return hash % 5 === 0 ? ((hash >>> 8) % 5_000) - 6_000 : 0;
}
