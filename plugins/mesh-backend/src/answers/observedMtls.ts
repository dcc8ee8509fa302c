import {
  Answer,
  InboundTraffic,
  MeshAdapter,
  ObservedCaller,
  ObservedMtlsAnswer,
  observedWorkload,
  ObservedWorkload,
  Sends,
  TrafficCaller,
  WorkloadMtls,
  WorkloadRef,
  worstSends,
} from 'backstage-plugin-mesh-common';
import { Measurement } from '../prometheus/MetricsStores';
import { EntityPart } from './AnswerStore';
import { ownedCallers } from './callers';
import { namedRefs, OwnedCallers, redactCallers } from './callersRedaction';
import { AnswerContext, EntityQuestion, partsOf } from './context';
import { configuredMtls, verdictOn } from './mtls';
import { byClusterAndMesh, measuredAt } from './observation';
import { neighbourRefs, redactMtls } from './redaction';
import { shownAs, Visibility, visibilityOf } from './visibility';

type Measured = Measurement<InboundTraffic[]>;

/** One workload: what is configured, and what was measured. */
interface Observed {
  configured: WorkloadMtls;
  part: EntityPart;
  mesh: MeshAdapter | undefined;
  measured: Measured;
}

/** The share of mutual TLS that was seen at the workloads of an entity, and who called them. */
export async function observedMtlsAnswer(
  context: AnswerContext,
  question: EntityQuestion,
  windowSeconds: number,
): Promise<ObservedMtlsAnswer> {
  const parts = partsOf(context, question);
  const configured = configuredMtls(parts);
  const observed = await observe(context, parts, configured, windowSeconds);
  const ownersOf = (workload: WorkloadRef) => context.store.ownersOf(workload);
  const visibility = await visibilityOf(
    question.caller,
    [
      ...neighbourRefs(configured, ownersOf),
      ...observed.flatMap(one =>
        callersOf(one).flatMap(caller => {
          const calling = callingOf(context, one, caller);
          return [
            ...callerRefs(context, one, caller),
            ...(calling ? namedRefs(calling) : []),
          ];
        }),
      ),
    ],
    context.catalog,
  );
  const { scrub } = redactMtls(configured, visibility, ownersOf);
  const all = observed.map(one => ({ one, answer: answerOf(one) }));
  return {
    entityRef: question.entity.ref,
    measuredAt: measuredAt(observed.map(({ measured }) => measured)),
    windowSeconds,
    workloads: all.map(({ one, answer }) => ({
      ...withVisibleCallers(context, one, answer, visibility),
      verdict: scrub(answer.verdict),
    })),
    verdict: scrub(
      verdictOn(
        context,
        question,
        all.map(({ answer }) => answer),
      ),
    ),
  };
}

async function observe(
  context: AnswerContext,
  parts: readonly EntityPart[],
  workloads: readonly WorkloadMtls[],
  windowSeconds: number,
): Promise<Observed[]> {
  const groups = byClusterAndMesh(workloads, ({ workload, enrolment }) => ({
    cluster: workload.cluster,
    mesh: enrolment.mesh,
  }));
  const measured = await Promise.all(
    groups.map(async ({ cluster, mesh: meshId, items }) => {
      const part = parts.find(({ cluster: { name } }) => name === cluster);
      if (!part) {
        throw new TypeError(`No part of the entity is on ${cluster}`);
      }
      const mesh = context.store.meshes.find(({ id }) => id === meshId);
      const result: Measured = mesh
        ? await context.metrics.measure(cluster, windowSeconds, scope =>
            mesh.inboundTraffic(
              part.cluster.snapshot,
              items.map(({ workload }) => workload),
              scope,
            ),
          )
        : {
            status: 'unknown',
            cause: 'not-measured',
            message: 'The workload is in no mesh whose proxy would measure it',
          };
      return items.map(configured => ({
        configured,
        part,
        mesh,
        measured: result,
      }));
    }),
  );
  // In the order of the configured answer, whatever the groups.
  const byWorkload = new Map(measured.flat().map(one => [one.configured, one]));
  return workloads.flatMap(workload => byWorkload.get(workload) ?? []);
}

function answerOf({ configured, measured }: Observed): ObservedWorkload {
  const { workload, verdict } = configured;
  if (measured.status === 'measured') {
    return observedWorkload(
      configured,
      inboundOf(measured.value, workload) ?? {
        workload,
        level: 'workload',
        callers: [],
      },
    );
  }
  const { cause, message } = measured;
  return {
    workload,
    level: 'workload',
    total: { state: 'unknown', cause, message },
    ports: [],
    callers: [],
    hiddenCallers: 0,
    verdict,
  };
}

