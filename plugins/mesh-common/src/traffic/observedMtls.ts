import {
  ObservedTraffic,
  ObservedWorkload,
  Observation,
  WorkloadMtls,
} from '../contract/mtls';
import { portVerdict, worstVerdict } from '../mesh/verdict';
import { isInMesh } from '../mesh/enrolment';
import { InboundTraffic } from './query';

/**
 * What was seen at one workload, and the verdict with it: never better than the configuration's. That nothing
 * was seen counts as no traffic only where there is a proxy that would have seen it.
 *
 * @public
 */
export function observedWorkload(
  configured: WorkloadMtls,
  inbound: InboundTraffic,
): ObservedWorkload {
  const total = sumTraffic(inbound.callers.map(({ traffic }) => traffic));
  const unseen = unmeasured(configured);
  const portTraffic = new Map<number, ObservedTraffic[]>();
  for (const { port, traffic } of inbound.callers) {
    if (port !== undefined) {
      portTraffic.set(port, [...(portTraffic.get(port) ?? []), traffic]);
    }
  }
  const ports =
    inbound.level === 'port'
      ? configured.ports.map(({ port }) => ({
          port,
          observation: observationOf(
            sumTraffic(portTraffic.get(port) ?? []),
            unseen,
          ),
        }))
      : [];
  return {
    workload: configured.workload,
    level: inbound.level,
    total: observationOf(total, unseen),
    ports,
    callers: inbound.callers,
    hiddenCallers: 0,
    verdict: loweredVerdict(configured, inbound, total, portTraffic),
  };
}

function loweredVerdict(
  configured: WorkloadMtls,
  inbound: InboundTraffic,
  total: ObservedTraffic | undefined,
  portTraffic: ReadonlyMap<number, ObservedTraffic[]>,
): ObservedWorkload['verdict'] {
  if (!isInMesh(configured.enrolment.value)) {
    return configured.verdict;
  }
  if (inbound.level === 'port') {
    return worstVerdict([
      configured.verdict,
      ...configured.ports.map(port =>
        lowered(port.verdict, sumTraffic(portTraffic.get(port.port) ?? [])),
      ),
    ]);
  }
  return lowered(configured.verdict, total);
}

function lowered(
  verdict: WorkloadMtls['verdict'],
  observed: ObservedTraffic | undefined,
): WorkloadMtls['verdict'] {
  if (!observed || observed.plaintext === 0) {
    return verdict;
  }
  const seen = portVerdict({
    inMesh: true,
    accepts: { value: 'mtls-only', reasons: verdict.reasons },
    knownClients: [],
    observed,
  });
  return worstVerdict([verdict, seen]);
}

/**
 * Sums of one unit; undefined where nothing was seen. Requests and connections do not add up: where there
 * are requests, they alone are summed, unless plaintext was seen among the connections only.
 *
 * @public
 */
export function sumTraffic(
  parts: readonly ObservedTraffic[],
): ObservedTraffic | undefined {
  const requests = sumOf(parts.filter(({ unit }) => unit === 'requests'));
  const connections = sumOf(parts.filter(({ unit }) => unit === 'connections'));
  const hidden = requests?.plaintext === 0 && (connections?.plaintext ?? 0) > 0;
  return hidden ? connections : requests ?? connections;
}

function sumOf(parts: readonly ObservedTraffic[]): ObservedTraffic | undefined {
  const [first, ...rest] = parts;
  return (
    first &&
    rest.reduce(
      (sum, part) => ({
        unit: sum.unit,
        mtls: sum.mtls + part.mtls,
        plaintext: sum.plaintext + part.plaintext,
        unknown: sum.unknown + part.unknown,
      }),
      first,
    )
  );
}

function observationOf(
  traffic: ObservedTraffic | undefined,
  unseen: Observation | undefined,
): Observation {
  if (!traffic || traffic.mtls + traffic.plaintext + traffic.unknown === 0) {
    return unseen ?? { state: 'no-traffic' };
  }
  return { state: 'measured', traffic };
}

/** What is known where nothing was seen and no proxy is known that would have seen it. */
function unmeasured({
  enrolment: { value, pods },
}: WorkloadMtls): Observation | undefined {
  if (pods.inMesh > 0 || isInMesh(value)) {
    return undefined;
  }
  return {
    state: 'unknown',
    cause: 'not-measured',
    message:
      value === 'unknown'
        ? 'It is not known whether the workload has a mesh proxy, which would measure what comes in'
        : 'No pod of the workload has a mesh proxy, which would measure what comes in',
  };
}
