import { InputError, NotFoundError } from '@backstage/errors';
import {
  isKindId,
  KINDS,
  KubernetesObject,
  ObjectAnswer,
  ObjectRef,
} from 'backstage-plugin-mesh-common';
import { visibleCallers } from './callers';
import { measuredReasons } from '../checklist/measured';
import { AnswerContext, EntityQuestion, partsOf } from './context';
import { isForFleetReaders } from './forFleetReaders';
import { findingsAbout, suppressedAbout } from './findings';
import { visibleMtls } from './mtls';
import { addReasonObjects, objectKey, ownObjects } from './namedObjects';
import { routesFrom } from './routing';
import { walkAnswer } from './walk';

/**
 * An object that an answer about the entity names to this caller: in a reason, in a finding, or as a
 * workload or Service of its own. Of any other it is not told whether it exists.
 */
export async function objectAnswer(
  context: AnswerContext,
  question: EntityQuestion,
  ref: ObjectRef,
  asked: {
    /** From where routes were seen. */
    from: string | undefined;
    /** The request whose walk names it. */
    walk: string | undefined;
  },
): Promise<ObjectAnswer> {
  const parts = partsOf(context, question);
  const mtls = await visibleMtls(context, question);
  const named = new Set<string>();
  addReasonObjects(mtls.workloads, named);
  addReasonObjects(await visibleCallers(context, question), named);
  addReasonObjects(
    await routesFrom(context, question, parts, asked.from),
    named,
  );
  if (asked.walk !== undefined) {
    addReasonObjects(await walkIfAsked(context, question, asked.walk), named);
  }
  addReasonObjects(measuredReasons(context, question, parts, mtls), named);
  for (const { object } of findingsAbout(parts, mtls)) {
    named.add(objectKey(object));
  }
  for (const { finding } of suppressedAbout(parts, mtls)) {
    named.add(objectKey(finding.object));
  }
  for (const own of ownObjects(parts)) {
    named.add(objectKey(own));
  }
  // A request may come to clusters on which nothing of the entity runs.
  const cluster = context.store.clusters.find(
    ({ name: known }) => known === ref.cluster,
  );
  const { kind, namespace, name } = ref;
  const isForThem = question.caller.mayReadFleet || !isForFleetReaders(ref);
  if (cluster && isForThem && isKindId(kind) && named.has(objectKey(ref))) {
    const object: KubernetesObject | undefined = cluster.snapshot.get(
      kind,
      namespace,
      name,
    );
    if (object) {
      return {
        object: ref,
        content: { ...object },
        complete: KINDS[kind].keep === 'whole',
        ...(cluster.dashboardUrl && { dashboardUrl: cluster.dashboardUrl }),
      };
    }
    const malformed = cluster.snapshot
      .malformed(kind, namespace)
      .find(candidate => candidate.name === name);
    if (malformed) {
      throw new NotFoundError(
        `${kind} ${namespace ? `${namespace}/` : ''}${name} of the cluster ${
          ref.cluster
        } is malformed and cannot be shown: ${malformed.field}: ${
          malformed.message
        }`,
      );
    }
  }
  throw new NotFoundError(
    `No answer about ${question.entity.ref} names ${kind} ${
      namespace ? `${namespace}/` : ''
    }${name} of the cluster ${ref.cluster}, or it is no longer there`,
  );
}

/** A question that is refused names nothing; other answers may still name the object. */
async function walkIfAsked(
  context: AnswerContext,
  question: EntityQuestion,
  walk: string,
): Promise<object> {
  try {
    return await walkAnswer(context, question, walk);
  } catch (error) {
    if (error instanceof InputError) {
      return {};
    }
    throw error;
  }
}
