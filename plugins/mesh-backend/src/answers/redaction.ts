import {
  Answer,
  ClientMtls,
  Reason,
  WorkloadMtls,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { hideNames } from './callersRedaction';
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
  const names = hiddenIdentities(parts);
  const scrub = <T>(answer: Answer<T>) =>
    withoutNames(scrubbed(answer, secrets), names);
  return {
    workloads: parts.map(({ workload, shown, hidden }) => ({
      ...workload,
      ports: workload.ports.map(port => ({
        ...port,
        accepts: withoutNames(port.accepts, names),
        verdict: scrub(port.verdict),
      })),
      clients: workload.clients.flatMap(client => {
        const as = shown.get(client);
        return as?.shown
          ? withoutNamesIn(withEntity(client, as.entityRef), names)
          : [];
      }),
      hiddenClients: workload.hiddenClients + hidden.length,
      verdict: scrub(workload.verdict),
    })),
    scrub,
  };
}

/** Identities of clients that are not shown, unless one that is shown has the same. */
function hiddenIdentities(
  parts: readonly { workload: WorkloadMtls; hidden: readonly ClientMtls[] }[],
): ReadonlySet<string> {
  const names = new Set(
    parts.flatMap(({ hidden }) =>
      hidden.flatMap(({ identity }) => identity ?? []),
    ),
  );
  for (const { workload, hidden } of parts) {
    for (const client of workload.clients) {
      if (client.identity && !hidden.includes(client)) {
        names.delete(client.identity);
      }
    }
  }
  return names;
}

/** An answer whose reasons do not name these identities: rules say them in their sentences. */
function withoutNames<A extends Answer<unknown>>(
  answer: A,
  names: ReadonlySet<string>,
): A {
  const { reasons, mayDiffer } = answer;
  return names.size === 0
    ? answer
    : {
        ...answer,
        reasons: reasons.map(reason => hideNames(reason, names)),
        ...(mayDiffer && {
          mayDiffer: mayDiffer.map(reason => hideNames(reason, names)),
        }),
      };
}

function withoutNamesIn(
  client: ClientMtls,
  names: ReadonlySet<string>,
): ClientMtls {
  return {
    ...client,
    ports: client.ports.map(({ port, sends }) => ({
      port,
      sends: withoutNames(sends, names),
    })),
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
