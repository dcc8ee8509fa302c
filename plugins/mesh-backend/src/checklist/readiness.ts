import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  CHECKLIST,
  ChecklistRecordKind,
  decideChecklist,
  FleetReadinessAnswer,
  ReadinessAnswer,
  sumCounts,
} from 'backstage-plugin-mesh-common';
import {
  AnswerContext,
  clusterFields,
  clustersOf,
  EntityQuestion,
  partsOf,
} from '../answers/context';
import { readableEntities } from '../answers/fleet';
import { visibleMtls } from '../answers/mtls';
import { Caller } from '../answers/visibility';
import { EntityDirectory } from '../catalog/EntityDirectory';
import { measuredItems, visibleReasons } from './measured';

/** The checklist of an entity: what was measured, and what people said on top of it. */
export async function readinessAnswer(
  context: AnswerContext,
  question: EntityQuestion,
  may: ReadonlySet<ChecklistRecordKind>,
): Promise<ReadinessAnswer> {
  const { ref } = question.entity;
  const parts = partsOf(context, question);
  const mtls = await visibleMtls(context, question);
  const history = await context.records.recordsOf(ref);
  const sections = decideChecklist(
    measuredItems(context, question, parts),
    history,
    new Date(),
  ).map(section => ({
    ...section,
    items: section.items.map(item => ({
      ...item,
      reasons: visibleReasons(item, mtls),
    })),
  }));
  return {
    entityRef: ref,
    ...clusterFields(context, clustersOf(context, question)),
    counts: sumCounts(sections.map(({ counts }) => counts)),
    sections,
    history,
    may: { attest: may.has('attestation'), waive: may.has('waiver') },
  };
}

/** The checklists of the entities that the caller may read and that have workloads, as counts. */
export async function fleetReadinessAnswer(
  context: AnswerContext,
  caller: Caller,
  directory: EntityDirectory,
): Promise<FleetReadinessAnswer> {
  const records = await context.records.allRecords();
  const now = new Date();
  const entities: FleetReadinessAnswer['entities'] = [];
  for (const entity of await readableEntities(context, caller, directory)) {
    const parts = context.store.partsOf(entity);
    if (parts.length > 0) {
      const { ref, title, owner, system } = entity;
      const sections = decideChecklist(
        measuredItems(context, { entity }, parts),
        records.get(ref) ?? [],
        now,
      ).map(({ counts }) => counts);
      entities.push({
        entityRef: ref,
        ...(title && { title }),
        ...(owner && { owner }),
        ...(system && { system }),
        counts: sumCounts(sections),
        sections,
      });
    }
    await nextTurn();
  }
  return {
    ...clusterFields(context, context.store.clusters),
    sections: CHECKLIST.map(({ id, title }) => ({ id, title })),
    entities,
  };
}
