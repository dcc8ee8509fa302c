import {
  Answer,
  clientClassSchema,
  ClientMtls,
  ObservedCaller,
  ObservedTraffic,
  ObservedWorkload,
  Sends,
  sumTraffic,
  WorkloadMtls,
} from 'backstage-plugin-mesh-common';
import { joinKey, workloadKey } from '../../format/refs';

/** A client of a workload by configuration, by observation, or by both. */
export interface ClientRow extends ClientMtls {
  key: string;
  /** Its traffic in the window; absent where it was not seen. */
  seen?: ObservedTraffic;
}

const WORST_FIRST: readonly Sends[] = ['plaintext', 'fails', 'unknown', 'mtls'];

/** The clients of a workload: those that send worst first, those that stand for a class last. */
export function clientRows(
  mtls: WorkloadMtls,
  observed: ObservedWorkload | undefined,
): ClientRow[] {
  const callers = observed?.callers ?? [];
  const unmatched = new Set(callers);
  const configured = mtls.clients.map((client): ClientRow => {
    const own = callers.filter(caller => isSame(client, caller));
    own.forEach(caller => unmatched.delete(caller));
    return withTraffic(client, own);
  });
  const others = new Map<string, ObservedCaller[]>();
  for (const caller of unmatched) {
    const key = keyOf(caller);
    others.set(key, [...(others.get(key) ?? []), caller]);
  }
  const seenOnly = [...others.values()].map(own =>
    withTraffic(clientOf(own, mtls), own),
  );
  return [...configured, ...seenOnly].sort(
    (a, b) => rankOf(a) - rankOf(b) || a.key.localeCompare(b.key),
  );
}

function isSame(client: ClientMtls, caller: ObservedCaller): boolean {
  if (client.class) {
    return false;
  }
  if (client.workload && caller.workload) {
    return workloadKey(client.workload) === workloadKey(caller.workload);
  }
  if (client.identity && caller.identity) {
    return client.identity === caller.identity;
  }
  return (
    client.entityRef !== undefined && client.entityRef === caller.entityRef
  );
}

function withTraffic(
  client: ClientMtls,
  callers: readonly ObservedCaller[],
): ClientRow {
  const seen = sumTraffic(callers.map(({ traffic }) => traffic));
  return {
    ...client,
    key: keyOf(client),
    ...(seen && { seen }),
    sources:
      seen && !client.sources.includes('observed')
        ? ['observed', ...client.sources]
        : client.sources,
  };
}

/** What configuration says of callers that are none of the known clients. Without a port it is of all ports. */
function clientOf(
  callers: readonly ObservedCaller[],
  mtls: WorkloadMtls,
): ClientMtls {
  const { identity, workload, entityRef } = callers[0];
  return {
    sources: ['observed'],
    ...(identity && { identity }),
    ...(workload && { workload }),
    ...(entityRef && { entityRef }),
    ports: callers.flatMap(({ port, sends }) => {
      if (!sends) {
        return [];
      }
      return port === undefined
        ? mtls.ports.map(entry => ({ port: entry.port, sends }))
        : [{ port, sends }];
    }),
  };
}

function keyOf(client: {
  class?: string;
  workload?: ClientMtls['workload'];
  identity?: string;
  entityRef?: string;
}): string {
  return joinKey(
    client.class ?? '',
    client.workload ? workloadKey(client.workload) : '',
    client.identity ?? '',
    client.entityRef ?? '',
  );
}

function rankOf(row: ClientRow): number {
  if (row.class) {
    return 100 + clientClassSchema.options.indexOf(row.class);
  }
  const sends = worstSendsOf(row);
  return sends ? WORST_FIRST.indexOf(sends) : WORST_FIRST.length;
}

/** The worst that a client sends to any port; undefined where nothing is known. */
export function worstSendsOf(client: ClientMtls): Sends | undefined {
  return WORST_FIRST.find(value =>
    client.ports.some(({ sends }) => sends.value === value),
  );
}

/** The ports to which a client sends the same. */
export interface SendsGroup {
  sends: Answer<Sends>;
  ports: number[];
}

/** What a client sends, the ports of one kind together, worst first. */
export function sendsGroups(client: ClientMtls): SendsGroup[] {
  return WORST_FIRST.flatMap(value => {
    const entries = client.ports.filter(({ sends }) => sends.value === value);
    return entries.length === 0
      ? []
      : [
          {
            sends: {
              ...entries[0].sends,
              reasons: distinct(entries.flatMap(({ sends }) => sends.reasons)),
            },
            ports: entries.map(({ port }) => port),
          },
        ];
  });
}

function distinct<T>(items: readonly T[]): T[] {
  const byText = new Map(items.map(item => [JSON.stringify(item), item]));
  return [...byText.values()];
}
