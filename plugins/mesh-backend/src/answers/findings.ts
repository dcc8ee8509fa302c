import {
  Finding,
  FindingsAnswer,
  SuppressedFinding,
} from 'backstage-plugin-mesh-common';
import { EntityPart } from './AnswerStore';
import { AnswerContext, clustersOf, EntityQuestion, partsOf } from './context';
import { visibleMtls, VisibleMtls } from './mtls';
import {
  addReasonObjects,
  objectKey,
  ownObjects,
  surroundingObjects,
} from './namedObjects';
import { defaultRoutes } from './routing';

/** The findings about an entity, and the checks that could not be run where it may run. */
export async function findingsAnswer(
  context: AnswerContext,
  question: EntityQuestion,
): Promise<FindingsAnswer> {
  const parts = partsOf(context, question);
  const mtls = await visibleMtls(context, question);
  return {
    entityRef: question.entity.ref,
    findings: findingsAbout(parts, mtls),
    suppressed: suppressedAbout(parts, mtls),
    skipped: clustersOf(context, question).flatMap(({ snapshot, answers }) => [
      ...answers.analysis.of(snapshot).skipped,
    ]),
  };
}

/**
 * The findings about the workloads, pods and Services of an entity, about the objects that decide for
 * them, and about the namespaces that they are in.
 */
export function findingsAbout(
  parts: readonly EntityPart[],
  mtls: Pick<VisibleMtls, 'workloads'>,
): Finding[] {
  const keys = keysAbout(parts, mtls);
  return parts.flatMap(({ cluster: { answers, snapshot } }) =>
    answers.analysis.findingsAbout(snapshot, keys),
  );
}

/** The same of the findings that somebody does not want to be reported. */
export function suppressedAbout(
  parts: readonly EntityPart[],
  mtls: Pick<VisibleMtls, 'workloads'>,
): SuppressedFinding[] {
  const keys = keysAbout(parts, mtls);
  return parts.flatMap(({ cluster: { answers, snapshot } }) =>
    answers.analysis.suppressedAbout(snapshot, keys),
  );
}

function keysAbout(
  parts: readonly EntityPart[],
  mtls: Pick<VisibleMtls, 'workloads'>,
): Set<string> {
  const keys = new Set<string>();
  addReasonObjects(mtls.workloads, keys);
  addReasonObjects(defaultRoutes(parts), keys);
  for (const ref of [...ownObjects(parts), ...surroundingObjects(parts)]) {
    keys.add(objectKey(ref));
  }
  return keys;
}

/** How many there are of each level. */
export function countFindings(findings: readonly Finding[]) {
  const count = { error: 0, warning: 0, info: 0 };
  for (const { level } of findings) {
    count[level] += 1;
  }
  return count;
}
