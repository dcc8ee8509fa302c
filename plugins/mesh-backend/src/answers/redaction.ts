import {
  Answer,
  ClientMtls,
  Reason,
  WorkloadMtls,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { Shown, shownAs, Visibility } from './visibility';

/** The entities that a workload belongs to. */
export type OwnersOf = (workload: WorkloadRef) => readonly string[];

/** The entities that a client stands for. */
export function clientRefs(
  client: Pick<ClientMtls, 'entityRef' | 'workload'>,
  ownersOf: OwnersOf,
): string[] {
  return [
    ...(client.entityRef ? [client.entityRef] : []),
    ...(client.workload ? ownersOf(client.workload) : []),
  ];
}

/** All entities that the clients in an answer stand for. */
export function neighbourRefs(
  workloads: readonly WorkloadMtls[],
  ownersOf: OwnersOf,
): string[] {
  return workloads.flatMap(({ clients }) =>
    clients.flatMap(client => clientRefs(client, ownersOf)),
  );
}

/** An answer of which a caller sees what they may, and what had to be taken out of it. */
export interface RedactedMtls {
  workloads: WorkloadMtls[];
  /** Takes the same out of another answer that was formed from these workloads. */
  scrub<T>(answer: Answer<T>): Answer<T>;
}

const HIDDEN_CLIENT: Reason = {
  rule: 'mesh/hidden-client',
  text: 'It is decided by what a client does that you may not see in the catalog',
};

/**
 * Counts the clients that a caller may not see instead of naming them, and takes out of all verdicts the
 * reasons that only those clients gave. The verdicts themselves stay.
 */
export function redactMtls(
  workloads: readonly WorkloadMtls[],
  visibility: Visibility,
  ownersOf: OwnersOf,
): RedactedMtls {
  const parts = workloads.map(workload => {
    const shown = new Map<ClientMtls, Shown>(
      workload.clients.map(client => [
        client,
        client.class
          ? { shown: true }
          : shownAs(visibility, clientRefs(client, ownersOf)),
      ]),
    );
    const hidden = workload.clients.filter(client => !shown.get(client)?.shown);
    return { workload, shown, hidden };
  });
  const secrets = new Set(
    parts.flatMap(({ hidden }) => hidden.flatMap(sendsReasons)).map(keyOf),
  );
  for (const { workload, hidden } of parts) {
    for (const reason of openReasons(workload, hidden)) {
      secrets.delete(keyOf(reason));
    }
  }
  const scrub = <T>(answer: Answer<T>) => scrubbed(answer, secrets);
  return {
    workloads: parts.map(({ workload, shown, hidden }) => ({
      ...workload,
      ports: workload.ports.map(port => ({
        ...port,
        verdict: scrub(port.verdict),
      })),
      clients: workload.clients.flatMap(client => {
        const as = shown.get(client);
        return as?.shown ? withEntity(client, as.entityRef) : [];
      }),
      hiddenClients: workload.hiddenClients + hidden.length,
      verdict: scrub(workload.verdict),
    })),
    scrub,
  };
}

/** Reasons that are there without the hidden clients, too. */
function openReasons(
  { enrolment, ports, clients }: WorkloadMtls,
  hidden: readonly ClientMtls[],
): Reason[] {
  return [
    ...enrolment.reasons,
    ...ports.flatMap(({ accepts }) => accepts.reasons),
    ...clients.filter(client => !hidden.includes(client)).flatMap(sendsReasons),
  ];
}

function sendsReasons({ ports }: ClientMtls): Reason[] {
  return ports.flatMap(({ sends }) => [
    ...sends.reasons,
    ...(sends.mayDiffer ?? []),
  ]);
}

function withEntity(
  { entityRef: _, ...client }: ClientMtls,
  entityRef: string | undefined,
): ClientMtls {
  return entityRef === undefined ? client : { ...client, entityRef };
}

function scrubbed<T>(
  answer: Answer<T>,
  secrets: ReadonlySet<string>,
): Answer<T> {
  const isSecret = (reason: Reason) => secrets.has(keyOf(reason));
  if (!answer.reasons.some(isSecret) && !answer.mayDiffer?.some(isSecret)) {
    return answer;
  }
  const reasons = answer.reasons.filter(reason => !isSecret(reason));
  const { mayDiffer, ...rest } = answer;
  const open = mayDiffer?.filter(reason => !isSecret(reason));
  return {
    ...rest,
    reasons: answer.reasons.some(isSecret)
      ? [HIDDEN_CLIENT, ...reasons]
      : reasons,
    ...(open?.length && { mayDiffer: open }),
  };
}

function keyOf(reason: Reason): string {
  return JSON.stringify([
    reason.rule,
    reason.text,
    reason.object,
    reason.field,
  ]);
}
