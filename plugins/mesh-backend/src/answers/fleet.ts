import { setImmediate as nextTurn } from 'node:timers/promises';
import { Entity } from '@backstage/catalog-model';
import {
  FleetClustersAnswer,
  FleetService,
  FleetServicesAnswer,
} from 'backstage-plugin-mesh-common';
import {
  ENTITY_FIELDS,
  EntityDirectory,
  ON_KUBERNETES,
} from '../catalog/EntityDirectory';
import { MeshEntity } from '../catalog/meshEntity';
import { EntityPart } from './AnswerStore';
import { AnswerContext, clusterFields } from './context';
import { countFindings, findingsAbout } from './findings';
import { configuredMtls, verdictOn } from './mtls';
import { inTurns } from './inTurns';
import { redactMtls } from './redaction';
import { Caller, Visibility } from './visibility';

/** The clusters, their meshes, and how well they could be read. */
export async function fleetClustersAnswer(
  context: AnswerContext,
): Promise<FleetClustersAnswer> {
  const pictures = context.store.clusters;
  for (const { snapshot, answers } of pictures) {
    await inTurns(answers.clusterSteps(snapshot));
  }
  const { clusterListProblem } = clusterFields(context, pictures);
  return {
    ...(clusterListProblem !== undefined && { clusterListProblem }),
    clusters: pictures.map(({ state, version, snapshot, answers }) => ({
      ...state,
      ...(version && { kubernetesVersion: version }),
      meshes: [...answers.clusterMeshes(snapshot)],
      workloads: answers.totals(snapshot),
      findings: countFindings(answers.analysis.of(snapshot).findings),
    })),
  };
}

/** The entities that the caller may read and that run on Kubernetes, with their verdicts. */
export async function fleetServicesAnswer(
  context: AnswerContext,
  caller: Caller,
  directory: EntityDirectory,
): Promise<FleetServicesAnswer> {
  const entities = await readableEntities(context, caller, directory);
  // Who may not read a neighbour does not find it among these; one that is not on Kubernetes has no reasons.
  const visibility: Visibility = {
    all: caller.mayReadFleet,
    readable: new Set(entities.map(({ ref }) => ref)),
  };
  const services: FleetService[] = [];
  const withoutWorkloads: string[] = [];
  for (const entity of entities) {
    const parts = context.store.partsOf(entity);
    if (parts.length === 0) {
      withoutWorkloads.push(entity.ref);
    } else {
      services.push(
        fleetService(context, { entity, caller }, parts, visibility),
      );
    }
    await nextTurn();
  }
  return {
    ...clusterFields(context, context.store.clusters),
    services,
    withoutWorkloads,
  };
}

/** The entities on Kubernetes that a caller may read, by their names. */
export async function readableEntities(
  { catalog }: AnswerContext,
  { credentials }: Caller,
  directory: EntityDirectory,
): Promise<MeshEntity[]> {
  const found: Entity[] = [];
  for await (const page of catalog.streamEntities(
    { filter: ON_KUBERNETES, fields: ENTITY_FIELDS },
    { credentials },
  )) {
    found.push(...page);
  }
  return found
    .map(entity => directory.describe(entity))
    .sort((a, b) => a.ref.localeCompare(b.ref));
}

function fleetService(
  context: AnswerContext,
  question: { entity: MeshEntity; caller: Caller },
  parts: readonly EntityPart[],
  visibility: Visibility,
): FleetService {
  const { ref, title, owner, system } = question.entity;
  const all = configuredMtls(parts);
  const visible = redactMtls(all, visibility, workload =>
    context.store.ownersOf(workload),
  );
  const verdict = visible.scrub(verdictOn(context, question, all));
  const why = verdict.reasons[0]?.text;
  return {
    entityRef: ref,
    ...(title && { title }),
    ...(owner && { owner }),
    ...(system && { system }),
    verdict: verdict.value,
    ...(why && { why }),
    meshes: [...new Set(all.flatMap(({ enrolment }) => enrolment.mesh ?? []))],
    clusters: parts.map(({ cluster }) => cluster.name),
    workloads: all.length,
    findings: countFindings(findingsAbout(parts, visible)),
  };
}
