import {
  ChecklistItemResult,
  isInMesh,
  Judgements,
  judgeTraffic,
  Measured,
  measureItems,
  Reason,
  serviceRef,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { EntityPart } from '../answers/AnswerStore';
import { AnswerContext, EntityQuestion } from '../answers/context';
import { VisibleMtls } from '../answers/mtls';
import { noWorkloads } from '../answers/noWorkloads';
import { MeasuredItems } from './MeasuredChecklists';

/** What was measured of the items for an entity: a lookup, unless something has changed. */
export function measuredItems(
  context: AnswerContext,
  question: Pick<EntityQuestion, 'entity'>,
  parts: readonly EntityPart[],
): MeasuredItems {
  if (parts.length === 0) {
    return withoutWorkloads(context, question);
  }
  const perPart = parts.map(part => ({
    judged: judgementsOf(context, part),
    traffic: context.traffic.versionOf(part.cluster.name),
  }));
  const inputs = perPart.flatMap(({ judged, traffic }) => [...judged, traffic]);
  return context.measured.get(question.entity.ref, inputs, () =>
    measureItems(
      perPart.flatMap(({ judged }, index) => [
        ...judged,
        judgeTraffic(
          context.traffic.trafficOf(
            parts[index].cluster.name,
            meshedWorkloads(parts[index]),
            meshesOf(parts[index]),
          ),
        ),
      ]),
    ),
  );
}

/** The reasons of what was measured, as the caller may see them. */
export function measuredReasons(
  context: AnswerContext,
  question: EntityQuestion,
  parts: readonly EntityPart[],
  mtls: Pick<VisibleMtls, 'scrub'>,
): Reason[] {
  return [...measuredItems(context, question, parts).values()].flatMap(item =>
    visibleReasons(item, mtls),
  );
}

/** Without what only neighbours tell that the caller may not see. */
export function visibleReasons(
  { reasons, state }: Pick<ChecklistItemResult, 'reasons' | 'state'>,
  { scrub }: Pick<VisibleMtls, 'scrub'>,
): Reason[] {
  return scrub({ value: state, reasons }).reasons;
}

function judgementsOf(
  { store }: AnswerContext,
  part: EntityPart,
): Judgements[] {
  const { cluster, workloads, services, declared } = part;
  const { answers, snapshot } = cluster;
  const present = meshesOf(part);
  return [
    answers.checklist(
      snapshot,
      workloads,
      services.map(service => serviceRef(snapshot, service)),
      declared,
    ),
    ...store.meshes
      .filter(({ id }) => present.has(id))
      .map(mesh => answers.meshChecklist(snapshot, mesh)),
  ];
}

/** The meshes that carry what of the entity is there. */
function meshesOf({
  cluster: { answers, snapshot },
  workloads,
  declared,
}: EntityPart): ReadonlySet<string | undefined> {
  return new Set(
    workloads.map(
      workload => answers.mtls(snapshot, workload, declared).enrolment.mesh,
    ),
  );
}

/** Those whose proxies would be measured. */
function meshedWorkloads({
  cluster,
  workloads,
  declared,
}: EntityPart): WorkloadRef[] {
  return workloads
    .map(workload => cluster.answers.mtls(cluster.snapshot, workload, declared))
    .filter(({ enrolment }) => isInMesh(enrolment.value))
    .map(({ workload }) => workload);
}

/** Nothing runs that is known: nothing can be measured, and that does not count as passed. */
function withoutWorkloads(
  { store }: AnswerContext,
  { entity }: Pick<EntityQuestion, 'entity'>,
): MeasuredItems {
  const { cause, reasons } = noWorkloads(entity, store);
  const nothing: Measured = {
    state: 'unknown',
    cause: cause ?? 'not-assessed',
    evidence: reasons[0].text,
    reasons,
  };
  return new Map([...measureItems([]).keys()].map(id => [id, nothing]));
}
