import {
  Answer,
  entityVerdict,
  MtlsAnswer,
  Verdict,
  WorkloadMtls,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { EntityPart } from './AnswerStore';
import {
  AnswerContext,
  entityFields,
  EntityQuestion,
  partsOf,
} from './context';
import { noWorkloads } from './noWorkloads';
import { neighbourRefs, RedactedMtls, redactMtls } from './redaction';
import { visibilityOf } from './visibility';

/** What the workloads of an entity accept and their clients send, as the caller may see it. */
export async function mtlsAnswer(
  context: AnswerContext,
  question: EntityQuestion,
): Promise<MtlsAnswer> {
  const { workloads, verdict } = await visibleMtls(context, question);
  return {
    verdict,
    ...entityFields(context, question),
    workloads,
  };
}

export interface VisibleMtls extends RedactedMtls {
  verdict: Answer<Verdict>;
}

/** The configured mTLS of an entity, without what the caller may not see. */
export async function visibleMtls(
  context: AnswerContext,
  question: EntityQuestion,
): Promise<VisibleMtls> {
  const all = configuredMtls(partsOf(context, question));
  const ownersOf = (workload: WorkloadRef) => context.store.ownersOf(workload);
  const visibility = await visibilityOf(
    question.caller,
    neighbourRefs(all, ownersOf),
    context.catalog,
  );
  const redacted = redactMtls(all, visibility, ownersOf);
  return {
    ...redacted,
    verdict: redacted.scrub(verdictOn(context, question, all)),
  };
}

/** All of it, for those who decide what of it is shown. */
export function configuredMtls(parts: readonly EntityPart[]): WorkloadMtls[] {
  return parts.flatMap(({ cluster, workloads, declared }) =>
    workloads.map(workload =>
      cluster.answers.mtls(cluster.snapshot, workload, declared),
    ),
  );
}

/** The verdict on workloads of an entity; where there are none, why. */
export function verdictOn(
  context: AnswerContext,
  question: EntityQuestion,
  workloads: readonly { workload: WorkloadRef; verdict: Answer<Verdict> }[],
): Answer<Verdict> {
  return workloads.length === 0
    ? noWorkloads(question.entity, context.store)
    : entityVerdict(
        workloads.map(({ workload, verdict }) => ({
          name: `${workload.name} (${workload.cluster})`,
          verdict,
        })),
      );
}
