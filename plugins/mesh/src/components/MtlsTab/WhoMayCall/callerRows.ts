import {
  CallDecision,
  Caller,
  CallRule,
  CallValue,
  clientClassSchema,
  ObservedCaller,
  ObservedTraffic,
  ObservedWorkload,
  sumTraffic,
  WorkloadCallers,
} from 'backstage-plugin-mesh-common';
import { joinKey, objectKey, workloadKey } from '../../../format/refs';

/** Ports of a workload. */
export interface PortsOfWorkload {
  workload: WorkloadCallers['workload'];
  ports: number[];
}

/** A caller with one decision, and where it holds. */
export interface CallerRow {
  key: string;
  caller: Omit<Caller, 'ports'>;
  decision: CallDecision;
  to: PortsOfWorkload[];
  /** In the window, all ports together; absent where it was not seen. */
  seen?: ObservedTraffic;
}

/** A rule, and where it applies. */
export interface RuleRow {
  key: string;
  rule: CallRule;
  on: PortsOfWorkload[];
}

/** Of a caller that was seen before configuration was asked about it. */
const NOT_TOLD: CallDecision = {
  value: 'unknown',
  reasons: [],
  allowedWhen: [],
  deniedWhen: [],
};

const ORDER: readonly CallValue[] = ['denied', 'unknown', 'depends', 'allowed'];

/**
 * The callers of workloads, known ones first. A caller about whom the same is decided on several ports and
 * workloads is one row.
 */
export function callerRows(
  workloads: readonly WorkloadCallers[],
  observed: readonly ObservedWorkload[],
): CallerRow[] {
  const rows = new Map<string, CallerRow>();
  for (const entry of workloads) {
    const seen = observed.find(
      ({ workload }) => workloadKey(workload) === workloadKey(entry.workload),
    );
    for (const { caller, traffic } of withObserved(entry, seen)) {
      const { ports, ...who } = caller;
      let counted = false;
      for (const { port, decision } of ports) {
        const key = joinKey(callerKey(caller), decisionKey(decision));
        const row = rows.get(key) ?? { key, caller: who, decision, to: [] };
        rows.set(key, row);
        addPort(row.to, entry.workload, port);
        if (traffic && !counted) {
          // What was seen is of all ports together: it is counted once, at the first decision.
          row.seen = sumTraffic(row.seen ? [row.seen, traffic] : [traffic]);
          row.caller = seenCaller(row.caller);
          counted = true;
        }
      }
    }
  }
  return [...rows.values()].sort(
    (a, b) => rankOf(a) - rankOf(b) || a.key.localeCompare(b.key),
  );
}

/** The rules of workloads in their order; one that applies to several ports is one row. */
export function ruleRows(workloads: readonly WorkloadCallers[]): RuleRow[] {
  const rows = new Map<string, RuleRow>();
  for (const { workload, ports } of workloads) {
    for (const { port, rules } of ports) {
      for (const rule of rules) {
        const { object, field = '', text } = rule.reason;
        const key = joinKey(
          object ? objectKey(object) : rule.term,
          field,
          rule.state,
          rule.enforcedBy ?? '',
          text,
          JSON.stringify(rule.requests),
        );
        const row = rows.get(key) ?? { key, rule, on: [] };
        rows.set(key, row);
        addPort(row.on, workload, port);
      }
    }
  }
  return [...rows.values()];
}

interface CallerWithTraffic {
  caller: Caller;
  traffic?: ObservedTraffic;
}

function withObserved(
  { callers, ports }: WorkloadCallers,
  seen: ObservedWorkload | undefined,
): CallerWithTraffic[] {
  const left = new Set(seen?.callers ?? []);
  const configured = callers.map((caller): CallerWithTraffic => {
    const own = [...left].filter(candidate => isSame(caller, candidate));
    own.forEach(candidate => left.delete(candidate));
    const traffic = sumTraffic(own.map(candidate => candidate.traffic));
    return traffic ? { caller, traffic } : { caller };
  });
  const others = new Map<string, ObservedCaller[]>();
  for (const candidate of left) {
    if (candidate.workload || candidate.identity) {
      const key = callerKey(candidate);
      others.set(key, [...(others.get(key) ?? []), candidate]);
    }
  }
  const observedOnly = [...others.values()].map((own): CallerWithTraffic => {
    const [{ identity, workload, entityRef, calls }] = own;
    const traffic = sumTraffic(own.map(candidate => candidate.traffic));
    return {
      caller: {
        sources: ['observed'],
        ...(identity && { identity }),
        ...(workload && { workload }),
        ...(entityRef && { entityRef }),
        presence: workload ? 'running' : 'no-workload',
        ports: calls ?? ports.map(({ port }) => ({ port, decision: NOT_TOLD })),
      },
      ...(traffic && { traffic }),
    };
  });
  return [...configured, ...observedOnly];
}

function isSame(caller: Caller, candidate: ObservedCaller): boolean {
  if (caller.class) {
    return false;
  }
  if (caller.workload && candidate.workload) {
    return workloadKey(caller.workload) === workloadKey(candidate.workload);
  }
  return (
    caller.identity !== undefined && caller.identity === candidate.identity
  );
}

function seenCaller(caller: Omit<Caller, 'ports'>): Omit<Caller, 'ports'> {
  return caller.sources.includes('observed')
    ? caller
    : { ...caller, sources: ['observed', ...caller.sources] };
}

function addPort(
  list: PortsOfWorkload[],
  workload: WorkloadCallers['workload'],
  port: number,
): void {
  const known = list.find(
    entry => workloadKey(entry.workload) === workloadKey(workload),
  );
  if (!known) {
    list.push({ workload, ports: [port] });
  } else if (!known.ports.includes(port)) {
    known.ports.push(port);
  }
}

function callerKey(
  caller: Pick<Caller, 'class' | 'workload' | 'identity' | 'entityRef'>,
): string {
  return joinKey(
    caller.class ?? '',
    caller.workload ? workloadKey(caller.workload) : '',
    caller.identity ?? '',
    caller.entityRef ?? '',
  );
}

function decisionKey({
  value,
  allowedWhen,
  deniedWhen,
  reasons,
}: CallDecision): string {
  return JSON.stringify([
    value,
    allowedWhen,
    deniedWhen,
    reasons[0]?.object ?? reasons[0]?.rule,
  ]);
}

function rankOf({ caller, decision }: CallerRow): number {
  return caller.class
    ? 100 + clientClassSchema.options.indexOf(caller.class)
    : ORDER.indexOf(decision.value);
}
