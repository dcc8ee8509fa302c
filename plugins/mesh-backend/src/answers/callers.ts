import {
  CallersAnswer,
  MeshAdapter,
  WorkloadCallers,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { EntityPart } from './AnswerStore';
import {
  callerRefs,
  namedRefs,
  OwnedCallers,
  redactCallers,
} from './callersRedaction';
import {
  AnswerContext,
  entityFields,
  EntityQuestion,
  partsOf,
} from './context';
import { visibilityOf } from './visibility';

/** Who may call the workloads of an entity, as the reader may see it. */
export async function callersAnswer(
  context: AnswerContext,
  question: EntityQuestion,
): Promise<CallersAnswer> {
  return {
    ...entityFields(context, question),
    workloads: await visibleCallers(context, question),
  };
}

/** The same without what is said of the clusters. */
export async function visibleCallers(
  context: AnswerContext,
  question: EntityQuestion,
): Promise<WorkloadCallers[]> {
  const all = partsOf(context, question).flatMap(part =>
    part.workloads.map(workload =>
      ownedCallers(
        context,
        part,
        part.cluster.answers.callers(
          part.cluster.snapshot,
          workload,
          part.declared,
        ),
      ),
    ),
  );
  const visibility = await visibilityOf(
    question.caller,
    all.flatMap(one => [...callerRefs(one), ...namedRefs(one)]),
    context.catalog,
  );
  return all.map(one => redactCallers(one, visibility));
}

/** An answer with whose the workloads are that it names. */
export function ownedCallers(
  { store }: AnswerContext,
  part: EntityPart,
  callers: WorkloadCallers,
): OwnedCallers {
  const ownersOf = (workload: WorkloadRef) => store.ownersOf(workload);
  const mesh = store.meshes.find(({ id }) => id === callers.mesh);
  return {
    callers,
    ownersOf,
    ownersOfIdentity: identityOwners(part, mesh, ownersOf),
    ownersOfAccount: accountOwners(part, ownersOf),
  };
}

function identityOwners(
  { cluster: { snapshot } }: EntityPart,
  mesh: MeshAdapter | undefined,
  ownersOf: (workload: WorkloadRef) => readonly string[],
) {
  return (identity: string): readonly string[] =>
    (mesh?.workloadsWithIdentity(snapshot, identity) ?? []).flatMap(({ ref }) =>
      ownersOf(ref),
    );
}

function accountOwners(
  { cluster: { snapshot, answers } }: EntityPart,
  ownersOf: (workload: WorkloadRef) => readonly string[],
) {
  return (namespace: string, account: string): readonly string[] =>
    answers
      .workloadsOfAccount(snapshot, namespace, account)
      .flatMap(({ ref }) => ownersOf(ref));
}