function inboundOf(
  measured: readonly InboundTraffic[],
  { namespace, kind, name }: WorkloadRef,
): InboundTraffic | undefined {
  return measured.find(
    ({ workload }) =>
      workload.namespace === namespace &&
      workload.kind === kind &&
      workload.name === name,
  );
}

function callersOf({ configured, measured }: Observed): TrafficCaller[] {
  return measured.status === 'measured'
    ? inboundOf(measured.value, configured.workload)?.callers ?? []
    : [];
}

/** The entities that a caller stands for. */
function callerRefs(
  { store }: AnswerContext,
  { mesh, part }: Observed,
  { workload, identity }: TrafficCaller,
): readonly string[] {
  if (workload) {
    return store.ownersOf(workload);
  }
  return identity && mesh
    ? mesh
        .workloadsWithIdentity(part.cluster.snapshot, identity)
        .flatMap(({ ref }) => store.ownersOf(ref))
    : [];
}

function withVisibleCallers(
  context: AnswerContext,
  one: Observed,
  answer: ObservedWorkload,
  visibility: Visibility,
): ObservedWorkload {
  const hidden = new Set<string>();
  const callers = answer.callers.flatMap((caller): ObservedCaller[] => {
    if (!caller.workload && !caller.identity) {
      return [caller];
    }
    const shown = shownAs(visibility, callerRefs(context, one, caller));
    if (!shown.shown) {
      hidden.add(JSON.stringify([caller.workload, caller.identity]));
      return [];
    }
    const sends = sendsOf(one, caller);
    const calls = callsOf(context, one, caller, visibility);
    return [
      {
        ...caller,
        ...(shown.entityRef && { entityRef: shown.entityRef }),
        ...(sends && { sends }),
        ...(calls && { calls }),
      },
    ];
  });
  return { ...answer, callers, hiddenCallers: hidden.size };
}

/**
 * The callers of a workload with one that was seen, where it has traffic of its own and is none of those whom
 * the configured answer knows.
 */
function callingOf(
  context: AnswerContext,
  { configured, part }: Observed,
  { workload: seen, identity }: TrafficCaller,
): OwnedCallers | undefined {
  const workload = part.workloads.find(({ ref }) =>
    same(ref, configured.workload),
  );
  if (
    !workload ||
    !(seen ?? identity) ||
    isConfigured(configured, seen, identity)
  ) {
    return undefined;
  }
  const { answers, snapshot } = part.cluster;
  return ownedCallers(
    context,
    part,
    answers.callersWith(snapshot, workload, {
      ...(seen && { workload: seen }),
      ...(identity && { identity }),
    }),
  );
}

function isConfigured(
  { clients }: WorkloadMtls,
  workload: WorkloadRef | undefined,
  identity: string | undefined,
): boolean {
  return clients.some(client =>
    client.workload && workload
      ? same(client.workload, workload)
      : identity !== undefined && client.identity === identity,
  );
}

/** Whether configuration lets in a caller of whom its answer does not know. */
function callsOf(
  context: AnswerContext,
  one: Observed,
  caller: TrafficCaller,
  visibility: Visibility,
): ObservedCaller['calls'] {
  const calling = callingOf(context, one, caller);
  return (
    calling &&
    redactCallers(calling, visibility).callers.find(({ sources }) =>
      sources.includes('observed'),
    )?.ports
  );
}

/** What configuration says that a caller sends of whom the configured answer does not know. */
function sendsOf(
  { configured, part }: Observed,
  { workload: caller, port }: TrafficCaller,
): Answer<Sends> | undefined {
  const workload = part.workloads.find(
    ({ ref }) => ref === configured.workload || same(ref, configured.workload),
  );
  if (
    !caller ||
    !workload ||
    configured.clients.some(
      client => client.workload && same(client.workload, caller),
    )
  ) {
    return undefined;
  }
  const { answers, snapshot } = part.cluster;
  const asked = answers
    .mtlsWithCaller(snapshot, workload, caller)
    .clients.find(client => client.workload && same(client.workload, caller));
  const sent = (asked?.ports ?? [])
    .filter(entry => port === undefined || entry.port === port)
    .map(({ sends }) => sends);
  return sent.length > 0 ? worstSends(sent) : undefined;
}

function same(a: WorkloadRef, b: WorkloadRef): boolean {
  return (
    a.cluster === b.cluster &&
    a.namespace === b.namespace &&
    a.kind === b.kind &&
    a.name === b.name
  );
}
